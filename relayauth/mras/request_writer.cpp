#include "relayauth/mras/request.hpp"
#include "relayauth/mras/xml_escape.hpp"

namespace relayauth::mras {
namespace {

void append_credentials_request(text_buffer& out, const credentials_request& value) {
    out.put("<credentialsRequest credentialsRequestID=\"");
    append_attribute(out, value.id);
    out.put("\"><identity>");
    append_text(out, value.identity);
    out.put("</identity>");
    if (value.where) out.put("<location>", to_text(*value.where), "</location>");
    if (value.duration_minutes) {
        out.put("<duration>");
        out.put_number(*value.duration_minutes);
        out.put("</duration>");
    }
    out.put("</credentialsRequest>");
}

}  // namespace

void write_request(std::string& out, const request& value) {
    text_buffer xml;
    xml.put("<request requestID=\"");
    append_attribute(xml, value.request_id);
    xml.put("\" version=\"");
    append_attribute(xml, value.version_text);
    xml.put("\" to=\"");
    append_attribute(xml, value.to);
    xml.put("\" from=\"");
    append_attribute(xml, value.from);
    if (value.by != route::loadbalanced) xml.put("\" route=\"", to_text(value.by));
    xml.put("\" xmlns=\"", xml_namespace, "\">");
    for (const auto& one : value.credentials) append_credentials_request(xml, one);
    xml.put("</request>");
    out.append(xml.text());
}

}  // namespace relayauth::mras
