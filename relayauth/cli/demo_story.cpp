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

// What a relay said, in few words: `refused` is `error 401: Unauthorized`.
constexpr const char* accepted = "ALLOCATE processed, success";
constexpr const char* unauthorized = "error 401";

class story {
public:
    story(std::ostream& out, demo_lab& lab) : out_(out), cast_(lab) {}

    bool tell(bool with_flip) {
        introduce();
        if (with_flip) flip();
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

    // quote_line quotes the line of a command's output that has `words`; it must be there.
    void quote_line(const command_run& run, const std::string& about, std::string_view words) {
        const auto line = std::string(whole_line_with(run.said, {words}));
        quote(!line.empty(), run.who, about, line);
    }

    // use tries a credential at both relays.
    void use(const story_cast::ticket& shown, bool good_at_a, bool good_at_b) {
        const auto try_at = [&](const story_cast::edge& at, bool must_be_good) {
            const auto tried = at.relay->try_with(shown.username, shown.password);
            const auto must_say = must_be_good ? accepted : unauthorized;
            const auto must_reach = must_be_good ? step::done : step::refused;
            const bool right = tried.seen.reached == must_reach &&
                               tried.log_line.find(must_say) != std::string::npos;
            quote(right, at.relay_who(), "credential of " + shown.minted_by->name, tried.log_line);
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
    void flip();
    void meet_users();
    void read_logs();
    void ask_doctor();
    void mend();
    void end_well();
    void all_is_well();

    std::ostream& out_;
    story_cast cast_;
    int chapter_ = 0;
    int wrong_ = 0;
    std::string shift_;  // `-8 h`, as the flipped server says
};

void story::introduce() {
    chapter("A pool of two servers with the same key, behind one address, each with its relay");
    say("The address is " + client::to_text(cast_.address()) + ".");
    std::string key;
    for (const auto& each : cast_.edges()) {
        const auto line = each.log_line({" minting_key "}, log_patience);
        const auto from = line.find("key=");
        const auto id =
            from == std::string::npos ? "" : line.substr(from, line.find(' ', from) - from);
        quote(!id.empty() && (key.empty() || key == id), each.who(),
              "at " + client::to_text(each.server->where()) + " mints with", id);
        key = id;
    }
    say("Alice asks the pool twice, over SIP and TLS, and uses each credential at both relays.");
    all_is_well();
}

void story::all_is_well() {
    for (const auto& each : one_of_each()) {
        quote_line(each.request, "from " + each.minted_by->name, "expires:");
        use(each, true, true);
    }
}

void story::flip() {
    chapter("An automated job flips the time zone of edge-b");
    const auto done =
        cast_.run({"lab", "clock", "--zone", zone, "--admin-socket", b().admin_socket});
    if (done.code != 0) throw demo_failure(done.said);
    quote_line(done, std::string("--zone ") + zone, "clock:");
    const std::string_view moved = "on purpose by ";
    const auto at = done.said.find(moved);
    if (at != std::string::npos) {
        const auto from = at + moved.size();
        shift_ = done.said.substr(from, done.said.find('\n', from) - from);
    }
}

void story::meet_users() {
    chapter("Users see \"Limited External Calling\", now and then");
    say("Alice asks again, twice. Certificates, DNS and firewall are as they were.");
    const auto got = one_of_each();
    quote_line(got[0].request, "from edge-a", "expires:");
    use(got[0], true, false);
    quote_line(got[1].request, "from edge-b", "looks like a time zone error of " + shift_);
    use(got[1], false, true);
}

void story::read_logs() {
    chapter("What the logs say");
    const auto zone_words = "looks like a time zone error of " + shift_;
    const auto from_log = [&](const story_cast::edge& each,
                              std::initializer_list<std::string_view> words) {
        const auto line = each.log_line(words, log_patience);
        quote(!line.empty(), each.who(), {}, log_excerpt(line));
    };
    from_log(b(), {" clock_stepped ", zone_words});
    from_log(b(), {" peer_clock ", zone_words});
    from_log(b(), {" validate_refused ", "door=redis reason=not_yet_valid", zone_words});
    from_log(a(), {" validate_refused ", "door=redis reason=expired", "after expiry"});
}

void story::ask_doctor() {
    chapter("What relayauth doctor says");
    const auto ask = [&](const std::string& of, const client::endpoint& where) {
        return std::pair(cast_.run({"doctor", client::to_text(where)}), "of " + of);
    };
    const auto [well, of_a] = ask("edge-a", a().server->where());
    quote_line(well, of_a, "conclusion         all is well");
    const auto [ill, of_b] = ask("edge-b", b().server->where());
    quote_line(ill, of_b, "conclusion         the server's clock is ");
    quote_line(ill, of_b, "\"Limited External Calling\"");
    const auto [pool, of_pool] = ask("the pool", cast_.address());
    quote_line(pool, of_pool, "several servers share it");
}

void story::mend() {
    chapter("The clock is mended");
    const auto done = cast_.run({"lab", "clock", "--reset", "--admin-socket", b().admin_socket});
    if (done.code != 0) throw demo_failure(done.said);
    quote_line(done, "--reset", "clock:");
}

void story::end_well() {
    chapter("All is well again");
    all_is_well();
    const auto line = b().log_line({" clock_stepped ", "back where it was"}, log_patience);
    quote(!line.empty(), b().who(), {}, log_excerpt(line));
    const auto pool = cast_.run({"doctor", client::to_text(cast_.address())});
    quote_line(pool, "of the pool", "conclusion         all is well");
}

}  // namespace

bool demo_story(std::ostream& out, demo_lab& lab, bool with_flip) {
    return story(out, lab).tell(with_flip);
}

}  // namespace relayauth::cli
