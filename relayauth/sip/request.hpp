#pragma once

#include "relayauth/sip/errc.hpp"
#include "relayauth/sip/framer.hpp"
#include "relayauth/sip/header.hpp"
#include "relayauth/sip/via.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace relayauth::sip {

// request is a SIP request as far as this service acts on it. Views live as long as the message's
// octets and the header table.
struct request {
    std::string_view method;
    std::string_view uri;
    std::span<const header> headers;
    std::optional<via> top_via;
    std::string_view from;
    std::string_view to;
    std::string_view call_id;
    std::string_view cseq;
    std::uint32_t cseq_number = 0;
    std::string_view content_type;  // with its parameters; empty when absent
    std::string_view date;          // of the first Date header, unread; empty when absent

    // first finds a header by id; null when absent.
    const header* first(header_id id) const;
};

// parsed_request is a request, or the first thing that is wrong with it beside all that could be
// read: an answer needs its Via lines either way.
struct parsed_request {
    std::optional<errc> why;
    request value;
};

// is_response tells a status line from a request line.
bool is_response(std::string_view start_line);

// parse_request reads a framed message. Reports malformed_start_line, unsupported_sip_version,
// malformed_header_line, the missing_ ones, malformed_via, repeated_header, malformed_cseq,
// cseq_too_large, cseq_method_differs. Pure; safe from any thread.
parsed_request parse_request(const header_table& table);

// has_tag tells whether a From or To value carries a tag parameter: behind the angle brackets,
// or, without brackets, behind the first semicolon (RFC 3261 20.10).
bool has_tag(std::string_view from_or_to);

// media_type_is compares the type of a Content-Type value without its parameters (RFC 3261 7.4.1).
bool media_type_is(std::string_view content_type, std::string_view expected);

// method_kind: what this server makes of a method token (case-sensitive, RFC 3261 7.1).
enum class method_kind { service, options, ack, cancel, other_known, unknown };
method_kind kind_of(std::string_view method);

// service_request is what a client sends: a SERVICE with a body.
struct service_request {
    std::string_view uri;
    std::string_view to_uri;
    std::string_view from_uri;
    std::string_view from_tag;
    std::string_view call_id;
    std::string_view branch;
    std::string_view transport;  // `TLS` or `TCP`
    std::string_view sent_by;    // host:port of the client's end
    std::uint32_t cseq_number = 1;
    std::string_view date;  // a SIP-date, or empty
    std::string_view content_type;
    std::string_view body;
};

// write_service_request appends the whole message to `out`.
void write_service_request(std::string& out, const service_request& value);

}  // namespace relayauth::sip
