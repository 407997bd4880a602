#include "relayauth/stun/errc.hpp"

namespace relayauth::stun {

std::string_view to_text(errc why) {
    switch (why) {
        case errc::truncated:
            return "the message is shorter than it says";
        case errc::not_stun:
            return "not a STUN message";
        case errc::length_field_wrong:
            return "the length field does not fit the message";
        case errc::no_magic_cookie:
            return "no magic cookie";
        case errc::not_a_request:
            return "not a request";
        case errc::attribute_overruns:
            return "an attribute ends beyond the message";
        case errc::attribute_repeated:
            return "an attribute is there twice";
        case errc::integrity_not_last:
            return "something follows the message integrity";
        case errc::fingerprint_not_last:
            return "something follows FINGERPRINT";
        case errc::integrity_size:
            return "a message integrity of a wrong size";
        case errc::userhash_size:
            return "a USERHASH of a wrong size";
        case errc::fingerprint_size:
            return "a FINGERPRINT of a wrong size";
        case errc::fingerprint_wrong:
            return "FINGERPRINT does not fit the message";
        case errc::password_algorithm_malformed:
            return "a malformed PASSWORD-ALGORITHM";
    }
    return {};
}

}  // namespace relayauth::stun
