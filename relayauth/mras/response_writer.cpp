#include "relayauth/mras/response.hpp"
#include "relayauth/mras/xml_escape.hpp"

namespace relayauth::mras {
namespace {

void append_named(text_buffer& out, std::string_view opening, std::string_view value) {
    out.put(opening);
    append_attribute(out, value);
    out.put("\"");
}

}  // namespace

// Protocol notes 1.4 and 1.5. OfficeSIP put such a declaration before its answers, and Microsoft's
// clients were content.
void begin_response(text_buffer& out, const response_head& head) {
    out.put("<?xml version=\"1.0\"?><response");
    if (head.request_id) append_named(out, " requestID=\"", *head.request_id);
    if (head.to) append_named(out, " to=\"", *head.to);
    if (head.from) append_named(out, " from=\"", *head.from);
    append_named(out, " version=\"", head.version);
    if (head.with_server_version) out.put(" serverVersion=\"3.0\"");
    out.put(" reasonPhrase=\"", to_text(head.reason), "\" xmlns=\"", xml_namespace, "\">");
}

void add_credentials(text_buffer& out, const credentials_response& value) {
    append_named(out, "<credentialsResponse credentialsRequestID=\"", value.id);
    out.put("><credentials><username>");
    append_text(out, value.username);
    out.put("</username><password>");
    append_text(out, value.password);
    out.put("</password><duration>");
    out.put_number(value.duration_minutes);
    out.put("</duration>");
    if (value.realm) {
        out.put("<realm>");
        append_text(out, *value.realm);
        out.put("</realm>");
    }
    out.put("</credentials>", value.relay_list_xml, "</credentialsResponse>");
}

void end_response(text_buffer& out) {
    out.put("</response>");
}

}  // namespace relayauth::mras
