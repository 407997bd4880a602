#include "relayauth/credential/wrapping.hpp"

#include "relayauth/base/ascii.hpp"
#include "relayauth/base/base64.hpp"
#include "relayauth/base/printable.hpp"
#include "relayauth/credential/counted.hpp"
#include "relayauth/credential/form.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace relayauth::credential {
namespace {

using step = std::optional<undone>;

bool is_in_label(char c) {
    constexpr std::string_view marks = "_-. \"'";
    return ascii::is_alpha(c) || ascii::is_digit(c) || marks.find(c) != std::string_view::npos;
}

// begin_behind_label gives where a text goes on behind `username=`, `username: ` or `"username":"`;
// 0 if it has no such label. `alice:1893553445` has none.
std::size_t begin_behind_label(std::string_view text) {
    constexpr std::size_t longest_label = 24;
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
    words +=
        std::to_string(front) + " octets before, " + std::to_string(text.size() - back) + " after";
    return undone{std::string(text.substr(front, back - front)), {"white_space", words}};
}

step white_space_inside(std::string_view text) {
    std::string dense;
    std::size_t pieces = 0, first = 0, lines = 0;
    for (std::size_t i = 0; i < text.size();) {
        const auto size = white_at(text.substr(i));
        if (size == 0) {
            dense += text[i++];
            continue;
        }
        if (pieces++ == 0) first = i + 1;
        if (text[i] == '\n') ++lines;
        i += size;
    }
    if (pieces == 0) return std::nullopt;
    std::string words = "white space inside: " + counted(pieces, "character") +
                        " of it, the first '" +
                        printable(text.substr(first - 1, white_at(text.substr(first - 1)))) +
                        "' at octet " + std::to_string(first);
    if (lines > 0) words += "; " + counted(lines, "line break") + " among it";
    return undone{dense, {"white_space", words}};
}

step quotation(std::string_view text) {
    constexpr std::array<std::pair<char, char>, 4> marks = {
        {{'"', '"'}, {'\'', '\''}, {'`', '`'}, {'<', '>'}}};
    for (const auto& [open, close] : marks) {
        if (text.size() < 2 || text.front() != open || text.back() != close) continue;
        return undone{std::string(text.substr(1, text.size() - 2)),
                      {"quoted", "marks of quotation around it"}};
    }
    return std::nullopt;
}

step labelled(std::string_view text) {
    const auto begin = begin_behind_label(text);
    if (begin == 0) return std::nullopt;
    return undone{std::string(text.substr(begin)),
                  {"labelled", "a label before it, as username= is: its first " +
                                   counted(begin, "octet") + " are no part of a username"}};
}

step more_follows(std::string_view text) {
    constexpr auto v1_size = base64_size(token::v1_blob_size + token::tag_size);
    constexpr auto v2_size = base64_size(token::v2_blob_size + token::tag_size);
    for (const auto size : {v1_size, v2_size}) {
        if (text.size() <= size || !read_form(text.substr(0, size)).claimed) continue;
        return undone{
            std::string(text.substr(0, size)),
            {"more_follows", "a credential of " + std::to_string(size) + " characters and then " +
                                 counted(text.size() - size, "octet") +
                                 " more, perhaps its password (not shown)"}};
    }
    return std::nullopt;
}

}  // namespace relayauth::credential
