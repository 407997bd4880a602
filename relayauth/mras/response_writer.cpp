#include "relayauth/mras/response.hpp"
#include "relayauth/mras/xml_escape.hpp"

#include <charconv>

namespace relayauth::mras {
namespace {

void append_named(std::string& out, std::string_view name, std::string_view value) {
    out.append(" ").append(name).append("=\"");
    append_attribute(out, value);
    out += '"';
}

}  // namespace

// Protocol notes 1.4 and 1.5. OfficeSIP put such a declaration before its answers, and Microsoft's
// clients were content.
void begin_response(std::string& out, const response_head& head) {
    out += "<?xml version=\"1.0\"?><response";
    if (head.request_id) append_named(out, "requestID", *head.request_id);
    if (head.to) append_named(out, "to", *head.to);
    if (head.from) append_named(out, "from", *head.from);
    append_named(out, "version", head.version);
    if (head.with_server_version) out += " serverVersion=\"3.0\"";
    append_named(out, "reasonPhrase", to_text(head.reason));
    out.append(" xmlns=\"").append(xml_namespace).append("\">");
}

void add_credentials(std::string& out, const credentials_response& value) {
    out += "<credentialsResponse credentialsRequestID=\"";
    append_attribute(out, value.id);
    out += "\"><credentials><username>";
    append_text(out, value.username);
    out += "</username><password>";
    append_text(out, value.password);
    out += "</password><duration>";
    char digits[16];
    const auto end = std::to_chars(digits, digits + sizeof digits, value.duration_minutes).ptr;
    out.append(digits, end);
    out += "</duration>";
    if (value.realm) {
        out += "<realm>";
        append_text(out, *value.realm);
        out += "</realm>";
    }
    out.append("</credentials>").append(value.relay_list_xml).append("</credentialsResponse>");
}

void end_response(std::string& out) {
    out += "</response>";
}

}  // namespace relayauth::mras
