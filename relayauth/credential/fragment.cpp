#include "relayauth/credential/fragment.hpp"

#include "relayauth/base/base64.hpp"
#include "relayauth/base/bytes.hpp"
#include "relayauth/base/time_text.hpp"
#include "relayauth/credential/form.hpp"

#include <string>
#include <vector>

namespace relayauth::credential {
namespace {

std::string_view without_padding(std::string_view text) {
    return text.substr(0, text.find_last_not_of('=') + 1);
}

// The characters before the = of base64.
constexpr std::size_t bare_size(std::size_t octets) {
    return (octets * 8 + 5) / 6;
}

// left_octets decodes what is left of a base64 text, wherever it ends: the last octet may have lost
// some of its bits and is then left out. Nothing if there are other characters in it.
std::optional<std::vector<std::uint8_t>> left_octets(std::string_view bare) {
    // Zeros complete the last four: `A` stands for six of them.
    const auto filled = (4 - bare.size() % 4) % 4;
    auto octets = octets_of(std::string(bare) + std::string(filled, 'A'));
    if (octets) octets->resize(bare.size() * 6 / 8);
    return octets;
}

// Whatever was lost, nobody can know where: at the end, or between what is left.
std::string count_words(std::size_t whole_octets, std::size_t left_characters, counted_in unit) {
    if (unit == counted_in::octets) {
        return "which has " + std::to_string(whole_octets) + " octets, and " +
               std::to_string(left_characters * 6 / 8) +
               " whole ones are here: the others are missing";
    }
    const auto whole = bare_size(whole_octets);
    const auto lost = whole - left_characters;
    return "which has " + std::to_string(whole) + " characters before its " +
           std::string(base64_size(whole_octets) - whole, '=') + ", and " +
           std::to_string(left_characters) + " are here: at least " + std::to_string(lost) +
           (lost == 1 ? " is missing" : " are missing");
}

std::optional<mistake> cut_short(std::string_view text, counted_in unit) {
    const auto bare = without_padding(text);
    const auto octets = left_octets(bare);
    if (!octets) return std::nullopt;
    const auto whole = whole_token_size(*octets);
    if (!whole || bare.size() >= bare_size(*whole)) return std::nullopt;
    std::string words = "only a part of a credential: it begins as v" +
                        std::to_string(int{octets->front()}) + ", " +
                        count_words(*whole, bare.size(), unit) + ", at the end or inside";
    if (octets->size() >= token::client_id_offset) {
        const auto says = expiry_at(load_be32(&(*octets)[token::expiry_low_offset]),
                                    load_be32(&(*octets)[token::expiry_high_offset]));
        if (is_plausible(says)) {
            words += "; if at the end only, it says that it expires " + utc_text(says) +
                     ", and nobody can check that";
        }
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

// The first two characters of such a username are there: by chance in one of 4,000 texts.
bool begins_as_one(std::string_view text, bool v1) {
    return text.starts_with(v1 ? "AQ" : "Ag");
}

std::optional<mistake> lost_beginning(std::string_view text, counted_in unit) {
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
        const bool v1 = size == token::v1_blob_size;
        const bool begun = begins_as_one(text, v1);
        const auto words = std::string("only a part of a credential: it ") +
                           (begun ? "begins and ends as v" : "ends as v") + (v1 ? "1" : "2") +
                           " does, " +
                           count_words(size + token::tag_size, without_padding(text).size(), unit) +
                           (begun ? ", inside" : ", at the beginning or inside");
        return mistake{begun ? "lost_inside" : "lost_beginning", words};
    }
    return std::nullopt;
}

}  // namespace

std::optional<mistake> fragment_of(std::string_view text, counted_in unit) {
    if (auto found = cut_short(text, unit)) return found;
    return lost_beginning(text, unit);
}

}  // namespace relayauth::credential
