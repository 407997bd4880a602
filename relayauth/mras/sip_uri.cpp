#include "relayauth/base/ascii.hpp"
#include "relayauth/mras/ip_literal.hpp"
#include "relayauth/mras/request.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

// RFC 3261 sections 19.1.1 and 25.1.
namespace relayauth::mras {
namespace {

// Which parts of a URI a character may stand in unescaped.
enum part : std::uint8_t { user = 1, password = 2, parameter = 4, header = 8, host = 16 };

constexpr auto allowed_parts = [] {
    std::array<std::uint8_t, 256> parts{};
    const auto allow = [&parts](std::string_view characters, unsigned where) {
        for (const char c : characters) {
            auto& entry = parts[static_cast<std::uint8_t>(c)];
            entry = static_cast<std::uint8_t>(entry | where);
        }
    };
    constexpr unsigned anywhere = user | password | parameter | header;
    allow("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", anywhere | host);
    allow("-_.!~*'()", anywhere);  // mark
    allow("&=+$,;?/", user);
    allow("&=+$,", password);
    allow("[]/:&+$", parameter);
    allow("[]/?:+$", header);
    // The underscore is no part of RFC 3261's host names, but of some Windows domains'.
    allow("-_.", host);
    return parts;
}();

bool is_hex_digit(char c) {
    return ascii::is_digit(c) || (ascii::to_lower(c) >= 'a' && ascii::to_lower(c) <= 'f');
}

// consists_of: characters of `where` or %HH escapes; an empty text does.
bool consists_of(std::string_view text, part where) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (allowed_parts[static_cast<std::uint8_t>(text[i])] & where) continue;
        if (text[i] != '%' || text.size() - i < 3) return false;
        if (!is_hex_digit(text[i + 1]) || !is_hex_digit(text[i + 2])) return false;
        i += 2;
    }
    return true;
}

bool is_user_info(std::string_view text) {
    const auto colon = text.find(':');
    const auto name = text.substr(0, colon);
    if (name.empty() || !consists_of(name, user)) return false;
    return colon == std::string_view::npos || consists_of(text.substr(colon + 1), password);
}

// Labels begin and end with a letter or digit; a dot may end the whole. The last label begins with
// a letter, else it would look like half an address.
bool is_host_name(std::string_view text) {
    if (text.ends_with('.')) text.remove_suffix(1);
    char last = '.';
    std::size_t label = 0;  // where the current one begins
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (!(allowed_parts[static_cast<std::uint8_t>(c)] & host)) return false;
        if (last == '.' && !ascii::is_alnum(c)) return false;
        if (c == '.' && !ascii::is_alnum(last)) return false;
        if (c == '.') label = i + 1;
        last = c;
    }
    return ascii::is_alnum(last) && ascii::is_alpha(text[label]);
}

bool is_port(std::string_view text) {
    if (text.empty() || text.size() > 5 || !std::ranges::all_of(text, ascii::is_digit))
        return false;
    std::uint32_t value = 0;
    for (const char c : text) value = value * 10 + static_cast<std::uint32_t>(c - '0');
    return value <= 65'535;
}

bool is_host_port(std::string_view text) {
    if (text.starts_with('[')) {
        const auto bracket = text.find(']');
        if (bracket == std::string_view::npos) return false;
        if (!is_ipv6_literal(text.substr(1, bracket - 1))) return false;
        text.remove_prefix(bracket + 1);
        return text.empty() || (text.front() == ':' && is_port(text.substr(1)));
    }
    const auto colon = text.find(':');
    if (colon != std::string_view::npos && !is_port(text.substr(colon + 1))) return false;
    const auto name = text.substr(0, colon);
    return is_host_name(name) || is_ipv4_literal(name);
}

// is_list: `name=value` pieces between `separator`s. A name is never empty; a value may be empty,
// or missing with its `=`, as the caller says.
bool is_list(std::string_view text, char separator, part where, bool bare_names,
             bool empty_values) {
    for (;;) {
        const auto end = text.find(separator);
        const auto piece = text.substr(0, end);
        const auto equals = piece.find('=');
        const auto name = piece.substr(0, equals);
        if (name.empty() || !consists_of(name, where)) return false;
        if (equals == std::string_view::npos) {
            if (!bare_names) return false;
        } else {
            const auto value = piece.substr(equals + 1);
            if ((value.empty() && !empty_values) || !consists_of(value, where)) return false;
        }
        if (end == std::string_view::npos) return true;
        text.remove_prefix(end + 1);
    }
}

bool remove_scheme(std::string_view& text) {
    const auto colon = text.find(':');
    const auto scheme = text.substr(0, colon);
    if (colon == std::string_view::npos) return false;
    text.remove_prefix(colon + 1);
    return ascii::equal_ignoring_case(scheme, "sip") || ascii::equal_ignoring_case(scheme, "sips");
}

}  // namespace

bool is_sip_uri(std::string_view text) {
    if (text.size() > max_text_length || !remove_scheme(text)) return false;
    // No part after the user may hold a bare `@`, so the first one ends the user.
    if (const auto at = text.find('@'); at != std::string_view::npos) {
        if (!is_user_info(text.substr(0, at))) return false;
        text.remove_prefix(at + 1);
    }
    if (const auto question = text.find('?'); question != std::string_view::npos) {
        if (!is_list(text.substr(question + 1), '&', header, false, true)) return false;
        text = text.substr(0, question);
    }
    if (const auto semicolon = text.find(';'); semicolon != std::string_view::npos) {
        if (!is_list(text.substr(semicolon + 1), ';', parameter, true, false)) return false;
        text = text.substr(0, semicolon);
    }
    return is_host_port(text);
}

}  // namespace relayauth::mras
