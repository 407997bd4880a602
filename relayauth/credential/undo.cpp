#include "relayauth/credential/undo.hpp"

#include "relayauth/base/ascii.hpp"
#include "relayauth/base/base64.hpp"
#include "relayauth/base/hex.hpp"
#include "relayauth/base/printable.hpp"
#include "relayauth/credential/form.hpp"
#include "relayauth/token/rest_name.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace relayauth::credential {
namespace {

using step = std::optional<undone>;

// white_at gives the size of the white space that `text` begins with: ASCII's, no-break space, the
// zero-width ones and the byte order mark, which come along from web pages and editors.
std::size_t white_at(std::string_view text) {
    if (text.empty()) return 0;
    if (ascii::is_space(text[0]) || text[0] == '\v' || text[0] == '\f') return 1;
    const auto each = first_character(text);
    const bool white = each.value == 0xA0 || (each.value >= 0x2000 && each.value <= 0x200D) ||
                       each.value == 0x2028 || each.value == 0x2029 || each.value == 0x2060 ||
                       each.value == 0xFEFF;
    return each.well_formed && white ? each.size : 0;
}

std::string counted(std::size_t count, std::string_view noun) {
    return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
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

step percent_encoding(std::string_view text) {
    std::string plain;
    std::size_t escapes = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            plain += text[i];
            continue;
        }
        const auto octet = from_hex(text.substr(i + 1, 2));
        if (!octet || octet->empty()) return std::nullopt;
        plain += static_cast<char>(octet->front());
        ++escapes;
        i += 2;
    }
    if (escapes == 0) return std::nullopt;
    return undone{plain,
                  {"percent_encoded", "percent encoding, as in a URL: " +
                                          counted(escapes, "character") + " spelled like %3D"}};
}

constexpr std::size_t fewest_digits = 9;  // of an expiry after 1973, in seconds
constexpr std::size_t most_digits = 19;   // in nanoseconds, until 2286

step wrong_way_round(std::string_view text) {
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos || colon == 0) return std::nullopt;
    const auto expiry = text.substr(colon + 1);
    if (expiry.size() < fewest_digits || expiry.size() > most_digits ||
        !std::all_of(expiry.begin(), expiry.end(), ascii::is_digit)) {
        return std::nullopt;
    }
    return undone{std::string(expiry) + ":" + std::string(text.substr(0, colon)),
                  {"wrong_way_round",
                   "user:expiry, the wrong way round: a TURN REST name begins with its expiry, "
                   "and this ends with " +
                       std::to_string(expiry.size()) + " digits"}};
}

// filetime_digits counts 100 ns since 1601, which has 18 digits from 1918 on.
constexpr std::size_t filetime_digits = 18;

step finer_than_seconds(std::string_view text) {
    if (!token::is_rest_name(text)) return std::nullopt;
    const auto digits = text.substr(0, text.find(':'));
    const auto rest = text.substr(digits.size());
    const auto seconds_in = [&](std::string name, std::string_view unit, std::string seconds) {
        mistake what{std::move(name), "an expiry in " + std::string(unit) + ": it has " +
                                          std::to_string(digits.size()) +
                                          " digits; in seconds it would be " + seconds};
        return undone{std::move(seconds) + std::string(rest), std::move(what)};
    };
    const auto without_last = [&](std::size_t count) {
        return std::string(digits.substr(0, digits.size() - count));
    };
    switch (digits.size()) {
        case 13:
            return seconds_in("milliseconds", "milliseconds", without_last(3));
        case 16:
            return seconds_in("milliseconds", "microseconds", without_last(6));
        case 19:
            return seconds_in("milliseconds", "nanoseconds", without_last(9));
        case filetime_digits: {
            std::uint64_t count = 0;
            std::from_chars(digits.data(), digits.data() + digits.size(), count);
            const auto at = wall_time(count);
            if (at.unix_seconds().count() < 0) return std::nullopt;
            return seconds_in("filetime", "units of 100 ns since 1601",
                              std::to_string(at.unix_seconds().count()));
        }
        default:
            return std::nullopt;
    }
}

// The first characters of `text`, if they are a whole credential and more follows.
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

