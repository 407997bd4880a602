#pragma once

#include <string_view>

namespace relayauth::stun {

// errc says why some octets are no request that this room can judge.
enum class errc {
    truncated,           // shorter than a header, or than its length field says
    not_stun,            // the top two bits are not zero: ChannelData, or another protocol
    length_field_wrong,  // octets follow the message; or RFC form and no multiple of 4
    no_magic_cookie,     // neither the RFC's in the header nor MS-TURN's as the first attribute
    not_a_request,       // an indication or a response
    attribute_overruns,  // an attribute's header or value ends beyond the message
    attribute_repeated,  // one of those that we read is there twice
    integrity_not_last,  // something else than a later seal follows an integrity attribute
    fingerprint_not_last,
    integrity_size,    // no size that MESSAGE-INTEGRITY or MESSAGE-INTEGRITY-SHA256 may have
    userhash_size,     // not the 32 octets of a SHA-256 digest
    fingerprint_size,  // not 4 octets
    fingerprint_wrong,
    password_algorithm_malformed,  // sizes that disagree, or parameters where there are none
};

// to_text says it in words, `the message is shorter than it says` for one; it quotes no input.
std::string_view to_text(errc why);

}  // namespace relayauth::stun
