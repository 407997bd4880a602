#include "relayauth/cli/usage.hpp"

#include "relayauth/cli/hint.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <string_view>
#include <vector>

namespace relayauth::cli {
namespace {

std::vector<std::string_view> option_names(const CLI::App& app) {
    std::vector<std::string_view> names;
    for (const auto* option : app.get_options()) {
        for (const auto& name : option->get_lnames()) names.push_back(name);
    }
    return names;
}

std::vector<std::string_view> command_names(const CLI::App& app) {
    std::vector<std::string_view> names;
    for (const auto* command : app.get_subcommands(nullptr)) names.push_back(command->get_name());
    return names;
}

std::string listed(const std::vector<std::string_view>& names) {
    std::string text;
    for (const auto name : names) text.append(text.empty() ? "" : ", ").append(name);
    return text;
}

bool is_option(const std::string& argument) {
    return argument.size() > 1 && argument[0] == '-';
}

}  // namespace

std::string usage_error(const CLI::App& app, const CLI::ParseError& why) {
    const CLI::App* command = &app;
    std::string path = app.get_name();
    for (;;) {
        const auto unknown = command->remaining();
        const auto commands = command_names(*command);
        auto first = unknown.begin();
        // Where a subcommand was due, what follows is not ours to judge; elsewhere an option that
        // is not known is why its value is left over.
        if (commands.empty()) {
            const auto option = std::find_if(unknown.begin(), unknown.end(), is_option);
            if (option != unknown.end()) first = option;
        }
        if (first != unknown.end()) {
            return unexpected_argument(path, *first,
                                       is_option(*first) ? option_names(*command) : commands);
        }
        const auto chosen = command->get_subcommands();
        if (chosen.empty() && !commands.empty() &&
            dynamic_cast<const CLI::RequiredError*>(&why) != nullptr) {
            return misuse(path, "what should it do? " + listed(commands));
        }
        if (chosen.empty()) break;
        command = chosen.front();
        path += " " + command->get_name();
    }
    return misuse(path, why.what());
}

}  // namespace relayauth::cli
