#include "relayauth/server/log_line.hpp"

#include "relayauth/base/utf8.hpp"

namespace relayauth::server {
namespace {

void put_escape(std::string& out, unsigned char octet) {
    constexpr std::string_view digits = "0123456789abcdef";
    out += "\\u00";
    out += digits[octet >> 4];
    out += digits[octet & 15];
}

// put_escaped writes JSON's escapes, in text lines too: one rule, and readers know it.
void put_escaped(std::string& out, std::string_view value) {
    const bool utf8 = is_utf8(value);
    for (std::size_t i = 0; i < value.size(); ++i) {
        const auto octet = static_cast<unsigned char>(value[i]);
        const auto control = control_character_size(value.substr(i));
        if (value[i] == '"' || value[i] == '\\') {
            out += '\\';
            out += value[i];
        } else if (utf8 && control == 2) {
            put_escape(out, static_cast<unsigned char>(value[++i]));
        } else if (control == 1 || (octet >= 0x80 && !utf8)) {
            put_escape(out, octet);
        } else {
            out += value[i];
        }
    }
}

bool needs_quotes(std::string_view value) {
    return value.empty() || value.find_first_of(" \"\\=") != std::string_view::npos;
}

}  // namespace

log_line::log_line(log_format format, std::string_view event) : format_(format) {
    if (format_ == log_format::json) {
        line_ = "\"event\":\"";
        put_escaped(line_, event);
        line_ += '"';
        return;
    }
    line_ = event;
}

void log_line::put_key(std::string_view key) {
    if (format_ == log_format::json) {
        line_ += ",\"";
        line_ += key;
        line_ += "\":";
        return;
    }
    line_ += ' ';
    line_ += key;
    line_ += '=';
}

log_line& log_line::field(std::string_view key, std::string_view value) {
    put_key(key);
    const bool quoted = format_ == log_format::json || needs_quotes(value);
    if (quoted) line_ += '"';
    put_escaped(line_, value);
    if (quoted) line_ += '"';
    return *this;
}

log_line& log_line::field(std::string_view key, std::uint64_t value) {
    put_key(key);
    line_ += std::to_string(value);
    return *this;
}

log_line& log_line::words(std::string_view text) {
    return text.empty() ? *this : field("words", text);
}

std::string log_line::text() const {
    return line_;
}

}  // namespace relayauth::server
