#include "relayauth/cli/experiments.hpp"
#include "relayauth/cli/story_cast.hpp"
#include "relayauth/cli/story_text.hpp"

#include <array>
#include <ostream>

namespace relayauth::cli {
namespace {

using step = doctor::relay_findings::step;

constexpr std::chrono::milliseconds log_patience{4000};
constexpr const char* zone = "America/Los_Angeles";

// What a relay writes of a client.
constexpr const char* accepted = "ALLOCATE processed, success";
constexpr const char* unauthorized = "error 401";

std::string key_of(std::string_view log_line) {
    const auto at = log_line.find(" key=");
    if (at == std::string_view::npos) return {};
    return std::string(log_line.substr(at + 1, log_line.find(' ', at + 1) - at - 1));
}

class story {
public:
    story(std::ostream& out, demo_lab& lab) : out_(out), cast_(lab) {}

    bool tell(bool with_flip) {
        introduce();
        flip(with_flip);
        meet_users();
        read_logs();
        ask_doctor();
        if (with_flip) mend();
        end_well();
        return wrong_ == 0;
    }

private:
    const story_cast::edge& a() const { return cast_.edges().front(); }
    const story_cast::edge& b() const { return cast_.edges().back(); }

    void chapter(const std::string& title) {
        heed_interruption();
        out_ << '\n' << ++chapter_ << ". " << title << '\n' << std::flush;
    }
    void say(const std::string& text) { out_ << wrapped("   ", text, 3) << std::flush; }

    void quote(bool as_it_must_be, const std::string& who, const std::string& about,
               const std::string& words) {
        if (!as_it_must_be) ++wrong_;
        out_ << quotation_text({as_it_must_be, who, about, words}) << std::flush;
    }

    // quote_value quotes what stands behind `label` in a command's output; it must have `words`.
    void quote_value(const command_run& run, const std::string& about, std::string_view label,
                     std::string_view words) {
        const auto value = value_of(run.said, label);
        quote(value.find(words) != std::string::npos, run.who, about, value);
    }

    // use tries a credential at both relays.
    void use(const story_cast::ticket& shown, bool good_at_a, bool good_at_b) {
        const auto try_at = [&](const story_cast::edge& at, bool must_be_good) {
            const auto tried = at.relay->try_with(shown.username, shown.password);
            const auto must_say = must_be_good ? accepted : unauthorized;
            const auto must_reach = must_be_good ? step::done : step::refused;
            const bool right = tried.seen.reached == must_reach &&
                               tried.log_line.find(must_say) != std::string::npos;
            quote(right, at.relay_who(), shown.minted_by->name + "'s credential", tried.log_line);
        };
        try_at(a(), good_at_a);
        try_at(b(), good_at_b);
    }

    // One credential of each server, through the pool's address.
    std::array<story_cast::ticket, 2> one_of_each() {
        auto first = cast_.request(), second = cast_.request();
        if (first.minted_by == second.minted_by)
            throw demo_failure("the pool sent both requests to " + first.minted_by->name);
        if (first.minted_by == &b()) std::swap(first, second);
        return {std::move(first), std::move(second)};
    }

    void introduce();
    void flip(bool really);
    void meet_users();
    void read_logs();
    void ask_doctor();
    void mend();
    void end_well();

    command_run ask_doctor_of(const client::endpoint& where) {
        return cast_.run({"doctor", client::to_text(where)});
    }
    std::string zone_words() const { return "looks like a time zone error of " + shift_; }

