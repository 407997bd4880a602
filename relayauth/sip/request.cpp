#include "relayauth/sip/request.hpp"

#include "relayauth/base/ascii.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace relayauth::sip {
namespace {

constexpr std::uint32_t largest_cseq = 0x7FFF'FFFF;  // RFC 3261 8.1.1.5

std::optional<errc> read_start_line(std::string_view line, request& out) {
    const auto first = line.find(' ');
    const auto last = line.rfind(' ');
    if (first == std::string_view::npos || first == last) return errc::malformed_start_line;
    const auto version = line.substr(last + 1);
    out.method = line.substr(0, first);
    out.uri = line.substr(first + 1, last - first - 1);
    if (!is_token(out.method) || out.uri.empty()) return errc::malformed_start_line;
    if (out.uri.find(' ') != std::string_view::npos) return errc::malformed_start_line;
    if (out.uri.find('\t') != std::string_view::npos) return errc::malformed_start_line;
    if (ascii::equal_ignoring_case(version, "SIP/2.0")) return std::nullopt;
    if (version.size() < 5 || !ascii::equal_ignoring_case(version.substr(0, 4), "SIP/")) {
        return errc::malformed_start_line;
    }
    return errc::unsupported_sip_version;
}

// gather keeps the first of each header that matters and reports what must not occur.
std::optional<errc> gather(request& out) {
    std::optional<errc> why;
    unsigned seen = 0;  // one bit for each header_id
    const auto once = [&](std::string_view& slot, const header& each) {
        const auto bit = 1u << static_cast<unsigned>(each.id);
        if ((seen & bit) != 0) why = why.value_or(errc::repeated_header);
        seen |= bit;
        if (slot.empty()) slot = each.value;
    };
    const header* top_via = nullptr;
    for (const auto& each : out.headers) {
        switch (each.id) {
            case header_id::from:
                once(out.from, each);
                break;
            case header_id::to:
                once(out.to, each);
                break;
            case header_id::call_id:
                once(out.call_id, each);
                break;
            case header_id::cseq:
                once(out.cseq, each);
                break;
            case header_id::via:
                if (top_via == nullptr) top_via = &each;
                break;
            case header_id::content_type:
                if (out.content_type.empty()) out.content_type = each.value;
                break;
            case header_id::date:
                if (out.date.empty()) out.date = each.value;
                break;
            case header_id::other:
                if (each.name.empty()) why = why.value_or(errc::malformed_header_line);
                break;
            default:
                break;
        }
    }
    if (top_via == nullptr) return errc::missing_via;
    out.top_via = parse_via(top_via->value);
    if (!out.top_via) return errc::malformed_via;
    return why;
}

std::optional<errc> read_cseq(request& out) {
    const auto* end = out.cseq.data() + out.cseq.size();
    std::uint64_t number = 0;
    const auto read = std::from_chars(out.cseq.data(), end, number);
    if (read.ec == std::errc::result_out_of_range) return errc::cseq_too_large;
    if (read.ec != std::errc()) return errc::malformed_cseq;
    const std::string_view rest(read.ptr, static_cast<std::size_t>(end - read.ptr));
    const auto method = ascii::trim(rest);
    if (method.size() == rest.size() || !is_token(method)) return errc::malformed_cseq;
    if (number > largest_cseq) return errc::cseq_too_large;
    out.cseq_number = static_cast<std::uint32_t>(number);
    if (method != out.method) return errc::cseq_method_differs;
    return std::nullopt;
}

std::optional<errc> check_required(const request& out) {
    if (out.from.empty()) return errc::missing_from;
    if (out.to.empty()) return errc::missing_to;
    if (out.call_id.empty()) return errc::missing_call_id;
    if (out.cseq.empty()) return errc::missing_cseq;
    return std::nullopt;
}

}  // namespace

const header* request::first(header_id id) const {
    const auto found = std::find_if(headers.begin(), headers.end(),
                                    [id](const header& each) { return each.id == id; });
    return found == headers.end() ? nullptr : &*found;
}

bool is_response(std::string_view start_line) {
    return start_line.size() > 8 && ascii::equal_ignoring_case(start_line.substr(0, 8), "SIP/2.0 ");
}

parsed_request parse_request(const header_table& table) {
    parsed_request parsed;
    auto& value = parsed.value;
    value.headers = table.headers();
    const auto bad_start = read_start_line(table.start_line, value);
    const auto bad_headers = gather(value);
    // Without a Via nothing can be answered, so that fault comes first.
    if (!value.top_via) {
        parsed.why = bad_headers;
    } else if (bad_start) {
        parsed.why = bad_start;
    } else if (const auto missing = check_required(value)) {
        parsed.why = missing;
    } else if (bad_headers) {
        parsed.why = bad_headers;
    } else {
        parsed.why = read_cseq(value);
    }
    return parsed;
}

bool has_tag(std::string_view from_or_to) {
    // Parameters stand behind the brackets: a `;` in the display name or the URI is not ours.
    const auto open = find_unquoted(from_or_to, '<');
    const auto close = open == from_or_to.size() ? 0 : from_or_to.find('>', open);
    if (close == std::string_view::npos) return false;
    for (auto at = find_unquoted(from_or_to, ';', close); at < from_or_to.size();) {
        const auto end = find_unquoted(from_or_to, ';', at + 1);
        const auto parameter = from_or_to.substr(at + 1, end - at - 1);
        const auto name = ascii::trim(parameter.substr(0, parameter.find('=')));
        if (ascii::equal_ignoring_case(name, "tag")) return true;
        at = end;
    }
    return false;
}

bool media_type_is(std::string_view content_type, std::string_view expected) {
    const auto type = content_type.substr(0, content_type.find(';'));
    return ascii::equal_ignoring_case(ascii::trim(type), expected);
}

method_kind kind_of(std::string_view method) {
    if (method == "SERVICE") return method_kind::service;
    if (method == "OPTIONS") return method_kind::options;
    if (method == "ACK") return method_kind::ack;
    if (method == "CANCEL") return method_kind::cancel;
    // RFC 3261, 3262, 3265, 3311, 3428, 3515, 3903, 6086, and Microsoft's NEGOTIATE and BENOTIFY.
    static constexpr std::array<std::string_view, 13> known = {
        "INVITE", "BYE",     "REGISTER", "INFO",    "PRACK",     "UPDATE",  "SUBSCRIBE",
        "NOTIFY", "MESSAGE", "REFER",    "PUBLISH", "NEGOTIATE", "BENOTIFY"};
    const bool is_known = std::find(known.begin(), known.end(), method) != known.end();
    return is_known ? method_kind::other_known : method_kind::unknown;
}

void write_service_request(std::string& out, const service_request& value) {
    const auto line = [&out](auto... parts) {
        (out.append(parts), ...);
        out.append("\r\n");
    };
    line("SERVICE ", value.uri, " SIP/2.0");
    line("Via: SIP/2.0/", value.transport, " ", value.sent_by, ";branch=z9hG4bK", value.branch,
         ";rport");
    line("Max-Forwards: 70");
    line("From: <", value.from_uri, ">;tag=", value.from_tag);
    line("To: <", value.to_uri, ">");
    line("Call-ID: ", value.call_id);
    line("CSeq: ", std::to_string(value.cseq_number), " SERVICE");
    if (!value.date.empty()) line("Date: ", value.date);
    line("User-Agent: relayauth");
    line("Content-Type: ", value.content_type);
    line("Content-Length: ", std::to_string(value.body.size()));
    line();
    out.append(value.body);
}

}  // namespace relayauth::sip
