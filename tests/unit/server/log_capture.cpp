#include "log_capture.hpp"

#include "relayauth/base/utf8.hpp"

namespace relayauth::server {
namespace {

bool take(std::string_view& rest, char expected) {
    if (rest.empty() || rest.front() != expected) return false;
    rest.remove_prefix(1);
    return true;
}

// The four hexadecimal digits of `\u00xx`; the log writes no others.
std::optional<char> take_escape(std::string_view& rest) {
    if (rest.empty()) return std::nullopt;
    const char kind = rest.front();
    rest.remove_prefix(1);
    if (kind == '"' || kind == '\\') return kind;
    if (kind != 'u' || rest.size() < 4 || !rest.starts_with("00")) return std::nullopt;
    constexpr std::string_view digits = "0123456789abcdef";
    const auto high = digits.find(rest[2]), low = digits.find(rest[3]);
    if (high == std::string_view::npos || low == std::string_view::npos) return std::nullopt;
    rest.remove_prefix(4);
    return static_cast<char>(high * 16 + low);
}

std::optional<std::string> take_string(std::string_view& rest) {
    if (!take(rest, '"')) return std::nullopt;
    std::string value;
    while (!rest.empty()) {
        if (take(rest, '"')) return value;
        if (take(rest, '\\')) {
            const auto escaped = take_escape(rest);
            if (!escaped) return std::nullopt;
            value += *escaped;
            continue;
        }
        if (static_cast<unsigned char>(rest.front()) < 0x20) return std::nullopt;
        value += rest.front();
        rest.remove_prefix(1);
    }
    return std::nullopt;
}

std::optional<std::string> take_value(std::string_view& rest) {
    if (rest.starts_with('"')) return take_string(rest);
    const auto size = rest.find_first_not_of("0123456789");
    if (size == 0 || size == std::string_view::npos) return std::nullopt;
    std::string digits(rest.substr(0, size));
    rest.remove_prefix(size);
    return digits;
}

}  // namespace

std::optional<std::map<std::string, std::string>> parse_flat_json(std::string_view text) {
    std::map<std::string, std::string> fields;
    if (!is_utf8(text) || !take(text, '{')) return std::nullopt;
    do {
        const auto key = take_string(text);
        if (!key || !take(text, ':')) return std::nullopt;
        const auto value = take_value(text);
        if (!value || !fields.emplace(*key, *value).second) return std::nullopt;
    } while (take(text, ','));
    if (!take(text, '}') || !text.empty()) return std::nullopt;
    return fields;
}

}  // namespace relayauth::server
