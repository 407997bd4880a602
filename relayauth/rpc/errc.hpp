#pragma once

#include <string_view>

namespace relayauth::rpc {

// errc says why octets are not a frame, or an envelope not a call. session/reply_map turns each
// into a reason.
enum class errc {
    frame_too_long,         // final: framing is lost
    undecodable_envelope,   // not the encoding of a Request, or cut short
    no_call,                // an envelope around nothing
    unknown_call,           // a call from a newer client
    batch_too_large,        // more than max_batch items
    duration_out_of_range,  // 0, or over 9 digits
    text_not_utf8,          // a text that is not UTF-8 (RFC 3629)
};

// to_text is the value's own words for a log line or an answer; it quotes nothing of the peer's.
std::string_view to_text(errc why);

}  // namespace relayauth::rpc
