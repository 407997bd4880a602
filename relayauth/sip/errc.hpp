#pragma once

#include <string_view>

namespace relayauth::sip {

// errc says what is wrong with a message. Those down to `too_many_headers` lose the framing: what
// follows in the stream cannot be told apart, so the connection ends. session/reply_map turns them
// into answers.
enum class errc {
    // framing is lost
    not_sip,                   // no SIP message can begin like this
    content_length_missing,    // RFC 3261 18.3: required on a stream
    content_length_malformed,  // not digits, or too many of them
    content_lengths_differ,
    message_too_long,
    headers_too_long,
    too_many_headers,
    control_character,  // a lone CR or a NUL in the head: an answer might repeat it
    // framing is intact
    malformed_start_line,
    unsupported_sip_version,
    malformed_header_line,  // no colon, or no name before it
    missing_via,
    malformed_via,
    missing_from,
    missing_to,
    missing_call_id,
    missing_cseq,
    repeated_header,  // From, To, Call-ID or CSeq twice
    malformed_cseq,
    cseq_too_large,  // RFC 3261 8.1.1.5: below 2^31
    cseq_method_differs,
};

// to_text is the reason phrase of the answer, `Missing From Header` for one; it quotes no input.
std::string_view to_text(errc why);

}  // namespace relayauth::sip
