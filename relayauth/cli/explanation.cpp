#include "relayauth/cli/explanation.hpp"

#include "relayauth/base/base64.hpp"
#include "relayauth/base/printable.hpp"
#include "relayauth/token/rest_name.hpp"

#include <utility>
#include <vector>

namespace relayauth::cli {
namespace {

using credential::refusal;

// Of the years 2001 to 2286, as JavaScript and Java count them.
constexpr std::size_t millisecond_digits = 13;

constexpr std::string_view base64_alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

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
    if (text.size() % 4 != 0) {
        return begin + std::to_string(text.size()) +
               " characters, and base64 comes in fours: cut off, or its = at the end were lost";
    }
    if (text.size() - padding > 2) return begin + "too many = at the end";
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

struct undecodable {
    refusal reason = refusal::malformed;
    std::string words;
};

result<token::fields, undecodable> decode(std::string_view username) {
    if (username.empty()) {
        return undecodable{refusal::malformed, "empty: there is no username here"};
    }
    std::vector<std::uint8_t> octets(username.size());
    const auto size = decode_base64(username, octets);
    if (!size) return undecodable{refusal::malformed, why_not_base64(username)};
    octets.resize(*size);
    const auto read = token::unverified_token::decode(octets);
    if (read) return read->claimed();
    const bool unsupported = read.error() == token::errc::unsupported_version;
    return undecodable{unsupported ? refusal::unsupported_version : refusal::malformed,
                       why_undecodable(octets, read.error())};
}

void judge_by_times(explanation& told) {
    const auto state = told.verdict.window->check(told.assumed, told.verdict.server_time);
    told.verdict.refused = credential::refusal_of(state);
}

// why_no_rest_name says what is wrong with a text that decode_rest_name refuses.
std::string why_no_rest_name(std::string_view name, token::rest_errc why) {
    if (why == token::rest_errc::name_too_long) {
        return "a TURN REST name of " + std::to_string(name.size()) +
               " octets, and a STUN username has at most " +
               std::to_string(token::max_rest_name_size);
    }
    const auto expiry = name.substr(0, name.find(':'));
    auto begin = "a TURN REST name with an expiry of " + std::to_string(expiry.size()) + " digits";
    if (expiry.size() == millisecond_digits) {
        const std::string seconds(expiry.substr(0, expiry.size() - 3));
        return begin + ": milliseconds, and it must be seconds (" + seconds + ")";
    }
    return begin + ", and one in seconds has at most " +
           std::to_string(token::max_rest_expiry_digits);
}

void explain_rest_name(explanation& told, std::string_view name) {
    told.verdict.dialect = credential::dialect::turn_rest;
    const auto read = token::decode_rest_name(name);
    if (!read) {
        told.verdict.refused = refusal::malformed;
        told.not_a_credential = why_no_rest_name(name, read.error());
        return;
    }
    told.rest_name = {std::string(read->identity), token::read_identity(read->identity)};
    told.verdict.window = read->window();
    judge_by_times(told);
}

void try_keys(explanation& told, const explain_request& request, wall_time at) {
    const credential::validate_limits limits{request.limits, {}};
    const credential::validate_request asked{request.username, {}, {}, {}};
    told.verdict = credential::validate(asked, *request.keys, limits, at);
    // A retired key is passed over like a foreign one, and a person must know them apart: at the
    // beginning of time none is retired.
    const auto* signer = credential::validate(asked, *request.keys, limits, wall_time()).signer;
    for (const auto& each : request.keys->entries()) {
        const auto place = told.tried_keys.size();
        tried_key tried{each.key.id, {}, {}, each.stage(at) == keyring::key_stage::retired};
        if (place < told.certificate_files.size()) tried.file = told.certificate_files[place];
        if (!each.mints) tried.verifies_until = each.verifies_until;
        if (&each.key == signer) told.signer = place;
        told.tried_keys.push_back(std::move(tried));
    }
}

void explain_token(explanation& told, const explain_request& request, wall_time at) {
    const auto read = decode(request.username);
    if (read) {
        told.claimed = *read;
    } else {
        told.not_a_credential = read.error().words;
    }
    if (request.keys != nullptr && !request.keys->entries().empty()) {
        return try_keys(told, request, at);
    }
    if (!read) {
        told.verdict.refused = read.error().reason;
        return;
    }
    told.verdict.claimed = told.claimed;
    told.verdict.window = read->window();
    judge_by_times(told);
}

}  // namespace

explanation explain(const explain_request& request, wall_time at) {
    explanation told;
    told.certificate_files.assign(request.certificate_files.begin(),
                                  request.certificate_files.end());
    told.assumed = request.limits;
    told.verdict.server_time = at;
    told.verdict.accept_lifetime = request.limits.accept_lifetime;
    if (token::is_rest_name(request.username)) {
        explain_rest_name(told, request.username);
    } else {
        explain_token(told, request, at);
    }
    return told;
}

}  // namespace relayauth::cli
