#include "relayauth/resp/name.hpp"

#include <cstddef>

namespace relayauth::resp {
namespace {

constexpr std::string_view prefix = "turn/realm/";
constexpr std::string_view before_user = "/user/";

struct ending {
    std::string_view text;
    key_kind kind;
};
constexpr ending endings[] = {
    {"/key", key_kind::user_key},
    {"/max-bps", key_kind::max_bps},
    {"/user-quota", key_kind::user_quota},
    {"/total-quota", key_kind::total_quota},
};

}  // namespace

key_name parse_key(bytes_view key) {
    auto text = as_text(key);
    if (!text.starts_with(prefix)) return {};
    text.remove_prefix(prefix.size());
    for (const auto& each : endings) {
        if (!text.ends_with(each.text)) continue;
        text.remove_suffix(each.text.size());
        const bool is_user = each.kind == key_kind::user_key;
        if (text.empty() || (is_user && text.find(before_user, 1) == text.npos)) return {};
        return {each.kind, text};
    }
    return {};
}

realm_and_user split_user_key(const key_name& name, std::span<const std::string> realms) {
    if (name.kind != key_kind::user_key) return {};
    std::size_t size = 0;
    for (const auto& each : realms) {
        if (each.size() <= size || !name.realm.starts_with(each)) continue;
        if (name.realm.substr(each.size()).starts_with(before_user)) size = each.size();
    }
    if (size == 0) size = name.realm.find(before_user, 1);
    if (size == name.realm.npos) return {};  // no name that parse_key gave
    return {name.realm.substr(0, size), name.realm.substr(size + before_user.size())};
}

}  // namespace relayauth::resp
