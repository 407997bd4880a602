#include "relayauth/session/lab_rules.hpp"

#include "relayauth/base/glob.hpp"
#include "relayauth/base/time_text.hpp"
#include "relayauth/base/utf8.hpp"

#include <algorithm>
#include <array>

namespace relayauth::session {
namespace {

// In the order of the enum.
constexpr std::array<std::string_view, lies> lie_texts = {
    "expired",   "not-yet-valid", "wrong-key", "lifetime",  "server-busy", "time-out",
    "forbidden", "not-supported", "delay",     "truncated", "no-answer",   "reset",
};

// Shorter than a timer that is armed for it takes to be armed, it might be due at once; and nobody
// would see it.
constexpr std::chrono::milliseconds shortest_delay{100};
// The token counts whole minutes, the expiry does not; below a second nobody could use it.
constexpr std::chrono::milliseconds shortest_lifetime{1000};

std::string problem_of_time(lie what, std::optional<std::chrono::milliseconds> time) {
    const std::string name(to_text(what));
    if (!takes_time(what)) return time ? name + " takes no time" : "";
    const bool is_delay = what == lie::delay;
    const auto least = is_delay ? shortest_delay : shortest_lifetime;
    const auto most = is_delay ? longest_delay : longest_lab_lifetime;
    if (time && *time >= least && *time <= most) return {};
    return name + " takes a time from " + duration_text(least) + " to " + duration_text(most) +
           ", as `" + name + (is_delay ? " 2s`" : " 10s`");
}

}  // namespace

std::string_view to_text(lie value) {
    return lie_texts[static_cast<std::size_t>(value)];
}

std::optional<lie> parse_lie(std::string_view text) {
    const auto found = std::ranges::find(lie_texts, text);
    if (found == lie_texts.end()) return std::nullopt;
    return static_cast<lie>(found - lie_texts.begin());
}

bool takes_time(lie value) {
    return value == lie::lifetime || value == lie::delay;
}

bool spoils_credential(lie value) {
    return value <= lie::lifetime;
}

bool refuses(lie value) {
    return value >= lie::server_busy && value <= lie::not_supported;
}

bool spoils_delivery(lie value) {
    return value >= lie::delay;
}

result<lab_rule, std::string> make_lab_rule(std::string_view identity, lie what,
                                            std::optional<std::chrono::milliseconds> time) {
    if (identity.empty() || identity.size() > longest_lab_pattern ||
        has_control_character(identity)) {
        return std::string("an identity is a pattern of 1 to 255 characters, as 'sip:bob@*'");
    }
    if (auto problem = problem_of_time(what, time); !problem.empty()) return problem;
    lab_rule rule{what, std::string(identity), time.value_or(std::chrono::milliseconds(0)), {}};
    rule.words = "lab rule: " + std::string(to_text(what));
    if (takes_time(what)) rule.words += " " + exact_duration_text(rule.time);
    return rule;
}

const lab_rule* lab_rules::find(std::string_view identity) const {
    const auto found = std::ranges::find_if(
        rules_, [identity](const lab_rule& each) { return matches_glob(each.identity, identity); });
    return found == rules_.end() ? nullptr : &*found;
}

bool lab_rules::add(lab_rule rule) {
    const auto same = std::ranges::find(rules_, rule.identity, &lab_rule::identity);
    if (same != rules_.end()) {
        *same = std::move(rule);
        return true;
    }
    if (rules_.size() >= most_lab_rules) return false;
    rules_.push_back(std::move(rule));
    return true;
}

bool lab_rules::remove(std::string_view identity) {
    return std::erase_if(
               rules_, [identity](const lab_rule& each) { return each.identity == identity; }) != 0;
}

}  // namespace relayauth::session
