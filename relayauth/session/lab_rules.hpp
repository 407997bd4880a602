#pragma once

#include "relayauth/base/result.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace relayauth::session {

// lie is what a lab does to whoever asks for a credential for some identity (`relayauth lab rule`).
enum class lie {
    // The credential is bad.
    expired,
    not_yet_valid,
    wrong_key,
    lifetime,  // it lives for lab_rule::time only
    // The answer is no.
    server_busy,
    time_out,
    forbidden,
    not_supported,
    // The answer is good and does not arrive well.
    delay,  // by lab_rule::time
    truncated,
    no_answer,
    reset,
};
inline constexpr std::size_t lies = 12;

// to_text is the word on the command line, `not-yet-valid`; parse_lie its inverse, nothing for any
// other text. Pure; safe from any thread, like everything here.
std::string_view to_text(lie value);
std::optional<lie> parse_lie(std::string_view text);

// takes_time: whether the word is followed by a duration.
bool takes_time(lie value);

// What a rule does to: the credential, the answer's meaning, or its octets. Each lie does one.
bool spoils_credential(lie value);
bool refuses(lie value);
bool spoils_delivery(lie value);

inline constexpr std::chrono::milliseconds longest_delay = std::chrono::seconds(60);
inline constexpr std::chrono::milliseconds longest_lab_lifetime = std::chrono::hours(24);
inline constexpr std::size_t longest_lab_pattern = 255;
inline constexpr std::size_t most_lab_rules = 100;

// lab_rule is one lie, told about the identities that fit a pattern of base/glob.
struct lab_rule {
    lie what = lie::expired;
    std::string identity;
    std::chrono::milliseconds time{0};  // of those that take one
    std::string words;                  // `lab rule: lifetime 10 s`, for log and Warning
};

// make_lab_rule fails, in words for people, when the pattern is empty, too long or holds a control
// character, or when `time` is missing, superfluous or out of bounds: 100 ms to longest_delay, 1 s
// to longest_lab_lifetime.
result<lab_rule, std::string> make_lab_rule(std::string_view identity, lie what,
                                            std::optional<std::chrono::milliseconds> time);

// lab_rules are an ordered list; the first one that fits decides.
class lab_rules {
public:
    bool empty() const { return rules_.empty(); }
    std::span<const lab_rule> all() const { return rules_; }
    // The first rule that fits; null if none does. Lives as long as the list is not changed.
    const lab_rule* find(std::string_view identity) const;

    // add puts a rule last, or in the place of the one with the very same pattern; false when there
    // are most_lab_rules already.
    bool add(lab_rule rule);
    // remove takes out the one with the very same pattern; false if there is none.
    bool remove(std::string_view identity);

private:
    std::vector<lab_rule> rules_;
};

}  // namespace relayauth::session
