#include "relayauth/sip/response.hpp"

#include "relayauth/base/ascii.hpp"

#include <charconv>

namespace relayauth::sip {
namespace {

bool names_source(const via& top, const source& from) {
    return ascii::equal_ignoring_case(top.host, from.address);
}

// RFC 3261 18.2.1: `received` when sent-by is not where it came from. RFC 3581 4: an empty rport
// is filled, and then `received` is added in any case.
void put_top_via(text_buffer& out, std::string_view value, const via& top, const source& from) {
    const bool add_received =
        !top.has_received && (top.empty_rport_end || !names_source(top, from));
    if (!add_received && !top.empty_rport_end) return out.put("Via: ", value, "\r\n");
    const auto filled = top.empty_rport_end.value_or(0);
    out.put("Via: ", value.substr(0, filled));
    if (top.empty_rport_end) {
        out.put("=");
        out.put_number(from.port);
    }
    out.put(value.substr(filled, top.value_size - filled));
    if (add_received) out.put(";received=", from.address);
    out.put(value.substr(top.value_size), "\r\n");
}

void put_vias(text_buffer& out, const request& asked, const source& from) {
    bool top = true;
    for (const auto& each : asked.headers) {
        if (each.id != header_id::via) continue;
        if (top && asked.top_via)
            put_top_via(out, each.value, *asked.top_via, from);
        else if (!each.value.empty())
            out.put("Via: ", each.value, "\r\n");
        top = false;
    }
}

void put_to(text_buffer& out, const request& asked, std::string_view tag) {
    if (asked.to.empty()) return;
    if (has_tag(asked.to)) return out.put("To: ", asked.to, "\r\n");
    out.put("To: ", asked.to, ";tag=", tag, "\r\n");
}

}  // namespace

void write_response_head(text_buffer& out, const request& asked, const source& from,
                         const response_head& head) {
    out.put("SIP/2.0 ");
    out.put_number(static_cast<std::uint64_t>(head.status));
    out.put(" ", head.reason, "\r\n");
    put_vias(out, asked, from);
    if (!asked.from.empty()) out.put("From: ", asked.from, "\r\n");
    put_to(out, asked, head.to_tag);
    if (!asked.call_id.empty()) out.put("Call-ID: ", asked.call_id, "\r\n");
    if (!asked.cseq.empty()) out.put("CSeq: ", asked.cseq, "\r\n");
    for (const auto& each : asked.headers) {
        if (each.id != header_id::record_route || each.value.empty()) continue;
        out.put("Record-Route: ", each.value, "\r\n");
    }
    if (!head.server.empty()) out.put("Server: ", head.server, "\r\n");
    if (!head.date.empty()) out.put("Date: ", head.date, "\r\n");
    out.put(head.extra_lines);
    if (head.body_size > 0) out.put("Content-Type: ", head.content_type, "\r\n");
    out.put("Content-Length: ");
    out.put_number(head.body_size);
    out.put("\r\n\r\n");
}

std::string_view to_reason(int status) {
    switch (status) {
        case 200:
            return "OK";
        case 400:
            return "Bad Request";
        case 403:
            return "Forbidden";
        case 405:
            return "Method Not Allowed";
        case 415:
            return "Unsupported Media Type";
        case 420:
            return "Bad Extension";
        case 481:
            return "Call/Transaction Does Not Exist";
        case 501:
            return "Not Implemented";
        case 503:
            return "Service Unavailable";
        case 505:
            return "Version Not Supported";
        case 513:
            return "Message Too Large";
        default:
            return "Unknown";
    }
}

std::optional<response> parse_response(const header_table& table) {
    if (!is_response(table.start_line)) return std::nullopt;
    auto rest = table.start_line.substr(8);
    response value;
    const auto read = std::from_chars(rest.data(), rest.data() + rest.size(), value.status);
    if (read.ec != std::errc() || read.ptr - rest.data() != 3 || value.status < 100)
        return std::nullopt;
    rest.remove_prefix(3);
    if (!rest.empty() && rest[0] != ' ') return std::nullopt;
    value.reason = ascii::trim(rest);
    for (const auto& each : table.headers()) {
        switch (each.id) {
            case header_id::call_id:
                value.call_id = each.value;
                break;
            case header_id::cseq:
                value.cseq = each.value;
                break;
            case header_id::content_type:
                value.content_type = each.value;
                break;
            case header_id::date:
                value.date = each.value;
                break;
            case header_id::warning:
                value.warning = each.value;
                break;
            default:
                break;
        }
    }
    return value;
}

}  // namespace relayauth::sip
