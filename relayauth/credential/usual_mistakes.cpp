#include "relayauth/credential/usual_mistakes.hpp"

#include "relayauth/base/base64.hpp"
#include "relayauth/base/bytes.hpp"
#include "relayauth/base/time_text.hpp"
#include "relayauth/credential/form.hpp"
#include "relayauth/credential/undo.hpp"

#include <algorithm>
#include <utility>

namespace relayauth::credential {
namespace {

// More than anybody makes at once; it ends what could go on, such as base64 of base64 of base64.
constexpr int most_mistakes = 8;

bool has_size_of_password(std::string_view text) {
    const auto octets = octets_of(text);
    // What begins as a username does is rather a part of one.
    return octets && octets->size() == token::password_size && !whole_token_size(*octets);
}

constexpr wall_time expiry_at(std::uint32_t low, std::uint32_t high) {
    return wall_time(std::uint64_t{high} << 32 | low);
}

// A plausible expiry, of a token whose words nobody swapped: 2000 to 2099. In the other order the
// random low word stands for the centuries, and 1 in 600 falls into these years by chance.
bool is_plausible(wall_time t) {
    constexpr auto first = wall_time::from_unix(std::chrono::seconds(946'684'800));
    constexpr auto last = wall_time::from_unix(std::chrono::seconds(4'102'444'800));
    return first <= t && t < last;
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

// begun_token gives the octets of a text that begins as a username does and ends too early.
std::optional<std::vector<std::uint8_t>> begun_token(std::string_view text) {
    const auto bare = text.substr(0, text.find_last_not_of('=') + 1);
    auto octets = octets_of(bare.substr(0, bare.size() / 4 * 4));
    if (!octets) return std::nullopt;
    const auto whole = whole_token_size(*octets);
    if (!whole || octets->size() >= *whole) return std::nullopt;
    return octets;
}

std::optional<mistake> cut_short(std::string_view text) {
    const auto octets = begun_token(text);
    if (!octets) return std::nullopt;
    std::string words = "a credential cut short: it begins as v" +
                        std::to_string(int{octets->front()}) + ", which has " +
                        std::to_string(base64_size(*whole_token_size(*octets))) +
                        " characters, and " + std::to_string(text.size()) + " are here";
    if (octets->size() >= token::client_id_offset) {
        const auto says = expiry_at(load_be32(&(*octets)[token::expiry_low_offset]),
                                    load_be32(&(*octets)[token::expiry_high_offset]));
        words +=
            "; what is left says that it expires " + utc_text(says) + ", and nobody can check that";
    }
    return mistake{"cut_short", words};
}

// tells_of_its_end is whether octets whose beginning is gone, and replaced by zeros, still have
// what only a username has in these places: the flags of v2, or a plausible expiry.
bool tells_of_its_end(bytes_view octets, std::size_t lost) {
    // Zeros in place of its high word are the year 1601.
    const auto says = expiry_at(load_be32(&octets[token::expiry_low_offset]),
                                load_be32(&octets[token::expiry_high_offset]));
    if (is_plausible(says)) return true;
    if (octets.size() != token::max_username_size || lost > token::flags_offset) return false;
    constexpr std::uint32_t longest_lifetime = 86'400;
    const auto flags = load_be32(&octets[token::flags_offset]);
    const auto lifetime = flags & token::flags_lifetime_mask;
    return flags == 0 || (flags >> 24 == token::flags_lifetime_seconds && lifetime > 0 &&
                          lifetime <= longest_lifetime);
}

std::optional<mistake> lost_beginning(std::string_view text) {
    for (const auto size : {token::v1_blob_size, token::v2_blob_size}) {
        const auto whole = base64_size(size + token::tag_size);
        if (text.size() >= whole) continue;
        const auto lost = whole - text.size();
        const auto octets = octets_of(std::string(lost, 'A') + std::string(text));
        const auto lost_octets = (lost * 3 + 3) / 4;
        if (!octets || octets->size() != size + token::tag_size ||
            !tells_of_its_end(*octets, lost_octets)) {
            continue;
        }
        return mistake{"lost_beginning",
                       "a credential that lost its beginning: it ends as one of " +
                           std::to_string(whole) + " characters does, and the first " +
                           std::to_string(lost) + " are not here"};
    }
    return std::nullopt;
}

mistake pasted_password() {
    return {"pasted_password",
            "a password: it is base64 of 20 octets, the size of every password and of no "
            "username (not shown)"};
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
    if (auto cut = cut_short(text)) {
        found.mistakes.push_back(*std::move(cut));
        return true;
    }
    if (auto lost = lost_beginning(text)) {
        found.mistakes.push_back(*std::move(lost));
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
    for (int i = 0; i <= most_mistakes; ++i) {
        if (has_size_of_password(text)) break;
        auto next = undo_next(text);
        if (!next || i == most_mistakes) break;
        text = std::move(next->text);
        found.mistakes.push_back(std::move(next->what));
    }
    if (!end_with(found, text, text == username)) return {};
    return found;
}

}  // namespace relayauth::credential
