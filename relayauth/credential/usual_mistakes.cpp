#include "relayauth/credential/usual_mistakes.hpp"

#include "relayauth/base/time_text.hpp"
#include "relayauth/credential/form.hpp"
#include "relayauth/credential/fragment.hpp"
#include "relayauth/credential/undo.hpp"

#include <algorithm>
#include <utility>

namespace relayauth::credential {
namespace {

// More than anybody makes at once; it ends what could go on, such as base64 of base64 of base64.
constexpr std::size_t most_mistakes = 8;

bool has_size_of_password(std::string_view text) {
    const auto octets = octets_of(text);
    // What begins as a username does is rather a part of one.
    return octets && octets->size() == token::password_size && !whole_token_size(*octets);
}

std::optional<mistake> swapped_words(const form& said) {
    if (!said.claimed || is_plausible(said.claimed->expires_at)) return std::nullopt;
    const auto count = said.claimed->expires_at.filetime();
    const auto swapped =
        expiry_at(static_cast<std::uint32_t>(count >> 32), static_cast<std::uint32_t>(count));
    if (!is_plausible(swapped)) return std::nullopt;
    return mistake{"swapped_words", "an expiry with its two words swapped: as it stands it says " +
                                        utc_text(said.claimed->expires_at) +
                                        ", high word first it would say " + utc_text(swapped) +
                                        "; a username has the low word first"};
}

constexpr std::uint32_t turned_round(std::uint32_t word) {
    return word >> 24 | (word >> 8 & 0xFF00) | (word << 8 & 0xFF'0000) | word << 24;
}

// What a program of a PC makes that copies its own FILETIME into the token.
std::optional<mistake> little_endian(const form& said) {
    if (!said.claimed || is_plausible(said.claimed->expires_at)) return std::nullopt;
    const auto count = said.claimed->expires_at.filetime();
    const auto turned = expiry_at(turned_round(static_cast<std::uint32_t>(count)),
                                  turned_round(static_cast<std::uint32_t>(count >> 32)));
    if (!is_plausible(turned)) return std::nullopt;
    return mistake{"little_endian", "an expiry in little-endian order: as it stands it says " +
                                        utc_text(said.claimed->expires_at) +
                                        ", lowest octet first it would say " + utc_text(turned) +
                                        "; each word of a username has its highest octet first"};
}

std::optional<mistake> lifetime_for_expiry(const form& said) {
    constexpr auto epoch = wall_time::from_unix(std::chrono::seconds(0));
    if (!said.rest_name) return std::nullopt;
    const auto since = said.window->expires_at - epoch;
    if (since > std::chrono::days(366)) return std::nullopt;
    return mistake{"lifetime_for_expiry",
                   "a lifetime in the place of the expiry: as a point of time it is only " +
                       duration_text(since) + " after the beginning of 1970"};
}

mistake pasted_password() {
    return {"pasted_password",
            "a password: it is base64 of 20 octets, the size of every password and of no "
            "username (not shown)"};
}

// The signature may be right: such flags are a future product's, or a lifetime of 0.
std::optional<mistake> unknown_flags(std::string_view text) {
    const auto octets = octets_of(text);
    if (!octets || whole_token_size(*octets) != octets->size()) return std::nullopt;
    return mistake{"unknown_flags", "a whole token, but no credential that is known here: " +
                                        read_form(text).not_a_credential};
}

// end_with concludes the search at a text that is a credential or a part of one.
bool end_with(found_mistakes& found, std::string_view text, bool as_given) {
    const auto said = read_form(text);
    if (said.is_credential()) {
        if (!as_given) found.mended = std::string(text);
        if (auto more = swapped_words(said)) found.mistakes.push_back(*std::move(more));
        if (auto more = little_endian(said)) found.mistakes.push_back(*std::move(more));
        if (auto more = lifetime_for_expiry(said)) found.mistakes.push_back(*std::move(more));
        return true;
    }
    if (has_size_of_password(text)) {
        found.mistakes.push_back(pasted_password());
        return true;
    }
    if (auto whole = unknown_flags(text)) {
        if (as_given) return true;  // its form says it already
        found.mistakes.push_back(*std::move(whole));
        return true;
    }
    const bool was_hexadecimal =
        std::any_of(found.mistakes.begin(), found.mistakes.end(),
                    [](const mistake& each) { return each.name == "hexadecimal"; });
    const auto unit = was_hexadecimal ? counted_in::octets : counted_in::characters;
    if (auto part = fragment_of(text, unit)) {
        found.mistakes.push_back(*std::move(part));
        return true;
    }
    return false;
}

std::optional<undone> undo_next(std::string_view text) {
    if (!read_form(text).is_credential()) return undo_one(text);
    return undo_in_rest_name(text);
}

}  // namespace

found_mistakes find_mistakes(std::string_view username, std::optional<std::string_view> password) {
    found_mistakes found;
    if (has_size_of_password(username) && password && read_form(*password).is_credential()) {
        found.mistakes.push_back(
            {"arguments_exchanged",
             "username and password exchanged: the first has a password's 20 octets, and the "
             "second reads as a username"});
        found.mended = std::string(*password);
        found.arguments_exchanged = true;
        return found;
    }
    if (username.size() > max_explained_octets) return found;
    std::string text(username);
    for (std::size_t i = 0; i <= most_mistakes; ++i) {
        if (has_size_of_password(text)) break;
        auto next = undo_next(text);
        if (!next || i == most_mistakes) break;
        text = std::move(next->text);
        found.mistakes.push_back(std::move(next->what));
    }
    if (!end_with(found, text, text == username)) return {};
    return found;
}

std::vector<mistake> find_password_mistakes(std::string_view password,
                                            const std::function<bool(std::string_view)>& fits) {
    if (password.size() > max_explained_octets) return {};
    std::vector<mistake> found;
    std::string text(password);
    while (found.size() < most_mistakes) {
        auto next = undo_one(text);
        if (!next) return {};
        text = std::move(next->text);
        found.push_back({"password_" + next->what.name, "the password: " + next->what.words});
        if (fits(text)) {
            found.back().words += "; without that it is the username's own";
            return found;
        }
    }
    return {};
}

}  // namespace relayauth::credential
