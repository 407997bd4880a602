#pragma once

#include "relayauth/load/outcome.hpp"
#include "relayauth/load/result.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relayauth::load {

// Sentences that the table and the HTML report share. Pure; safe from any thread.

// closed_loop_note is what a reader of a closed loop's latency must know.
inline constexpr std::string_view closed_loop_note =
    "closed loop: a request is only sent when an answer has come, so this latency leaves out the "
    "waiting that users of an overloaded server would have";

// meaning explains an outcome, or an incident, in a few words.
std::string_view meaning(outcome value);
std::string_view meaning(incident value);

// by_count orders counts, the largest first, words made safe to print. Only the first `most`
// stay; the others are one entry, `N others`, at the end.
using counted_words = std::vector<std::pair<std::string, std::uint64_t>>;
counted_words by_count(const std::map<std::string, std::uint64_t>& counts, std::size_t most);

// connections_line, generator_line and sample_line sum up these sides of a run in one line each.
std::string connections_line(const result& from);
std::string generator_line(const result& from);
std::string sample_line(const result& from);

}  // namespace relayauth::load
