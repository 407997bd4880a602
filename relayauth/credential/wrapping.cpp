#include "relayauth/credential/wrapping.hpp"

#include "relayauth/base/ascii.hpp"
#include "relayauth/base/base64.hpp"
#include "relayauth/base/printable.hpp"
#include "relayauth/credential/counted.hpp"
#include "relayauth/credential/form.hpp"

#include <algorithm>
#include <string>

namespace relayauth::credential {
namespace {

using step = std::optional<undone>;

constexpr std::size_t longest_label = 24;

// ellipsis_at gives the size of the ellipsis that `text` begins with.
std::size_t ellipsis_at(std::string_view text) {
    constexpr std::string_view one_character = "\xE2\x80\xA6";
    if (text.starts_with(one_character)) return one_character.size();
    return text.starts_with("...") ? std::min(text.find_first_not_of('.'), text.size()) : 0;
}

struct marks {
    std::string_view open, close;
};
constexpr marks quotation_marks[] = {
    {"\"", "\""},
    {"'", "'"},
    {"`", "`"},
    {"<", ">"},
    {"(", ")"},
    {"[", "]"},
    {"{", "}"},
    {"\xE2\x80\x9C", "\xE2\x80\x9D"},
    {"\xE2\x80\x98", "\xE2\x80\x99"},
    {"\xE2\x80\x9E", "\xE2\x80\x9C"},
    {"\xC2\xAB", "\xC2\xBB"},
};

// Nobody wraps deeper, and each mark looks through the whole text: what comes from the network
// must not have it done 2,000 times.
constexpr int deepest_quotation = 8;

// without_mark leaves out a comma or semicolon at the end, a pair of marks, or one whose other half
// is nowhere: `<sip:a@b>:1893553445` is in none.
std::optional<std::string_view> without_mark(std::string_view text) {
    if (text.ends_with(',') || text.ends_with(';')) return text.substr(0, text.size() - 1);
    for (const auto& [open, close] : quotation_marks) {
        const bool begins = text.starts_with(open), ends = text.ends_with(close);
        const auto inner = text.substr(begins ? open.size() : 0);
        if (begins && ends && inner.size() >= close.size()) {
            return inner.substr(0, inner.size() - close.size());
        }
        if (begins && inner.find(close) == std::string_view::npos) return inner;
        const auto front = text.substr(0, text.size() - (ends ? close.size() : 0));
        if (ends && !begins && front.find(open) == std::string_view::npos) return front;
    }
    return std::nullopt;
}

bool is_in_label(char c) {
    constexpr std::string_view marks = "_-. \"'";
    return ascii::is_alpha(c) || ascii::is_digit(c) || marks.find(c) != std::string_view::npos;
}

// begin_behind_label gives where a text goes on behind `username=`, `username: ` or `"username":"`;
// 0 if it has no such label. `alice:1893553445` has none.
std::size_t begin_behind_label(std::string_view text) {
    const auto end = text.find_first_of("=:");
    if (end > longest_label || end == 0 || !ascii::is_alpha(text.front())) return 0;
    const auto label = text.substr(0, end);
    if (!std::all_of(label.begin(), label.end(), is_in_label)) return 0;
    const auto begin = text.find_first_not_of(" \t\"'", end + 1);
    if (begin == std::string_view::npos) return 0;
    const auto rest = text.substr(begin);
    if (text[end] == '=') return rest.find_first_not_of('=') == std::string_view::npos ? 0 : begin;
    const bool number = std::all_of(rest.begin(), rest.end(), ascii::is_digit);
    const bool apart = begin > end + 1 || rest.size() >= base64_size(token::password_size);
    return apart && !number ? begin : 0;
}

// rest_of is a text without the pieces in it that `size_at` finds, and where the first was.
struct rest_of {
    std::string rest;
    std::size_t pieces = 0;
    std::size_t first = 0;  // its octet, counted from 1
};

rest_of without(std::size_t (*size_at)(std::string_view), std::string_view text) {
    rest_of found;
    for (std::size_t i = 0; i < text.size();) {
        const auto size = size_at(text.substr(i));
        if (size == 0) {
            found.rest += text[i++];
            continue;
        }
        if (found.pieces++ == 0) found.first = i + 1;
        i += size;
    }
    return found;
}

// Whether a password has room in what follows a username.
bool holds_password(std::string_view rest) {
    return rest.size() >= base64_size(token::password_size) - 1;  // it may have lost its =
}

}  // namespace

std::size_t white_at(std::string_view text) {
    if (text.empty()) return 0;
    if (ascii::is_space(text[0]) || text[0] == '\v' || text[0] == '\f') return 1;
    const auto each = first_character(text);
    const bool white = each.value == 0xA0 || (each.value >= 0x2000 && each.value <= 0x200D) ||
                       each.value == 0x2028 || each.value == 0x2029 || each.value == 0x2060 ||
                       each.value == 0xFEFF;
    return each.well_formed && white ? each.size : 0;
}

step trim_ends(std::string_view text) {
    std::size_t front = 0, back = text.size();
    while (const auto size = white_at(text.substr(front))) front += size;
    for (std::size_t i = front; i < text.size();) {
        const auto size = white_at(text.substr(i));
        i += size == 0 ? 1 : size;
        if (size == 0) back = i;
    }
    if (front >= text.size()) return std::nullopt;  // nothing but white space
    const auto left_out = text.size() - (back - front);
    if (left_out == 0) return std::nullopt;
    std::string words = "white space around it: ";
    words += counted(front, "octet") + " before, " + std::to_string(text.size() - back) + " after";
    return undone{std::string(text.substr(front, back - front)), {"white_space", words}};
}

step white_space_inside(std::string_view text) {
    const auto found = without(white_at, text);
    if (found.pieces == 0) return std::nullopt;
    const auto from_first = text.substr(found.first - 1);
    std::string words = "white space inside: " + counted(found.pieces, "character") +
                        " of it, the first '" +
                        printable(from_first.substr(0, white_at(from_first))) + "' at octet " +
                        std::to_string(found.first);
    const auto lines = static_cast<std::size_t>(std::ranges::count(text, '\n'));
    if (lines > 0) words += "; " + counted(lines, "line break") + " among it";
    return undone{found.rest, {"white_space", words}};
}

step tags(std::string_view text) {
    const auto open_end = text.find('>');
    if (!text.starts_with('<') || open_end == std::string_view::npos) return std::nullopt;
    const auto inside = text.substr(1, open_end - 1);
    const auto name = inside.substr(0, inside.find_first_of(" \t"));
    const auto close = "</" + std::string(name) + ">";
    if (name.empty() || name.size() > longest_label || !ascii::is_alpha(name.front()) ||
        text.size() <= open_end + 1 + close.size() || !text.ends_with(close)) {
        return std::nullopt;
    }
    return undone{std::string(text.substr(open_end + 1, text.size() - open_end - 1 - close.size())),
                  {"labelled", "tags around it, as of XML: " + counted(open_end + 1, "octet") +
                                   " before, " + std::to_string(close.size()) + " after"}};
}

step quotation(std::string_view text) {
    auto inside = text;
    for (int i = 0; i < deepest_quotation; ++i) {
        const auto less = without_mark(inside);
        if (!less) break;
        inside = *less;
    }
    if (inside.size() == text.size() || inside.empty()) return std::nullopt;
    const auto before = static_cast<std::size_t>(inside.data() - text.data());
    return undone{std::string(inside),
                  {"quoted", "marks of quotation or punctuation around it: " +
                                 counted(before, "octet") + " before, " +
                                 std::to_string(text.size() - before - inside.size()) + " after"}};
}

// Of a name it may be a part: only what is base64 besides has been shortened.
step ellipsis(std::string_view text) {
    const auto [rest, pieces, first] = without(ellipsis_at, text);
    const bool base64 = std::all_of(rest.begin(), rest.end(), [](char c) {
        return ascii::is_alpha(c) || ascii::is_digit(c) ||
               std::string_view("+/=-_").find(c) != std::string_view::npos;
    });
    if (pieces == 0 || !base64 || rest.empty()) return std::nullopt;
    return undone{
        rest,
        {"ellipsis", "an ellipsis, as what shortens a text puts in: " + std::to_string(pieces) +
                         " in it, the first at octet " + std::to_string(first)}};
}

step labelled(std::string_view text) {
    const auto begin = begin_behind_label(text);
    if (begin == 0) return std::nullopt;
    return undone{std::string(text.substr(begin)),
                  {"labelled", "a label before it, as username= is: its first " +
                                   counted(begin, "octet") + " are no part of it"}};
}

step more_follows(std::string_view text) {
    constexpr auto v1_size = base64_size(token::v1_blob_size + token::tag_size);
    constexpr auto v2_size = base64_size(token::v2_blob_size + token::tag_size);
    for (const auto size : {v1_size, v2_size}) {
        if (text.size() <= size || !read_form(text.substr(0, size)).claimed) continue;
        return undone{std::string(text.substr(0, size)),
                      {"more_follows",
                       "a credential of " + std::to_string(size) + " characters and then " +
                           counted(text.size() - size, "octet") + " more" +
                           (holds_password(text.substr(size)) ? ", perhaps its password" : "") +
                           " (not shown)"}};
    }
    return std::nullopt;
}

}  // namespace relayauth::credential
