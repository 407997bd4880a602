#include "relayauth/cli/story_text.hpp"

#include "relayauth/base/printable.hpp"
#include "relayauth/base/utf8.hpp"

#include <algorithm>
#include <vector>

namespace relayauth::cli {
namespace {

constexpr std::size_t line_width = 100;
constexpr std::size_t quote_column = 20;

std::string_view before(std::string_view text, char end) {
    return text.substr(0, text.find(end));
}

// The value of ` name="value"`, in which quotes are escaped, or of ` name=value`.
std::string field_of(std::string_view line, std::string_view name) {
    const auto at = line.find(" " + std::string(name) + "=");
    if (at == std::string_view::npos) return {};
    auto value = line.substr(at + name.size() + 2);
    if (!value.starts_with('"')) return std::string(before(value, ' '));
    std::string found;
    for (std::size_t i = 1; i < value.size() && value[i] != '"'; ++i) {
        if (value[i] == '\\' && i + 1 < value.size()) ++i;
        found += value[i];
    }
    return found;
}

}  // namespace

std::string wrapped(std::string_view first, std::string_view text, std::size_t indent) {
    std::string out(first);
    std::size_t column = utf8_length(first);
    bool begun = false;
    while (!text.empty()) {
        const auto word = before(text, ' ');
        text.remove_prefix(std::min(text.size(), word.size() + 1));
        if (word.empty()) continue;
        const auto length = utf8_length(word);
        if (begun && column + 1 + length > line_width) {
            out += '\n' + std::string(indent, ' ');
            column = indent;
            begun = false;
        }
        if (begun) out += ' ';
        out += word;
        column += length + (begun ? 1 : 0);
        begun = true;
    }
    return out + '\n';
}

std::string quotation_text(const quotation& said) {
    std::string first = said.as_it_must_be ? "  ok  " : "  NO  ";
    first += said.who;
    first.resize(std::max(first.size() + 1, quote_column), ' ');
    std::string text = said.about.empty() ? "" : said.about + ": ";
    text += said.words.empty() ? "not a word" : '"' + printable(said.words) + '"';
    return wrapped(first, text, quote_column);
}

std::string_view whole_line_with(std::string_view text,
                                 std::initializer_list<std::string_view> words) {
    std::string_view found;
    for (auto end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
        const auto line = text.substr(0, end);
        text.remove_prefix(end + 1);
        const bool has_all = std::all_of(words.begin(), words.end(), [&](std::string_view each) {
            return line.find(each) != std::string_view::npos;
        });
        if (has_all) found = line;
    }
    return found;
}

std::string value_of(std::string_view said, std::string_view label) {
    std::string_view rest = said;
    while (!rest.empty()) {
        const auto line = before(rest, '\n');
        rest.remove_prefix(std::min(rest.size(), line.size() + 1));
        const bool has_label =
            line.size() > label.size() && line.starts_with(label) && line[label.size()] == ' ';
        if (!has_label) continue;
        const auto at = line.find_first_not_of(' ', label.size());
        return std::string(line.substr(std::min(at, line.size())));
    }
    return {};
}

std::string log_excerpt(std::string_view line, std::size_t longest) {
    if (line.empty()) return {};
    // `2026-11-26T02:45:03.912Z warning clock_stepped ...`
    auto rest = line;
    for (int i = 0; i < 2; ++i)
        rest.remove_prefix(std::min(rest.size(), before(rest, ' ').size() + 1));
    std::string out(before(rest, ' '));
    if (const auto reason = field_of(rest, "reason"); !reason.empty()) out += " reason=" + reason;
    out += ": " + field_of(rest, "words");
    if (out.size() <= longest) return out;
    return out.substr(0, out.rfind(' ', longest)) + " ...";
}

}  // namespace relayauth::cli
