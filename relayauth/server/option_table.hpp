#pragma once

#include "relayauth/server/options.hpp"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace relayauth::server {

// option is one setting of serve: the command line and the TOML file are both read through this
// table, so that they cannot disagree. `name` is the flag without its dashes; the TOML key is the
// same with `_` for `-`.
struct option {
    std::string_view name;
    std::string_view value_name;  // empty: a switch, `true` or `false` in TOML
    std::string_view help;        // with its default
    bool repeatable = false;
    std::string_view group;
    // set takes one value; what is wrong with it, in words that follow the option's name.
    std::function<std::optional<std::string>(options&, std::string_view)> set;
    // clear forgets a repeatable option's values: the command line replaces the file's list.
    std::function<void(options&)> clear;
};

std::span<const option> option_table();

// find_option knows names with `-` or `_`; null if there is none.
const option* find_option(std::string_view name);

// check says what is wrong with the options taken together, naming the options, in one line.
std::optional<std::string> check(const options& chosen);

}  // namespace relayauth::server
