#include "relayauth/client/endpoint.hpp"

#include "relayauth/mras/request.hpp"

#include <charconv>

namespace relayauth::client {
namespace {

std::optional<std::uint16_t> parse_port(std::string_view text) {
    std::uint16_t port = 0;
    const auto end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, port);
    if (read.ec != std::errc() || read.ptr != end || port == 0) return std::nullopt;
    return port;
}

}  // namespace

std::optional<endpoint> parse_endpoint(std::string_view text) {
    endpoint where;
    auto host = text;
    std::string_view port;
    if (text.starts_with('[')) {
        const auto bracket = text.find(']');
        if (bracket == std::string_view::npos) return std::nullopt;
        host = text.substr(1, bracket - 1);
        port = text.substr(bracket + 1);
        if (host.find(':') == std::string_view::npos) return std::nullopt;
    } else if (text.find(':') == text.rfind(':')) {
        host = text.substr(0, text.find(':'));
        port = text.substr(host.size());
    }
    if (!port.empty()) {
        const auto number = port[0] == ':' ? parse_port(port.substr(1)) : std::nullopt;
        if (!number) return std::nullopt;
        where.port = *number;
    }
    // A colon is what only IPv6 has here; anything else would end the host of a URI.
    if (host.find_first_of("@;?[]") != std::string_view::npos) return std::nullopt;
    where.host = host;
    if (!mras::is_sip_uri("sip:" + uri_host(where))) return std::nullopt;
    return where;
}

std::string uri_host(const endpoint& where) {
    const bool ipv6 = where.host.find(':') != std::string::npos;
    return ipv6 ? "[" + where.host + "]" : where.host;
}

std::string certificate_name(std::string host) {
    if (host.size() > 1 && host.back() == '.') host.pop_back();
    return host;
}

std::string to_text(const endpoint& where) {
    return uri_host(where) + ":" + std::to_string(where.port);
}

}  // namespace relayauth::client
