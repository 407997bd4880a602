#pragma once

#include <string>

namespace CLI {
class App;
class ParseError;
}  // namespace CLI

namespace relayauth::cli {

// usage_error says in one line, without a line end, what is wrong with a command line that CLI11
// refused: what it does not know comes first, since it may be why something else is missing.
std::string usage_error(const CLI::App& app, const CLI::ParseError& why);

}  // namespace relayauth::cli
