#include "relayauth/cli/hint.hpp"

#include "relayauth/base/ascii.hpp"
#include "relayauth/base/nearest.hpp"
#include "relayauth/base/printable.hpp"

#include <algorithm>

namespace relayauth::cli {
namespace {

std::string see_help(std::string_view command) {
    return " (see " + std::string(command) + " --help)";
}

}  // namespace

std::string unexpected_argument(std::string_view command, std::string_view argument,
                                std::span<const std::string_view> names) {
    const bool option = argument.starts_with('-');
    const auto shown = option ? argument.substr(0, argument.find('=')) : argument;
    auto bare = shown;
    bare.remove_prefix(std::min(bare.find_first_not_of('-'), bare.size()));

    auto text = std::string(command) + ": " + (option ? "unknown option " : "unexpected argument ");
    text += printable(shown);
    if (const auto nearest = nearest_name(bare, names); !nearest.empty()) {
        text += ": did you mean " + std::string(option ? "--" : "") + std::string(nearest) + "?";
    }
    return text + see_help(command);
}

std::string misuse(std::string_view command, std::string_view what) {
    const auto line = ascii::trim(what.substr(0, what.find('\n')));
    return std::string(command) + ": " + printable(line) + see_help(command);
}

}  // namespace relayauth::cli
