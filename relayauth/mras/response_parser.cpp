#include "relayauth/base/ascii.hpp"
#include "relayauth/mras/response.hpp"
#include "relayauth/mras/well_formed.hpp"
#include "relayauth/mras/xml_chars.hpp"
#include "relayauth/mras/xml_tree.hpp"

#include <algorithm>
#include <charconv>
#include <pugixml.hpp>

namespace relayauth::mras {
namespace {

// for_each_child calls `visit` with the name and the node of each child element in our namespace;
// false if one of them is not namespace-well-formed or `visit` says so.
template <class Visit>
bool for_each_child(const pugi::xml_node& parent, element_scope& scope, Visit visit) {
    for (auto child = parent.first_child(); child; child = child.next_sibling()) {
        if (child.type() != pugi::node_element) continue;
        const auto name = scope.enter(child);
        if (!name) return false;
        if (name->is_mrasp && !visit(name->local, child)) return false;
        scope.leave(*name);
    }
    return true;
}

std::string text_of(const pugi::xml_node& element) {
    return std::string(element_text(element).value_or(std::string_view{}));
}

// 0 if it is no number or does not fit.
std::uint32_t number_of(const pugi::xml_node& element) {
    const auto text = text_of(element);
    const auto digits = trim_xml_space(text);
    std::uint32_t value = 0;
    const auto end = digits.data() + digits.size();
    const auto read = std::from_chars(digits.data(), end, value);
    return read.ec == std::errc{} && read.ptr == end ? value : 0;
}

bool read_relays(const pugi::xml_node& list, element_scope& scope, received_credentials& into) {
    return for_each_child(list, scope, [&](std::string_view name, const pugi::xml_node& element) {
        if (name != "mediaRelay") return true;
        auto& relay = into.relays.emplace_back();
        const auto read = [&relay](std::string_view item, const pugi::xml_node& value) {
            if (item == "location") relay.location = text_of(value);
            if (item == "hostName") relay.host_name = text_of(value);
            if (item == "directIPAddress") relay.direct_ip_address = text_of(value);
            if (item == "udpPort") relay.udp_port = number_of(value);
            if (item == "tcpPort") relay.tcp_port = number_of(value);
            return true;
        };
        return for_each_child(element, scope, read);
    });
}

bool read_credentials(const pugi::xml_node& element, element_scope& scope,
                      received_credentials& into) {
    const auto read = [&into](std::string_view name, const pugi::xml_node& value) {
        if (name == "username") into.username = text_of(value);
        if (name == "password") into.password = text_of(value);
        if (name == "realm") into.realm = text_of(value);
        if (name == "duration") into.duration_minutes = number_of(value);
        return true;
    };
    return for_each_child(element, scope, read);
}

bool read_credentials_response(const pugi::xml_node& element, element_scope& scope,
                               received_credentials& into) {
    into.id = element.attribute("credentialsRequestID").value();
    const auto read = [&](std::string_view name, const pugi::xml_node& part) {
        if (name == "credentials") return read_credentials(part, scope, into);
        if (name == "mediaRelayList") return read_relays(part, scope, into);
        return true;
    };
    return for_each_child(element, scope, read);
}

bool read_response(const pugi::xml_node& root, received_response& into) {
    element_scope scope;
    const auto name = scope.enter(root);
    if (!name || !name->is_mrasp || name->local != "response") return false;
    if (!root.attribute("reasonPhrase")) return false;
    into.request_id = root.attribute("requestID").value();
    into.to = root.attribute("to").value();
    into.from = root.attribute("from").value();
    into.version = root.attribute("version").value();
    into.server_version = root.attribute("serverVersion").value();
    into.reason = root.attribute("reasonPhrase").value();
    const auto read = [&](std::string_view child, const pugi::xml_node& element) {
        if (child != "credentialsResponse") return true;
        return read_credentials_response(element, scope, into.credentials.emplace_back());
    };
    return for_each_child(root, scope, read);
}

}  // namespace

std::optional<received_response> parse_response(std::string_view body) {
    if (check_well_formed(body)) return std::nullopt;
    std::string copy(body);
    pugi::xml_document document;
    const auto options = pugi::parse_default | pugi::parse_ws_pcdata;
    if (!document.load_buffer_inplace(copy.data(), copy.size(), options, pugi::encoding_utf8)) {
        return std::nullopt;
    }
    received_response response;
    if (!read_response(document.document_element(), response)) return std::nullopt;
    return response;
}

}  // namespace relayauth::mras
