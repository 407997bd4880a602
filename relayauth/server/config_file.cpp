#include "relayauth/server/config_file.hpp"

#include "relayauth/base/nearest.hpp"
#include "relayauth/server/option_table.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <vector>

namespace relayauth::server {
namespace {

std::string key_of(std::string_view name) {
    std::string key(name);
    std::replace(key.begin(), key.end(), '-', '_');
    return key;
}

std::string at(std::string_view file, const toml::source_position& where) {
    return std::string(file) + ":" + std::to_string(where.line) + ": ";
}

std::string unknown_key(std::string_view key) {
    std::vector<std::string> keys;
    for (const auto& each : option_table()) keys.push_back(key_of(each.name));
    const std::vector<std::string_view> views(keys.begin(), keys.end());
    const auto nearest = nearest_name(key, views);
    std::string text = "unknown key `" + std::string(key) + "`";
    if (nearest.empty())
        return text + ": `relayauth serve --help` lists the options, here with _ for -";
    return text + ": did you mean `" + std::string(nearest) + "`?";
}

std::optional<std::string> text_of(const toml::node& value) {
    if (auto text = value.value_exact<std::string>()) return text;
    if (const auto number = value.value_exact<std::int64_t>()) return std::to_string(*number);
    if (const auto on = value.value_exact<bool>()) return *on ? "true" : "false";
    return std::nullopt;
}

std::optional<std::string> set_one(const option& which, const toml::node& value, options& into) {
    // Else `certificate = true` would name a file.
    if (value.is_boolean() && !which.value_name.empty())
        return "must be a string or a whole number";
    const auto text = text_of(value);
    if (!text) return "must be a string, a whole number, or true or false";
    return which.set(into, *text);
}

std::optional<std::string> set_all(const option& which, const toml::node& value, options& into) {
    const auto* list = value.as_array();
    if (list == nullptr) return set_one(which, value, into);
    if (!which.repeatable) return "takes one value, not a list";
    for (const auto& each : *list) {
        if (auto problem = set_one(which, each, into)) return problem;
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::string> read_config(std::string_view toml, std::string_view file,
                                       options& into) {
    toml::table settings;
    try {
        settings = toml::parse(toml, file);
    } catch (const toml::parse_error& bad) {
        return at(file, bad.source().begin) + "not TOML: " + std::string(bad.description());
    }
    for (const auto& [key, value] : settings) {
        const auto where = at(file, value.source().begin);
        const auto* which = find_option(key.str());
        if (which == nullptr || key.str() != key_of(which->name))
            return where + unknown_key(key.str());
        if (which->repeatable) which->clear(into);
        if (const auto problem = set_all(*which, value, into)) {
            return where + "`" + key_of(which->name) + "` " + *problem;
        }
    }
    return std::nullopt;
}

}  // namespace relayauth::server
