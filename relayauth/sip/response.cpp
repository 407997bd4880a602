#include "relayauth/sip/response.hpp"

#include "relayauth/base/ascii.hpp"

#include <array>
#include <charconv>

namespace relayauth::sip {
namespace {

void put_number(std::string& out, std::uint64_t value) {
    std::array<char, 20> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    out.append(digits.data(), end);
}

void put_line(std::string& out, std::string_view name, std::string_view value) {
    if (value.empty()) return;
    out.append(name);
    out.append(value);
    out.append("\r\n");
}

bool names_source(const via& top, const source& from) {
    return ascii::equal_ignoring_case(top.host, from.address);
}

// RFC 3261 18.2.1: `received` when sent-by is not where it came from. RFC 3581 4: an empty rport
// is filled, and then `received` is added in any case.
void put_top_via(std::string& out, std::string_view value, const via& top, const source& from) {
    out.append("Via: ");
    if (top.empty_rport_end) {
        out.append(value.substr(0, *top.empty_rport_end));
        out.append("=");
        put_number(out, from.port);
        out.append(value.substr(*top.empty_rport_end, top.value_size - *top.empty_rport_end));
    } else {
        out.append(value.substr(0, top.value_size));
    }
    if (!top.has_received && (top.empty_rport_end || !names_source(top, from))) {
        out.append(";received=");
        out.append(from.address);
    }
    out.append(value.substr(top.value_size));
    out.append("\r\n");
}

void put_vias(std::string& out, const request& asked, const source& from) {
    bool top = true;
    for (const auto& each : asked.headers) {
        if (each.id != header_id::via) continue;
        if (top && asked.top_via)
            put_top_via(out, each.value, *asked.top_via, from);
        else
            put_line(out, "Via: ", each.value);
        top = false;
    }
}

void put_to(std::string& out, const request& asked, std::string_view tag) {
    if (asked.to.empty()) return;
    out.append("To: ");
    out.append(asked.to);
    if (!has_tag(asked.to)) {
        out.append(";tag=");
        out.append(tag);
    }
    out.append("\r\n");
}

}  // namespace

void write_response(std::string& out, const request& asked, const source& from,
                    const response_head& head, std::string_view body) {
    out.append("SIP/2.0 ");
    put_number(out, static_cast<std::uint64_t>(head.status));
    out.append(" ");
    out.append(head.reason);
    out.append("\r\n");
    put_vias(out, asked, from);
    put_line(out, "From: ", asked.from);
    put_to(out, asked, head.to_tag);
    put_line(out, "Call-ID: ", asked.call_id);
    put_line(out, "CSeq: ", asked.cseq);
    for (const auto& each : asked.headers) {
        if (each.id == header_id::record_route) put_line(out, "Record-Route: ", each.value);
    }
    put_line(out, "Server: ", head.server);
    put_line(out, "Date: ", head.date);
    out.append(head.extra_lines);
    if (!body.empty()) put_line(out, "Content-Type: ", head.content_type);
    out.append("Content-Length: ");
    put_number(out, body.size());
    out.append("\r\n\r\n");
    out.append(body);
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
