#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace relayauth::sip {

// header_id names the headers that this service acts on; all others are `other` and ignored.
enum class header_id {
    other,
    via,
    from,
    to,
    call_id,
    cseq,
    content_type,
    content_length,
    record_route,
    require,
    date,
    warning,
};

// header is one logical header line. `name` is a token, or empty where the line begins with no
// token and colon. `value` has no white space at its ends; a folded one still holds its line breaks
// (RFC 3261 7.3.1). Views live as long as the message's octets.
struct header {
    header_id id = header_id::other;
    std::string_view name;
    std::string_view value;
};

// identify knows long and compact names (RFC 3261 7.3.3) in any case.
header_id identify(std::string_view name);

// is_token_character: RFC 3261 25.1.
inline constexpr auto token_characters = [] {
    std::array<bool, 256> table{};
    for (const char c : std::string_view(
             "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.!%*_+`'~")) {
        table[static_cast<unsigned char>(c)] = true;
    }
    return table;
}();
constexpr bool is_token_character(char c) {
    return token_characters[static_cast<unsigned char>(c)];
}

// is_token: at least one character, all of them token characters.
bool is_token(std::string_view text);

// find_unquoted gives the place of the first `wanted` at or after `from` that stands in no quoted
// string (RFC 3261 25.1); value.size() if there is none. `from` itself is outside one.
std::size_t find_unquoted(std::string_view value, char wanted, std::size_t from = 0);

}  // namespace relayauth::sip
