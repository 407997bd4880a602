#include "relayauth/base/ascii.hpp"
#include "relayauth/mras/ip_literal.hpp"
#include "relayauth/mras/request.hpp"

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

// Labels begin and end with a letter or digit; a dot may end the whole. The last label begins with
// a letter, else it would look like half an address. All characters are those of `host` already.
bool is_host_name(std::string_view text) {
    if (text.ends_with('.')) text.remove_suffix(1);
    for (;;) {
        const auto dot = text.find('.');
        const auto label = text.substr(0, dot);
        if (label.empty() || !ascii::is_alnum(label.front()) || !ascii::is_alnum(label.back())) {
            return false;
        }
        if (dot == std::string_view::npos) return ascii::is_alpha(label.front());
        text.remove_prefix(dot + 1);
    }
}

// uri_cursor walks once over a URI. A step that says false found something else there.
class uri_cursor {
public:
    explicit uri_cursor(std::string_view text) : rest_(text) {}

    bool at_end() const { return rest_.empty(); }
    bool is_at(char c) const { return rest_.starts_with(c); }
    bool skip(char c) {
        if (!is_at(c)) return false;
        rest_.remove_prefix(1);
        return true;
    }
    bool skip_scheme();
    bool skip_user_info();
    bool skip_host();
    bool skip_port();
    bool skip_parameter();
    bool skip_header();

private:
    std::string_view skip_characters(part where);
    bool skip_part(part where);

    std::string_view rest_;
};

// skip_characters skips those of `where` and gives them.
std::string_view uri_cursor::skip_characters(part where) {
    const char* const begin = rest_.data();
    const char* const end = begin + rest_.size();
    const char* at = begin;
    while (at != end && allowed_parts[static_cast<std::uint8_t>(*at)] & where) ++at;
    rest_ = {at, static_cast<std::size_t>(end - at)};
    return {begin, static_cast<std::size_t>(at - begin)};
}

// skip_part skips characters of `where` and %HH escapes; false if there are none.
bool uri_cursor::skip_part(part where) {
    const auto before = rest_.size();
    for (;;) {
        skip_characters(where);
        if (!is_at('%') || rest_.size() < 3) break;
        if (!is_hex_digit(rest_[1]) || !is_hex_digit(rest_[2])) break;
        rest_.remove_prefix(3);
    }
    return rest_.size() != before;
}

bool uri_cursor::skip_scheme() {
    constexpr std::size_t name_size = 3;  // sip
    if (!ascii::equal_ignoring_case(rest_.substr(0, name_size), "sip")) return false;
    rest_.remove_prefix(name_size);
    if (is_at('s') || is_at('S')) rest_.remove_prefix(1);
    return skip(':');
}

// No part after the user may hold a bare `@`, so there is a user if there is one anywhere.
bool uri_cursor::skip_user_info() {
    if (rest_.find('@') == std::string_view::npos) return true;
    if (!skip_part(user)) return false;
    if (skip(':')) skip_part(password);
    return skip('@');
}

bool uri_cursor::skip_host() {
    if (skip('[')) {
        const auto bracket = rest_.find(']');
        if (bracket == std::string_view::npos) return false;
        const auto address = rest_.substr(0, bracket);
        rest_.remove_prefix(bracket + 1);
        return is_ipv6_literal(address);
    }
    const auto name = skip_characters(host);
    return is_host_name(name) || is_ipv4_literal(name);
}

bool uri_cursor::skip_port() {
    std::uint32_t value = 0;
    std::size_t digits = 0;
    for (; !at_end() && ascii::is_digit(rest_.front()) && digits <= 5; ++digits) {
        value = value * 10 + static_cast<std::uint32_t>(rest_.front() - '0');
        rest_.remove_prefix(1);
    }
    return digits >= 1 && digits <= 5 && value <= 65'535;
}

// `name` or `name=value`, neither of them empty.
bool uri_cursor::skip_parameter() {
    return skip_part(parameter) && (!skip('=') || skip_part(parameter));
}

// `name=value`; the value may be empty.
bool uri_cursor::skip_header() {
    if (!skip_part(header) || !skip('=')) return false;
    skip_part(header);
    return true;
}

}  // namespace

bool is_sip_uri(std::string_view text) {
    if (text.size() > max_text_length) return false;
    uri_cursor at(text);
    if (!at.skip_scheme() || !at.skip_user_info() || !at.skip_host()) return false;
    if (at.skip(':') && !at.skip_port()) return false;
    while (at.skip(';')) {
        if (!at.skip_parameter()) return false;
    }
    for (char mark = '?'; at.skip(mark); mark = '&') {
        if (!at.skip_header()) return false;
    }
    return at.at_end();
}

}  // namespace relayauth::mras
