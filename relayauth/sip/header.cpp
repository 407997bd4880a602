#include "relayauth/sip/header.hpp"

#include "relayauth/base/ascii.hpp"

#include <algorithm>
#include <array>

namespace relayauth::sip {
namespace {

constexpr auto token_characters = [] {
    std::array<bool, 256> table{};
    for (char c : std::string_view(
             "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.!%*_+`'~")) {
        table[static_cast<unsigned char>(c)] = true;
    }
    return table;
}();

header_id identify_compact(char letter) {
    switch (ascii::to_lower(letter)) {
        case 'v':
            return header_id::via;
        case 'f':
            return header_id::from;
        case 't':
            return header_id::to;
        case 'i':
            return header_id::call_id;
        case 'c':
            return header_id::content_type;
        case 'l':
            return header_id::content_length;
        default:
            return header_id::other;
    }
}

}  // namespace

header_id identify(std::string_view name) {
    const auto is = [name](std::string_view known, header_id id) {
        return ascii::equal_ignoring_case(name, known) ? id : header_id::other;
    };
    switch (name.size()) {  // the length tells nearly all of them apart
        case 1:
            return identify_compact(name[0]);
        case 2:
            return is("to", header_id::to);
        case 3:
            return is("via", header_id::via);
        case 4: {
            const auto from = is("from", header_id::from);
            if (from != header_id::other) return from;
            const auto cseq = is("cseq", header_id::cseq);
            return cseq != header_id::other ? cseq : is("date", header_id::date);
        }
        case 7: {
            const auto call_id = is("call-id", header_id::call_id);
            if (call_id != header_id::other) return call_id;
            const auto require = is("require", header_id::require);
            return require != header_id::other ? require : is("warning", header_id::warning);
        }
        case 12: {
            const auto type = is("content-type", header_id::content_type);
            return type != header_id::other ? type : is("record-route", header_id::record_route);
        }
        case 14:
            return is("content-length", header_id::content_length);
        default:
            return header_id::other;
    }
}

bool is_token_character(char c) {
    return token_characters[static_cast<unsigned char>(c)];
}

bool is_token(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_token_character);
}

std::size_t find_unquoted(std::string_view value, char wanted, std::size_t from) {
    // Nearly always there is no quote before it, and two looks by memchr tell.
    const auto found = value.find(wanted, from);
    if (found == std::string_view::npos) return value.size();
    if (value.find('"', from) > found) return found;
    bool quoted = false;
    for (auto at = from; at < value.size(); ++at) {
        if (quoted && value[at] == '\\') {
            ++at;
        } else if (value[at] == '"') {
            quoted = !quoted;
        } else if (value[at] == wanted && !quoted) {
            return at;
        }
    }
    return value.size();
}

}  // namespace relayauth::sip
