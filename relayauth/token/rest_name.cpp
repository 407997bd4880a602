#include "relayauth/token/rest_name.hpp"

#include "relayauth/base/ascii.hpp"
#include "relayauth/base/base64.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

namespace relayauth::token {
namespace {

constexpr std::string_view plain_marks = "._@+:=;/-";
constexpr char encoded_mark = '=';

bool is_plain(char c) {
    return ascii::is_alnum(c) || plain_marks.find(c) != std::string_view::npos;
}

std::size_t leading_digits(std::string_view text) {
    const auto end = std::find_if_not(text.begin(), text.end(), ascii::is_digit);
    return static_cast<std::size_t>(end - text.begin());
}

}  // namespace

bool is_rest_name(std::string_view username) {
    const auto digits = leading_digits(username);
    return digits > 0 && (digits == username.size() || username[digits] == ':');
}

result<unverified_rest_name, rest_errc> decode_rest_name(std::string_view name) {
    if (name.size() > max_rest_name_size) return rest_errc::name_too_long;
    const auto digits = leading_digits(name);
    if (digits > max_rest_expiry_digits) return rest_errc::expiry_too_long;
    std::int64_t seconds = 0;
    std::from_chars(name.data(), name.data() + digits, seconds);
    unverified_rest_name read;
    read.expires_at = wall_time::from_unix(std::chrono::seconds(seconds));
    if (digits < name.size()) read.identity = name.substr(digits + 1);
    return read;
}

std::string spell_identity(std::string_view identity) {
    const bool plain = std::all_of(identity.begin(), identity.end(), is_plain);
    if (plain && !identity.starts_with(encoded_mark)) return std::string(identity);
    auto text = encode_base64(as_bytes(identity));
    std::replace(text.begin(), text.end(), '+', '-');
    std::replace(text.begin(), text.end(), '/', '_');
    text.resize(text.find_last_not_of('=') + 1);
    return encoded_mark + text;
}

std::optional<std::string> read_identity(std::string_view spelled) {
    if (!spelled.starts_with(encoded_mark)) return std::string(spelled);
    std::string text(spelled.substr(1));
    if (text.find_first_of("+/=") != std::string::npos) return std::nullopt;
    std::replace(text.begin(), text.end(), '-', '+');
    std::replace(text.begin(), text.end(), '_', '/');
    text.append((4 - text.size() % 4) % 4, '=');
    std::vector<std::uint8_t> octets(text.size());
    const auto size = decode_base64(text, octets);
    if (!size) return std::nullopt;
    return std::string(as_text(bytes_view(octets).first(*size)));
}

std::optional<std::string> encode_rest_name(wall_time expires_at, std::string_view identity) {
    const auto seconds = expires_at.unix_seconds().count();
    if (seconds < 0 || identity.empty() || identity.size() > max_rest_name_size) {
        return std::nullopt;
    }
    auto name = std::to_string(seconds);
    if (name.size() > max_rest_expiry_digits) return std::nullopt;
    name += ":" + spell_identity(identity);
    if (name.size() > max_rest_name_size) return std::nullopt;
    return name;
}

}  // namespace relayauth::token
