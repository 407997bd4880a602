#include "relayauth/cli/serve.hpp"

#include "relayauth/client/file.hpp"
#include "relayauth/server/config_file.hpp"
#include "relayauth/server/option_table.hpp"
#include "relayauth/server/service.hpp"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace relayauth::cli {
namespace {

constexpr std::size_t max_config_bytes = 1024 * 1024;

// given is what the command line said, before it is believed.
struct given {
    std::string config;
    std::vector<std::pair<const server::option*, std::vector<std::string>>> values;
    std::vector<std::pair<const server::option*, bool>> switches;
};

std::optional<std::string> apply_config(const given& typed, server::options& into) {
    if (typed.config.empty()) return std::nullopt;
    const auto bytes = client::read_file(typed.config, max_config_bytes);
    if (!bytes) return bytes.error();
    return server::read_config(as_text(*bytes), typed.config, into);
}

// The command line wins over the file; a repeatable option's values replace the file's list.
std::optional<std::string> apply_command_line(const given& typed, server::options& into) {
    for (const auto& [which, on] : typed.switches) {
        if (on) which->set(into, "true");
    }
    for (const auto& [which, values] : typed.values) {
        if (!values.empty() && which->clear) which->clear(into);
        for (const auto& value : values) {
            if (const auto problem = which->set(into, value)) {
                return "--" + std::string(which->name) + " " + value + ": " + *problem;
            }
        }
    }
    return std::nullopt;
}

std::optional<std::string> serve(const given& typed) {
    server::options chosen;
    if (auto problem = apply_config(typed, chosen)) return problem;
    if (auto problem = apply_command_line(typed, chosen)) return problem;
    if (auto problem = server::check(chosen)) return problem;
    server::log output(chosen.log);
    server::service running(chosen, output);
    if (auto problem = running.start()) return problem;
    running.run();
    return std::nullopt;
}

}  // namespace

CLI::App* add_serve(CLI::App& app, int& exit_code) {
    auto* command = app.add_subcommand("serve", "mint and validate credentials on port 5062");
    const auto typed = std::make_shared<given>();
    command
        ->add_option(
            "--config", typed->config,
            "TOML file with any of these options (same names, _ for -); the command line wins")
        ->type_name("FILE");
    const auto table = server::option_table();
    typed->values.reserve(table.size());
    typed->switches.reserve(table.size());
    for (const auto& each : table) {
        const auto flag = "--" + std::string(each.name);
        CLI::Option* made = nullptr;
        if (each.value_name.empty()) {
            auto& slot = typed->switches.emplace_back(&each, false).second;
            made = command->add_flag(flag, slot, std::string(each.help));
        } else {
            auto& slot = typed->values.emplace_back(&each, std::vector<std::string>()).second;
            made = command->add_option(flag, slot, std::string(each.help))
                       ->type_name(std::string(each.value_name))
                       ->allow_extra_args(false)
                       ->expected(1);
            made->multi_option_policy(each.repeatable ? CLI::MultiOptionPolicy::TakeAll
                                                      : CLI::MultiOptionPolicy::Throw);
        }
        made->group(std::string(each.group));
    }
    command->callback([typed, &exit_code] {
        if (const auto problem = serve(*typed)) {
            std::cerr << "relayauth serve: " << *problem << "\n";
            exit_code = 2;
        }
    });
    return command;
}

}  // namespace relayauth::cli
