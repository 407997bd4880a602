#pragma once

#include <string_view>

namespace relayauth::mras {

// errc says what is wrong with a request body. session/reply_map turns each into a reason phrase.
enum class errc {
    not_utf8,
    not_well_formed,  // XML 1.0: tags, references, characters, attributes
    doctype_present,  // refused before anything else of it is believed
    wrong_namespace,
    wrong_root,          // not `request`
    unexpected_element,  // unknown, misplaced, repeated, or text where only elements may stand
    unexpected_attribute,
    missing_element,
    missing_attribute,
    value_too_long,
    malformed_version,
    malformed_uri,  // `to` or `from` is not a SIP URI
    malformed_route,
    malformed_location,
    malformed_duration,
    no_credentials_request,
    too_many_credentials_requests,
};

// to_text is the value's own words for a log line, `duration is not a positive number of minutes`
// for one; it quotes nothing of the peer's.
std::string_view to_text(errc why);

}  // namespace relayauth::mras