step labelled(std::string_view text) {
    const auto begin = begin_behind_label(text);
    if (begin == 0) return std::nullopt;
    return undone{std::string(text.substr(begin)),
                  {"labelled", "a label before it, as username= is: its first " +
                                   counted(begin, "octet") + " are no part of a username"}};
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

step url_alphabet(std::string_view text) {
    if (text.find_first_of("-_") == std::string_view::npos ||
        text.find_first_of("+/") != std::string_view::npos) {
        return std::nullopt;
    }
    std::string plain(text);
    std::replace(plain.begin(), plain.end(), '-', '+');
    std::replace(plain.begin(), plain.end(), '_', '/');
    return undone{
        plain,
        {"url_base64", "base64 of the URL form: it has - and _ where a username has + and /"}};
}

step hexadecimal(std::string_view text) {
    std::string digits(text.starts_with("0x") || text.starts_with("0X") ? text.substr(2) : text);
    std::erase_if(digits, [](char c) { return c == ':' || c == '-'; });
    const auto octets = from_hex(digits.substr(0, digits.size() / 2 * 2));
    if (!octets || octets->size() < token::password_size / 2) return std::nullopt;
    return undone{encode_base64(*octets),
                  {"hexadecimal", counted(digits.size(), "hexadecimal digit") +
                                      ", which stand for " + std::to_string(octets->size()) +
                                      " octets; a username is such octets in base64"}};
}

// is_octets_with_colons: `02:00:00:24`, which reads as a TURN REST name where it begins with
// digits.
bool is_octets_with_colons(std::string_view text) {
    if (text.size() % 3 != 2) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool colon = text[i] == ':';
        if (colon != (i % 3 == 2)) return false;
    }
    return true;
}

step lost_padding(std::string_view text) {
    if (text.size() % 4 < 2) return std::nullopt;
    auto padded = std::string(text);
    padded.append(4 - text.size() % 4, '=');
    const auto octets = octets_of(padded);
    const auto whole = [&] {
        return read_form(padded).is_credential() ||
               (octets->size() == token::password_size && !whole_token_size(*octets));
    };
    if (!octets || !whole()) return std::nullopt;
    return undone{padded,
                  {"lost_padding", "base64 that lost the " + std::string(4 - text.size() % 4, '=') +
                                       " at its end"}};
}

step text_in_base64(std::string_view text) {
    const auto octets = octets_of(text);
    if (!octets || octets->size() < fewest_digits) return std::nullopt;
    const auto inside = as_text(*octets);
    if (!std::all_of(inside.begin(), inside.end(), [](char c) { return c >= ' ' && c <= '~'; })) {
        return std::nullopt;
    }
    const bool name = token::is_rest_name(inside);
    return undone{std::string(inside),
                  {name ? "other_dialect" : "encoded_twice",
                   name ? "base64 around a TURN REST name, which is the other dialect and written "
                          "as it is"
                        : "base64 around other text"}};
}

// What comes in place of an expiry when somebody takes it for a lifetime: at most a year.
constexpr wall_time year_after_1970 = wall_time::from_unix(std::chrono::days(366));

}  // namespace

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

step undo_one(std::string_view text) {
    for (const auto each :
         {trim_ends, quotation, finer_than_seconds, percent_encoding, wrong_way_round, more_follows,
          labelled, white_space_inside, hexadecimal, url_alphabet, lost_padding, text_in_base64}) {
        if (auto found = each(text)) return found;
    }
    return std::nullopt;
}

step undo_in_rest_name(std::string_view name) {
    const auto said = read_form(name);
    if (!said.rest_name || said.rest_name->spelled.empty()) return std::nullopt;
    if (auto found = trim_ends(name)) {
        found->what.words += "; as given it is part of the name, and its password another";
        return found;
    }
    if (is_octets_with_colons(name)) {
        if (auto found = hexadecimal(name)) return found;
    }
    const std::string_view spelled = said.rest_name->spelled;
    if (read_form(spelled).claimed) {
        return undone{std::string(spelled),
                      {"other_dialect",
                       "a TURN REST name whose identity is itself an MRAS username, which is the "
                       "other dialect and given alone"}};
    }
    if (said.window->expires_at > year_after_1970) return std::nullopt;
    return wrong_way_round(name);  // the user's name is a number, an extension say
}

}  // namespace relayauth::credential
