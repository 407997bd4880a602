#include "relayauth/resp/reply.hpp"

#include <array>
#include <charconv>

namespace relayauth::resp {
namespace {

void append_line(std::string& out, char type, std::string_view words) {
    out.append(1, type).append(words).append("\r\n");
}

bool may_be_quoted(char c) {
    return c >= ' ' && c <= '~' && c != '\'';
}

}  // namespace

void append_simple(std::string& out, std::string_view words) {
    append_line(out, '+', words);
}

void append_error(std::string& out, std::string_view words) {
    append_line(out, '-', words);
}

void append_error(std::string& out, std::string_view words, bytes_view quoted) {
    out.append(1, '-').append(words).append(" '");
    // An octet that ends the line would let a peer write the next reply.
    for (const char c : as_text(quoted).substr(0, max_quoted_bytes)) {
        out += may_be_quoted(c) ? c : '?';
    }
    out.append("'\r\n");
}

void append_error(std::string& out, const fault& lost) {
    std::string words = "ERR ";
    words += to_text(lost.why);
    if (lost.why != errc::bulk_string_missing) return append_error(out, words);
    append_error(out, words.append(", got"), bytes_view(&lost.got, 1));
}

void append_bulk(std::string& out, std::string_view value) {
    std::array<char, 20> digits;  // enough for 64 bits
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value.size()).ptr;
    append_line(out, '$', {digits.data(), static_cast<std::size_t>(end - digits.data())});
    out.append(value).append("\r\n");
}

void append_nil(std::string& out) {
    out.append("$-1\r\n");
}

void append_empty_array(std::string& out) {
    out.append("*0\r\n");
}

}  // namespace relayauth::resp
