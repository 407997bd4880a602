#include "relayauth/verify/verifier.hpp"

#include "relayauth/credential/limits.hpp"
#include "relayauth/credential/message.hpp"
#include "relayauth/credential/validate.hpp"
#include "relayauth/keyring/ring.hpp"
#include "relayauth/verify/file.hpp"
#include "relayauth/verify/key_file.hpp"

namespace relayauth::verify {
namespace {

constexpr ticks longest_expiry_grace = std::chrono::hours(24);  // as `relayauth serve` has it
constexpr ticks longest_live_grace = credential::longest_max_lifetime;

bool is_within(ticks value, ticks least, ticks most) {
    return value >= least && value <= most;
}

// Empty when nothing is wrong with them.
std::string problem_of(const settings& chosen) {
    if (!is_within(chosen.clock_tolerance, ticks{0}, longest_tolerance)) {
        return "settings: clock_tolerance is from 0 to 15 min: a larger one would switch the check "
               "off";
    }
    if (!is_within(chosen.expiry_grace, ticks{0}, longest_expiry_grace)) {
        return "settings: expiry_grace is from 0 to 1 day";
    }
    if (!is_within(chosen.accept_lifetime, credential::shortest_max_lifetime,
                   credential::longest_max_lifetime)) {
        return "settings: accept_lifetime is from 1 min to 180 days";
    }
    if (!is_within(chosen.live.grace, ticks{0}, longest_live_grace)) {
        return "settings: live.grace is from 0 to 180 days";
    }
    return {};
}

credential::validate_limits limits_of(const settings& chosen) {
    credential::validate_limits limits;
    limits.time = {chosen.clock_tolerance, chosen.expiry_grace, chosen.accept_lifetime};
    limits.any_realm = true;  // it is the relay that names it
    return limits;
}

}  // namespace

struct verifier::state {
    state(std::vector<keyring::entry> newest_first, settings&& chosen,
          std::vector<std::string> lines)
        : keys(std::move(newest_first)),
          limits(limits_of(chosen)),
          live(chosen.live),
          given_clock(std::move(chosen.clock)),
          warnings(std::move(lines)) {}

    static load_result make(bytes_view file, const std::string& name, settings&& chosen,
                            std::vector<std::string> warnings);

    keyring::ring keys;
    credential::validate_limits limits;
    live_policy live;
    std::function<time_point()> given_clock;
    std::vector<std::string> warnings;
};

load_result verifier::state::make(bytes_view file, const std::string& name, settings&& chosen,
                                  std::vector<std::string> warnings) {
    auto problem = problem_of(chosen);
    if (!problem.empty()) return problem;
    auto entries = read_key_file(file);
    if (!entries) return name + ": " + words(entries.error());
    return verifier(
        std::make_unique<const state>(std::move(*entries), std::move(chosen), std::move(warnings)));
}

verifier::verifier(std::unique_ptr<const state> made) : state_(std::move(made)) {}
verifier::verifier(verifier&& other) noexcept = default;
verifier& verifier::operator=(verifier&& other) noexcept = default;
verifier::~verifier() = default;

load_result verifier::load(const std::string& path, settings chosen) {
    const auto file = read_secret_file(path, max_key_file_bytes);
    if (!file) return file.error();
    std::vector<std::string> warnings;
    if (file->readable_by_others) {
        warnings.push_back(path +
                           ": others than its owner can read it, and so mint credentials: "
                           "chmod 600 it");
    }
    return state::make(file->octets.reveal(), path, std::move(chosen), std::move(warnings));
}

load_result verifier::parse(std::string_view text, settings chosen) {
    return state::make(as_bytes(text), "key file", std::move(chosen), {});
}

const std::vector<std::string>& verifier::warnings() const {
    return state_->warnings;
}

wall_time verifier::now() const {
    return to_wall_time(state_->given_clock ? state_->given_clock() : system_now());
}

verdict verifier::judge(const credential::verdict& decided) const {
    std::optional<wall_time> deadline;
    if (decided.good()) {
        deadline = credential::deadline_of(decided, state_->limits.time, state_->live);
    }
    return verdict(decided, deadline);
}

verdict verifier::judge(std::string_view username, std::optional<std::string_view> password,
                        wall_time now) const {
    return judge(credential::validate({.username = username, .password = password}, state_->keys,
                                      state_->limits, now));
}

verdict verifier::check(std::string_view username) const {
    return judge(username, std::nullopt, now());
}

verdict verifier::check(std::string_view username, time_point now) const {
    return judge(username, std::nullopt, to_wall_time(now));
}

verdict verifier::check(std::string_view username, std::string_view password) const {
    return judge(username, password, now());
}

verdict verifier::check(std::string_view username, std::string_view password,
                        time_point now) const {
    return judge(username, password, to_wall_time(now));
}

verdict verifier::check_message(bytes_view octets, std::string_view realm,
                                std::optional<bool> live) const {
    return judge(credential::check_message({octets, realm, live}, state_->keys, state_->limits,
                                           state_->live, now()));
}

verdict verifier::check_message(bytes_view octets, std::string_view realm, std::optional<bool> live,
                                time_point now) const {
    return judge(credential::check_message({octets, realm, live}, state_->keys, state_->limits,
                                           state_->live, to_wall_time(now)));
}

verifier::key_answer verifier::long_term_key(const key_question& asked) const {
    return long_term_key(asked, state_->given_clock ? state_->given_clock() : system_now());
}

verifier::key_answer verifier::long_term_key(const key_question& asked, time_point now) const {
    const credential::validate_request request{
        .username = asked.username, .realm = asked.realm, .proof_follows = true};
    auto limits = state_->limits;
    if (asked.live) limits.time = credential::live_limits(limits.time, state_->live);
    auto decided = credential::validate(request, state_->keys, limits, to_wall_time(now));
    credential::note_live_session(decided, state_->limits.time);
    auto key = credential::long_term_key_of(decided, asked.username, asked.realm, asked.digest,
                                            asked.spelling);
    if (decided.good() && !key) {
        decided.refused = refusal::malformed;
        decided.detail = "a TURN REST name has no raw spelling: MS-TURN knows no such names";
    }
    return {judge(decided), key};
}

}  // namespace relayauth::verify
