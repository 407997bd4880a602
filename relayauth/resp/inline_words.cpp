#include "relayauth/resp/inline_words.hpp"

#include <algorithm>
#include <cstddef>
#include <string>

namespace relayauth::resp {
namespace {

constexpr std::string_view separators = " \t\r";
constexpr std::string_view word_ends = " \t\r\"'";

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

char escaped(char c) {
    switch (c) {
        case 'n':
            return '\n';
        case 'r':
            return '\r';
        case 't':
            return '\t';
        case 'b':
            return '\b';
        case 'a':
            return '\a';
        default:
            return c;
    }
}

// unescape appends what the backslash at `at` stands for, which is not the line's last octet;
// returns what follows it.
std::size_t unescape(std::string_view line, std::size_t at, std::string& out) {
    if (line[at + 1] == 'x' && at + 3 < line.size()) {
        const int high = hex_value(line[at + 2]);
        const int low = hex_value(line[at + 3]);
        if (high >= 0 && low >= 0) {
            out += static_cast<char>(high * 16 + low);
            return at + 4;
        }
    }
    out += escaped(line[at + 1]);
    return at + 2;
}

// read_quoted appends the quoted part that begins at `at`; returns where it ends, behind the
// closing quote. Nothing if it does not end, or if not a separator follows.
std::optional<std::size_t> read_quoted(std::string_view line, std::size_t at, std::string& out) {
    const char quote = line[at++];
    while (at < line.size() && line[at] != quote) {
        const bool escape = line[at] == '\\' && at + 1 < line.size();
        if (escape && quote == '"') {
            at = unescape(line, at, out);
        } else if (escape && line[at + 1] == '\'') {
            out += '\'';
            at += 2;
        } else {
            out += line[at++];
        }
    }
    if (at == line.size()) return std::nullopt;
    ++at;
    if (at < line.size() && separators.find(line[at]) == std::string_view::npos) {
        return std::nullopt;
    }
    return at;
}

}  // namespace

std::optional<errc> split_words(std::string_view line, command_table& table) {
    table.count = 0;
    table.unquoted.clear();
    auto at = line.find_first_not_of(separators);
    while (at != std::string_view::npos) {
        if (table.count == max_elements) return errc::too_many_elements;
        const auto begin = at;
        at = std::min(line.find_first_of(word_ends, begin), line.size());
        auto word = line.substr(begin, at - begin);
        if (at < line.size() && (line[at] == '"' || line[at] == '\'')) {
            // Unquoted text is never longer than the line, so the words before it stay in place.
            table.unquoted.reserve(line.size());
            const auto start = table.unquoted.size();
            table.unquoted += word;
            const auto end = read_quoted(line, at, table.unquoted);
            if (!end) return errc::quotes_unbalanced;
            at = *end;
            word = std::string_view(table.unquoted).substr(start);
        }
        table.entries[table.count++] = as_bytes(word);
        at = line.find_first_not_of(separators, at);
    }
    return std::nullopt;
}

}  // namespace relayauth::resp
