#include "relayauth/session/reply_map.hpp"

namespace relayauth::session {

using credential::refusal;
using mras::reason_phrase;

int status_of(sip::errc why) {
    switch (why) {
        case sip::errc::message_too_long:
        case sip::errc::headers_too_long:
        case sip::errc::too_many_headers:
            return 513;
        case sip::errc::unsupported_sip_version:
            return 505;
        case sip::errc::not_sip:
        case sip::errc::content_length_missing:
        case sip::errc::content_length_malformed:
        case sip::errc::content_lengths_differ:
        case sip::errc::control_character:
        case sip::errc::malformed_start_line:
        case sip::errc::malformed_header_line:
        case sip::errc::missing_via:
        case sip::errc::malformed_via:
        case sip::errc::missing_from:
        case sip::errc::missing_to:
        case sip::errc::missing_call_id:
        case sip::errc::missing_cseq:
        case sip::errc::repeated_header:
        case sip::errc::malformed_cseq:
        case sip::errc::cseq_too_large:
        case sip::errc::cseq_method_differs:
            return 400;
    }
    return 400;
}

reason_phrase reason_phrase_of(mras::errc why) {
    return why == mras::errc::too_many_credentials_requests ? reason_phrase::request_too_large
                                                            : reason_phrase::request_malformed;
}

reason_phrase reason_phrase_of(refusal why) {
    switch (why) {
        case refusal::malformed:
            return reason_phrase::request_malformed;
        case refusal::unsupported_version:
            return reason_phrase::version_mismatch;
        case refusal::forbidden:
            return reason_phrase::forbidden;
        case refusal::too_large:
            return reason_phrase::request_too_large;
        case refusal::busy:
            return reason_phrase::server_busy;
        case refusal::unknown_key:  // the rest are verdicts, which no MRAS request asks for
        case refusal::expired:
        case refusal::not_yet_valid:
        case refusal::minted_ahead:
        case refusal::wrong_password:
        case refusal::wrong_realm:
        case refusal::wrong_identity:
        case refusal::internal:
            return reason_phrase::internal_server_error;
    }
    return reason_phrase::internal_server_error;
}

reason_phrase reason_phrase_of(lie told) {
    if (told == lie::server_busy) return reason_phrase::server_busy;
    if (told == lie::time_out) return reason_phrase::time_out;
    if (told == lie::forbidden) return reason_phrase::forbidden;
    if (told == lie::not_supported) return reason_phrase::not_supported;
    return reason_phrase::ok;
}

// No other wire has a time-out: what is left of it is that asking again may help.
refusal refusal_of(lie told) {
    if (told == lie::server_busy || told == lie::time_out) return refusal::busy;
    if (told == lie::forbidden) return refusal::forbidden;
    if (told == lie::not_supported) return refusal::unsupported_version;
    return refusal::internal;
}

refusal refusal_of(sip::errc why) {
    switch (status_of(why)) {
        case 513:
            return refusal::too_large;
        case 505:
            return refusal::unsupported_version;
        default:
            return refusal::malformed;
    }
}

refusal refusal_of(mras::errc why) {
    return why == mras::errc::too_many_credentials_requests ? refusal::too_large
                                                            : refusal::malformed;
}

refusal refusal_of(rpc::errc why) {
    switch (why) {
        case rpc::errc::frame_too_long:
        case rpc::errc::batch_too_large:
            return refusal::too_large;
        case rpc::errc::unknown_call:
            return refusal::unsupported_version;
        case rpc::errc::undecodable_envelope:
        case rpc::errc::no_call:
        case rpc::errc::duration_out_of_range:
        case rpc::errc::text_not_utf8:
            return refusal::malformed;
    }
    return refusal::malformed;
}

refusal refusal_of(resp::errc why) {
    switch (why) {
        case resp::errc::too_many_elements:
        case resp::errc::command_too_long:
        case resp::errc::inline_too_long:
            return refusal::too_large;
        case resp::errc::element_count_malformed:
        case resp::errc::nested_array:
        case resp::errc::bulk_string_missing:
        case resp::errc::bulk_length_malformed:
        case resp::errc::bulk_end_missing:
        case resp::errc::quotes_unbalanced:
            return refusal::malformed;
    }
    return refusal::malformed;
}

rpc::reason reason_of(refusal why) {
    switch (why) {
        case refusal::malformed:
            return rpc::reason::malformed;
        case refusal::unsupported_version:
            return rpc::reason::unsupported_version;
        case refusal::unknown_key:
            return rpc::reason::unknown_key;
        case refusal::expired:
            return rpc::reason::expired;
        case refusal::not_yet_valid:
            return rpc::reason::not_yet_valid;
        case refusal::minted_ahead:
            return rpc::reason::minted_ahead;
        case refusal::wrong_password:
            return rpc::reason::wrong_password;
        case refusal::wrong_realm:
            return rpc::reason::wrong_realm;
        case refusal::wrong_identity:
            return rpc::reason::wrong_identity;
        case refusal::forbidden:
            return rpc::reason::forbidden;
        case refusal::too_large:
            return rpc::reason::too_large;
        case refusal::busy:
            return rpc::reason::busy;
        case refusal::internal:
            return rpc::reason::internal;
    }
    return rpc::reason::internal;
}

rpc::key_stage stage_of(keyring::key_stage stage) {
    switch (stage) {
        case keyring::key_stage::minting:
            return rpc::key_stage::minting;
        case keyring::key_stage::verifying:
            return rpc::key_stage::verifying;
        case keyring::key_stage::retired:
            return rpc::key_stage::retired;
    }
    return rpc::key_stage::retired;
}

rpc::relay_location location_of(mras::location where) {
    return where == mras::location::intranet ? rpc::relay_location::intranet
                                             : rpc::relay_location::internet;
}

rpc::dialect dialect_of(credential::dialect form) {
    return form == credential::dialect::mras ? rpc::dialect::mras : rpc::dialect::turn_rest;
}

std::optional<stun::digest> digest_of(rpc::key_digest wanted) {
    switch (wanted) {
        case rpc::key_digest::none:
            return std::nullopt;
        case rpc::key_digest::md5:
            return stun::digest::md5;
        case rpc::key_digest::sha256:
            return stun::digest::sha256;
    }
    return std::nullopt;
}

std::optional<credential::spelling> spelling_of(rpc::key_spelling wanted) {
    switch (wanted) {
        case rpc::key_spelling::text:
            return credential::spelling::text;
        case rpc::key_spelling::raw:
            return credential::spelling::raw;
    }
    return std::nullopt;
}

}  // namespace relayauth::session