    std::ostream& out_;
    story_cast cast_;
    int chapter_ = 0;
    int wrong_ = 0;
    std::string shift_;  // `-8 h`, as the flipped server says
};

void story::introduce() {
    out_ << "One pool, one address, and a job that meant well. Each line names who says it.\n";
    chapter("A pool: two servers with the same key, beside each a relay (coturn) that asks it");
    say("Its one address is " + client::to_text(cast_.address()) +
        ": each connection goes to the next server.");
    std::string key;
    for (const auto& each : cast_.edges()) {
        const auto id = key_of(each.log_line({" minting_key "}, log_patience));
        quote(!id.empty() && (key.empty() || key == id), each.who(), "minting_key", id);
        key = id;
    }
    say("Alice asks the pool twice over SIP and TLS, and shows what she gets to both relays.");
    for (const auto& each : one_of_each()) {
        quote_value(each.request, each.minted_by->name + ", expires", "expires:", "(in ");
        use(each, true, true);
    }
}

void story::flip(bool really) {
    chapter("An automated job flips the time zone of edge-b");
    if (!really) return say("It does not, this time (--no-flip).");
    const auto done =
        cast_.run({"lab", "clock", "--zone", zone, "--admin-socket", b().admin_socket});
    if (done.code != 0) throw demo_failure(done.said);
    const std::string moved = "moved on purpose by ";
    quote_value(done, std::string("--zone ") + zone, "clock:", moved);
    const auto value = value_of(done.said, "clock:");
    const auto at = value.find(moved);
    if (at != std::string::npos) shift_ = value.substr(at + moved.size());
}

void story::meet_users() {
    chapter("Users see \"Limited External Calling\", some of them, some of the time");
    say("Alice asks twice again. Certificates, DNS and firewall are as they were.");
    const auto got = one_of_each();
    quote_value(got[0].request, "edge-a, expires", "expires:", "(in ");
    use(got[0], true, false);
    quote_value(got[1].request, "edge-b, expires", "expires:", " ago)");
    use(got[1], false, true);
    quote_value(got[1].request, "edge-b, clocks", "clocks:", zone_words());
}

void story::read_logs() {
    chapter("What the logs say");
    const auto give_up = std::chrono::steady_clock::now() + log_patience;
    // `shown`: as many octets as its point takes.
    const auto from_log = [&](const story_cast::edge& each, std::size_t shown,
                              std::initializer_list<std::string_view> words) {
        const auto left = give_up - std::chrono::steady_clock::now();
        const auto line =
            each.log_line(words, std::chrono::duration_cast<std::chrono::milliseconds>(left));
        quote(!line.empty(), each.who(), {}, log_excerpt(line, shown));
    };
    from_log(b(), 150, {" clock_stepped ", zone_words()});
    from_log(b(), 140, {" peer_clock ", zone_words()});
    from_log(b(), 200, {" validate_refused ", "door=redis reason=not_yet_valid", zone_words()});
    from_log(a(), 100, {" validate_refused ", "door=redis reason=expired", "after expiry"});
}

void story::ask_doctor() {
    chapter("What relayauth doctor says");
    const auto well = ask_doctor_of(a().server->where());
    quote_value(well, "edge-a", "conclusion", "all is well");
    const auto ill = ask_doctor_of(b().server->where());
    quote_value(ill, "edge-b", "conclusion", zone_words());
    quote_value(ill, "users see", "users see", "\"Limited External Calling\"");
    quote_value(ill, "you may meet it as", "you may meet it as",
                "Message expired in the outbound queue before it could be sent");
    const auto pool = ask_doctor_of(cast_.address());
    quote_value(pool, "the pool", "conclusion", "two clocks answer");
    quote_value(pool, "to do", "to do", "by its own address");
}

void story::mend() {
    chapter("The clock is mended");
    const auto done = cast_.run({"lab", "clock", "--reset", "--admin-socket", b().admin_socket});
    if (done.code != 0) throw demo_failure(done.said);
    quote_value(done, "--reset", "clock:", "as the machine's");
    const auto line = b().log_line({" clock_stepped ", "back where it was"}, log_patience);
    quote(!line.empty(), b().who(), {}, log_excerpt(line, 150));
}

void story::end_well() {
    chapter("All is well again");
    for (const auto& each : one_of_each()) use(each, true, true);
    quote_value(ask_doctor_of(cast_.address()), "the pool", "conclusion", "all is well");
}

}  // namespace

bool demo_story(std::ostream& out, demo_lab& lab, bool with_flip) {
    return story(out, lab).tell(with_flip);
}

}  // namespace relayauth::cli
