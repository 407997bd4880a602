#include "relayauth/credential/spelling.hpp"

#include "relayauth/base/base64.hpp"
#include "relayauth/base/hex.hpp"
#include "relayauth/credential/counted.hpp"
#include "relayauth/credential/form.hpp"
#include "relayauth/credential/wrapping.hpp"
#include "relayauth/token/rest_name.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace relayauth::credential {
namespace {

using step = std::optional<undone>;

constexpr std::size_t fewest_characters = 9;  // of a TURN REST name

// is_whole: base64 of a username, also of one with flags that are not known here, or of a password.
bool is_whole(std::string_view text) {
    const auto octets = octets_of(text);
    if (!octets) return false;
    const auto size = whole_token_size(*octets).value_or(token::password_size);
    return octets->size() == size;
}

std::string with_padding(std::string_view text) {
    std::string padded(text.substr(0, text.find_last_not_of('=') + 1));
    if (padded.size() % 4 > 1) padded.append(4 - padded.size() % 4, '=');
    return padded;
}

// without_stray_bits clears the bits of the last character that no octet takes.
std::string without_stray_bits(std::string_view text) {
    std::string clean(text);
    const auto bare = text.find_last_not_of('=') + 1;
    if (bare % 4 < 2) return clean;
    const auto value = base64_alphabet.find(text[bare - 1]);
    if (value == std::string_view::npos) return clean;
    clean[bare - 1] = base64_alphabet[value & (bare % 4 == 2 ? 0x30 : 0x3C)];
    return clean;
}

}  // namespace

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
        {"url_base64", "base64 of the URL form: it has - and _ where a credential has + and /"}};
}

// `0x02, 0x00`, `\x02\x00` and `02:00` are spellings of `0200`.
step hexadecimal(std::string_view text) {
    std::string digits;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto two = text.substr(i, 2);
        if (two == "0x" || two == "0X" || two == "\\x") {
            ++i;
        } else if (std::string_view(":-,;").find(text[i]) == std::string_view::npos) {
            digits += text[i];
        }
    }
    const auto octets = from_hex(digits.substr(0, digits.size() / 2 * 2));
    if (!octets || octets->size() < token::password_size / 2) return std::nullopt;
    return undone{encode_base64(*octets),
                  {"hexadecimal", counted(digits.size(), "hexadecimal digit") +
                                      ", which stand for " + std::to_string(octets->size()) +
                                      (digits.size() % 2 == 0 ? " octets" : " octets and a half") +
                                      "; a credential is such octets in base64"}};
}

step lost_padding(std::string_view text) {
    const auto padded = with_padding(text);
    if (padded.size() <= text.size() || !is_whole(without_stray_bits(padded))) return std::nullopt;
    return undone{
        padded,
        {"lost_padding",
         "base64 that lost the " + std::string(padded.size() - text.size(), '=') + " at its end"}};
}

step extra_padding(std::string_view text) {
    const auto padded = with_padding(text);
    if (padded.size() >= text.size() || !is_whole(without_stray_bits(padded))) return std::nullopt;
    return undone{padded,
                  {"extra_padding", "base64 with more = at its end than belong there: " +
                                        std::to_string(text.size() - padded.size()) + " more"}};
}

step stray_bits(std::string_view text) {
    auto clean = without_stray_bits(text);
    if (clean == text || !is_whole(clean)) return std::nullopt;
    return undone{clean,
                  {"stray_bits",
                   "base64 whose last character has bits set that belong to no octet: another "
                   "character in its place, or a careless encoder"}};
}

// A web form spells a space as +, and who decodes one that was none gets spaces.
step plus_as_space(std::string_view text) {
    std::string plus(text), dense;
    std::replace(plus.begin(), plus.end(), ' ', '+');
    for (std::size_t i = 0; i < plus.size();) {
        const auto size = white_at(std::string_view(plus).substr(i));
        if (size == 0) dense += plus[i];
        i += std::max<std::size_t>(size, 1);
    }
    if (plus == text || !is_whole(without_stray_bits(with_padding(dense)))) return std::nullopt;
    const auto count = static_cast<std::size_t>(std::count(text.begin(), text.end(), ' '));
    return undone{plus,
                  {"plus_as_space",
                   "spaces in the place of +, as the decoding of a web form "
                   "leaves them: " +
                       std::to_string(count) + " of them, the first at octet " +
                       std::to_string(text.find(' ') + 1)}};
}

step text_in_base64(std::string_view text) {
    const auto octets = octets_of(text);
    if (!octets || octets->size() < fewest_characters) return std::nullopt;
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

}  // namespace relayauth::credential
