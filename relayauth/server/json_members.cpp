#include "relayauth/server/json_members.hpp"

#include <boost/json/parse.hpp>

namespace relayauth::server {

std::optional<json_members> json_members::parse(std::string_view text) {
    boost::json::parse_options options;
    options.max_depth = 8;
    boost::system::error_code failed;
    auto value = boost::json::parse(text, failed, {}, options);
    if (failed || !value.is_object()) return std::nullopt;
    return json_members(std::move(value.get_object()));
}

bool json_members::has(std::string_view key) const {
    return members_.contains(key);
}

std::optional<std::string> json_members::text(std::string_view key) const {
    const auto* found = members_.if_contains(key);
    if (found == nullptr || !found->is_string()) return std::nullopt;
    const auto& value = found->get_string();
    return std::string(value.data(), value.size());
}

std::optional<std::int64_t> json_members::whole(std::string_view key, std::int64_t least,
                                                std::int64_t most) const {
    const auto* found = members_.if_contains(key);
    if (found == nullptr || !found->is_int64()) return std::nullopt;
    const auto value = found->get_int64();
    if (value < least || value > most) return std::nullopt;
    return value;
}

std::optional<bool> json_members::flag(std::string_view key) const {
    const auto* found = members_.if_contains(key);
    if (found == nullptr || !found->is_bool()) return std::nullopt;
    return found->get_bool();
}

std::optional<std::vector<json_members>> json_members::objects(std::string_view key,
                                                               std::size_t most) const {
    const auto* found = members_.if_contains(key);
    if (found == nullptr || !found->is_array() || found->get_array().size() > most)
        return std::nullopt;
    std::vector<json_members> all;
    for (const auto& each : found->get_array()) {
        if (!each.is_object()) return std::nullopt;
        all.push_back(json_members(each.get_object()));
    }
    return all;
}

}  // namespace relayauth::server
