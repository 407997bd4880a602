#pragma once

#include "relayauth/base/wall_time.hpp"
#include "relayauth/credential/usual_mistakes.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace relayauth::credential {

// The parts of a username. Pure; safe from any thread.

// counted_in is what the holder of a text sees of it: hexadecimal shows octets.
enum class counted_in { characters, octets };

// fragment_of names what is less than a username: `cut_short` (it begins as one), `lost_beginning`
// (it ends as one) or `lost_inside` (both). Where the rest was lost it says only as far as that is
// known, and an expiry only where that is plausible. Nothing: the text is no part of one, or as
// long as one. Protocol notes 3.1.
std::optional<mistake> fragment_of(std::string_view text, counted_in unit);

// expiry_at puts the two words of an expiry together.
constexpr wall_time expiry_at(std::uint32_t low, std::uint32_t high) {
    return wall_time(std::uint64_t{high} << 32 | low);
}

// is_plausible: an expiry of a token whose words nobody swapped, 2000 to 2099. In the other order
// the random low word stands for the centuries, and 1 in 600 falls into these years by chance.
constexpr bool is_plausible(wall_time t) {
    constexpr auto first = wall_time::from_unix(std::chrono::seconds(946'684'800));
    constexpr auto last = wall_time::from_unix(std::chrono::seconds(4'102'444'800));
    return first <= t && t < last;
}

}  // namespace relayauth::credential
