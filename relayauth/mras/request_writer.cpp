#include "relayauth/mras/request.hpp"
#include "relayauth/mras/xml_escape.hpp"

namespace relayauth::mras {
namespace {

void append_credentials_request(std::string& out, const credentials_request& value) {
    out += "<credentialsRequest credentialsRequestID=\"";
    append_attribute(out, value.id);
    out += "\"><identity>";
    append_text(out, value.identity);
    out += "</identity>";
    if (value.where) out.append("<location>").append(to_text(*value.where)).append("</location>");
    if (value.duration_minutes) {
        out += "<duration>";
        out += std::to_string(*value.duration_minutes);
        out += "</duration>";
    }
    out += "</credentialsRequest>";
}

}  // namespace

void write_request(std::string& out, const request& value) {
    out += "<request requestID=\"";
    append_attribute(out, value.request_id);
    out += "\" version=\"";
    append_attribute(out, value.version_text);
    out += "\" to=\"";
    append_attribute(out, value.to);
    out += "\" from=\"";
    append_attribute(out, value.from);
    if (value.by != route::loadbalanced) out.append("\" route=\"").append(to_text(value.by));
    out.append("\" xmlns=\"").append(xml_namespace).append("\">");
    for (const auto& one : value.credentials) append_credentials_request(out, one);
    out += "</request>";
}

}  // namespace relayauth::mras
