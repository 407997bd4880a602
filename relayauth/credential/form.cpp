#include "relayauth/credential/form.hpp"

#include "relayauth/base/base64.hpp"
#include "relayauth/base/printable.hpp"
#include "relayauth/token/rest_name.hpp"

namespace relayauth::credential {
namespace {

// Of the years 2001 to 2286, as JavaScript and Java count them.
constexpr std::size_t millisecond_digits = 13;

// why_not_base64 names the first thing that is wrong with a text that decode_base64 refuses.
std::string why_not_base64(std::string_view text) {
    std::string begin = "not base64: ";
    const auto padding = text.find_last_not_of('=') + 1;  // where it starts
    const auto stranger = text.substr(0, padding).find_first_not_of(base64_alphabet);
    if (stranger != std::string_view::npos) {
        const auto each = first_character(text.substr(stranger));
        const bool url_form = each.value == U'-' || each.value == U'_';
        return begin + "character " + std::to_string(stranger + 1) + " is '" +
               printable(text.substr(stranger, each.size)) + "'" +
               (url_form ? " (only the URL form has that)" : "");
    }
    if (text.size() - padding > 2) return begin + "too many = at the end";
    if (text.size() % 4 != 0) {
        return begin + std::to_string(text.size()) +
               " characters, and base64 comes in fours: some are missing, perhaps = at the end, or "
               "there are too many";
    }
    return begin + "its last character before the = has bits set that must be zero";
}

std::string why_unsupported(bytes_view octets) {
    const int major = octets[token::version_offset];
    const int minor = octets[token::version_offset + 1];
    if (major == 2 && minor == 0) return "version 2.0 with flags of a kind that is not known here";
    return "version " + std::to_string(major) + "." + std::to_string(minor) +
           ", which is not known here: not a credential, or of another product";
}

std::string why_wrong_size(bytes_view octets) {
    const auto stated = load_be16(&octets[token::size_offset]) + token::tag_size;
    return "not a whole credential, or more than one: it says of itself that it has " +
           std::to_string(stated);
}

std::string why_undecodable(bytes_view octets, token::errc why) {
    constexpr auto least = token::v1_blob_size + token::tag_size;
    auto begin = "base64 of " + std::to_string(octets.size()) +
                 (octets.size() == 1 ? " octet: " : " octets: ");
    if (octets.size() == token::password_size) {
        return begin + "the size of a password; the username is the longer of the two";
    }
    if (octets.size() < least) {
        return begin + "too short for a credential, which has " + std::to_string(least) + " or " +
               std::to_string(token::max_username_size);
    }
    switch (why) {
        case token::errc::wrong_size:
            return begin + why_wrong_size(octets);
        case token::errc::unsupported_version:
            return begin + why_unsupported(octets);
        case token::errc::zero_lifetime:
            return begin + "a credential with a lifetime of 0, which nobody mints";
    }
    return begin;
}

form none(std::string_view username, const std::string& words, dialect closest = dialect::mras) {
    form read;
    read.dialect = closest;
    read.not_a_credential =
        std::to_string(username.size()) + (username.size() == 1 ? " octet, " : " octets, ") + words;
    return read;
}

form read_token(std::string_view username) {
    const auto octets = octets_of(username);
    if (!octets) return none(username, why_not_base64(username));
    const auto token = token::unverified_token::decode(*octets);
    if (!token) {
        auto read = none(username, why_undecodable(*octets, token.error()));
        if (token.error() == token::errc::unsupported_version) {
            read.reason = refusal::unsupported_version;
        }
        return read;
    }
    form read;
    read.claimed = token->claimed();
    read.window = token->claimed().window();
    return read;
}

// why_no_rest_name says what is wrong with a text that decode_rest_name refuses.
std::string why_no_rest_name(std::string_view name, token::rest_errc why) {
    if (why == token::rest_errc::name_too_long) {
        return "a TURN REST name, and a STUN username has at most " +
               std::to_string(token::max_rest_name_size);
    }
    const auto expiry = name.substr(0, name.find(':'));
    auto begin = "a TURN REST name with an expiry of " + std::to_string(expiry.size()) + " digits";
    if (expiry.size() == millisecond_digits) begin += " (milliseconds have 13)";
    return begin + ", and one in seconds has at most " +
           std::to_string(token::max_rest_expiry_digits);
}

form read_rest_name(std::string_view name) {
    const auto found = token::decode_rest_name(name);
    if (!found) return none(name, why_no_rest_name(name, found.error()), dialect::turn_rest);
    form read;
    read.dialect = dialect::turn_rest;
    read.rest_name = {std::string(found->identity), token::read_identity(found->identity)};
    read.window = found->window();
    return read;
}

}  // namespace

std::optional<std::size_t> whole_token_size(bytes_view octets) {
    if (octets.size() < token::expiry_low_offset) return std::nullopt;
    const auto major = octets[token::version_offset];
    if (major < 1 || major > 2 || octets[token::version_offset + 1] != 0) return std::nullopt;
    const auto blob_size = major == 1 ? token::v1_blob_size : token::v2_blob_size;
    if (load_be16(&octets[token::size_offset]) != blob_size) return std::nullopt;
    return blob_size + token::tag_size;
}

std::optional<std::vector<std::uint8_t>> octets_of(std::string_view base64) {
    if (base64.size() > max_explained_octets) return std::nullopt;
    std::vector<std::uint8_t> octets(base64.size());
    const auto size = decode_base64(base64, octets);
    if (!size) return std::nullopt;
    octets.resize(*size);
    return octets;
}

form read_form(std::string_view username) {
    if (username.empty()) return none(username, "empty: there is no username here");
    if (token::is_rest_name(username)) return read_rest_name(username);
    if (username.size() > max_explained_octets) {
        return none(username, "too long: the longest username has " +
                                  std::to_string(token::max_rest_name_size) + ", and over " +
                                  std::to_string(max_explained_octets) + " are not looked at");
    }
    return read_token(username);
}

}  // namespace relayauth::credential
