#pragma once

#include <span>
#include <string_view>

namespace relayauth {

// nearest_name finds the name that `typed` was probably meant to be: the one with the fewest
// insertions, deletions and replacements, if these are at most a third of the name's length and
// one more. Empty when none is that near. For hints in error messages.
std::string_view nearest_name(std::string_view typed, std::span<const std::string_view> names);

}  // namespace relayauth
