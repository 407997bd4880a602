#include "relayauth/sip/header.hpp"

#include "relayauth/base/ascii.hpp"

#include <algorithm>

namespace relayauth::sip {
namespace {

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
        return name == known || ascii::equal_ignoring_case(name, known) ? id : header_id::other;
    };
    switch (name.size()) {  // the length tells nearly all of them apart
        case 1:
            return identify_compact(name[0]);
        case 2:
            return is("To", header_id::to);
        case 3:
            return is("Via", header_id::via);
        case 4: {
            const auto from = is("From", header_id::from);
            if (from != header_id::other) return from;
            const auto cseq = is("CSeq", header_id::cseq);
            return cseq != header_id::other ? cseq : is("Date", header_id::date);
        }
        case 7: {
            const auto call_id = is("Call-ID", header_id::call_id);
            if (call_id != header_id::other) return call_id;
            const auto require = is("Require", header_id::require);
            return require != header_id::other ? require : is("Warning", header_id::warning);
        }
        case 12: {
            const auto type = is("Content-Type", header_id::content_type);
            return type != header_id::other ? type : is("Record-Route", header_id::record_route);
        }
        case 14:
            return is("Content-Length", header_id::content_length);
        default:
            return header_id::other;
    }
}

bool is_token(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_token_character);
}

std::size_t find_unquoted(std::string_view value, char wanted, std::size_t from) {
    // Nearly always there is no quote before it, and two looks by memchr tell.
    const auto found = value.find(wanted, from);
    if (found == std::string_view::npos) return value.size();
    if (value.substr(0, found).find('"', from) == std::string_view::npos) return found;
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
