#pragma once

#include <span>
#include <string>
#include <string_view>

namespace relayauth::cli {

// unexpected_argument is the one line about an argument that `command` (`relayauth request`) does
// not know: it names the nearest of `names` (options without dashes, or subcommands), or else where
// they are listed. A value after `=` is not repeated: it may be a password. Pure.
std::string unexpected_argument(std::string_view command, std::string_view argument,
                                std::span<const std::string_view> names);

// misuse is the one line about any other misuse: `what` on one line and where to read on. Pure.
std::string misuse(std::string_view command, std::string_view what);

}  // namespace relayauth::cli
