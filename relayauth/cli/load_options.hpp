#pragma once

#include "relayauth/cli/connection_options.hpp"
#include "relayauth/load/goals.hpp"
#include "relayauth/load/options.hpp"

#include <string>
#include <utility>
#include <vector>

namespace CLI {
class App;
}

namespace relayauth::cli {

// load_options is what `relayauth load` was told.
struct load_options {
    connection_options connection;
    load::options run;
    std::vector<load::goal> goals;
    std::string goals_text;
    std::string json_file;
    std::string report_file;
    bool quiet = false;

    // chosen is the run with the connection's settings in it. To be called after parsing.
    load::options chosen() const;
};

// add_load_options registers every option; `into` must outlive the parsing.
void add_load_options(CLI::App& command, load_options& into);

// given_options lists what was on the command line, for the report: option and value.
std::vector<std::pair<std::string, std::string>> given_options(const CLI::App& command);

}  // namespace relayauth::cli
