#pragma once

#include "relayauth/base/text_buffer.hpp"
#include "relayauth/sip/framer.hpp"
#include "relayauth/sip/request.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace relayauth::sip {

// source is where a request came from, as the top Via must show it (RFC 3261 18.2.1, RFC 3581).
struct source {
    std::string_view address;  // IP text without brackets
    std::uint16_t port = 0;
};

// response_head is what an answer adds to what it repeats from the request.
struct response_head {
    int status = 200;
    std::string_view reason;
    std::string_view to_tag;  // used when the request's To has none
    std::string_view server;
    std::string_view date;         // a SIP-date
    std::string_view extra_lines;  // whole lines, each with its CRLF
    std::string_view content_type;
    std::size_t body_size = 0;
};

// write_response_head appends an answer to `asked` up to its body: all Via lines in their order and
// unchanged but for the top one's received and rport, From, To with a tag, Call-ID, CSeq,
// Record-Route (RFC 3261 8.2.6.2). Headers that the request lacks are left out, so a request that
// could only be half read is answered too. Content-Type is written only with a body.
void write_response_head(text_buffer& out, const request& asked, const source& from,
                         const response_head& head);

// to_reason is the standard phrase of the statuses that this server sends (RFC 3261 21).
std::string_view to_reason(int status);

// response is what a client reads. Views live as long as the message's octets and the table.
struct response {
    int status = 0;
    std::string_view reason;
    std::string_view call_id;
    std::string_view cseq;
    std::string_view content_type;
    std::string_view date;
    std::string_view warning;
};

// parse_response reads a framed answer; nothing if its status line is none.
std::optional<response> parse_response(const header_table& table);

}  // namespace relayauth::sip
