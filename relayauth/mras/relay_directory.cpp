#include "relayauth/mras/ip_literal.hpp"
#include "relayauth/mras/response.hpp"
#include "relayauth/mras/xml_escape.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstddef>

namespace relayauth::mras {
namespace {

void append_relay(text_buffer& out, const media_relay& relay, route by) {
    const bool by_address =
        by == route::directip && (is_ipv4_literal(relay.host) || is_ipv6_literal(relay.host));
    const std::string_view element = by_address ? "directIPAddress" : "hostName";
    out.put("<mediaRelay><location>", to_text(relay.where), "</location><", element, ">");
    append_text(out, relay.host);
    out.put("</", element, "><udpPort>", std::to_string(relay.udp_port), "</udpPort><tcpPort>");
    out.put(std::to_string(relay.tcp_port), "</tcpPort></mediaRelay>");
}

std::string relays_xml(std::span<const media_relay> relays, location where, route by) {
    text_buffer out;
    for (const auto& relay : relays) {
        if (relay.where == where) append_relay(out, relay, by);
    }
    return std::string(out.text());
}

}  // namespace

relay_directory::relay_directory(std::span<const media_relay> relays) {
    assert(!relays.empty());
    for (const auto by : {route::loadbalanced, route::directip}) {
        std::array<std::string, 2> lists;  // by location
        for (const auto where : {location::internet, location::intranet}) {
            lists[static_cast<std::size_t>(where)] = relays_xml(relays, where, by);
        }
        auto& [internet, intranet] = lists;
        const auto wrapped = [](std::string_view inside) {
            return std::string("<mediaRelayList>").append(inside).append("</mediaRelayList>");
        };
        const auto column = static_cast<std::size_t>(by);
        xml_[0][column] = wrapped(internet.empty() ? intranet : internet);
        xml_[1][column] = wrapped(intranet.empty() ? internet : intranet);
        xml_[2][column] = wrapped(intranet + internet);
    }
}

std::string_view relay_directory::list_xml(std::optional<location> where, route by) const {
    const std::size_t row = where ? static_cast<std::size_t>(*where) : 2;
    return xml_[row][static_cast<std::size_t>(by)];
}

}  // namespace relayauth::mras
