#pragma once

#include "relayauth/base/text_buffer.hpp"
#include "relayauth/mras/vocabulary.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace relayauth::mras {

// media_relay is one relay as configured. `host` is an FQDN or an IP literal without brackets; the
// schema has no room for an empty one.
struct media_relay {
    location where = location::internet;
    std::string host;
    std::uint16_t udp_port = 3478;
    std::uint16_t tcp_port = 443;
};

// relay_directory holds the mediaRelayList element for each location and route, written once when
// it is made. A location without relays gets the other's list, since the schema forbids an empty
// one; no location: both, intranet first. Immutable, safe from any thread. Needs at least one
// relay.
class relay_directory {
public:
    explicit relay_directory(std::span<const media_relay> relays);

    // list_xml gives the whole mediaRelayList element. With route::directip a relay whose host is
    // an IP literal stands as directIPAddress, any other as hostName. Valid as long as this
    // directory.
    std::string_view list_xml(std::optional<location> where, route by) const;

private:
    std::string xml_[3][2];  // internet, intranet, both; by route
};

// response_head is everything of `response` but its credentialsResponse elements.
struct response_head {
    std::optional<std::string_view> request_id;  // absent when the request was malformed
    std::optional<std::string_view> to;
    std::optional<std::string_view> from;
    std::string_view version;
    bool with_server_version = true;  // false when a valid request says 1.0
    reason_phrase reason = reason_phrase::ok;
};

// credentials_response is one element; text is escaped when written.
struct credentials_response {
    std::string_view id;
    std::string_view username;
    std::string_view password;
    std::uint32_t duration_minutes = 0;
    std::optional<std::string_view> realm;
    std::string_view relay_list_xml;  // from relay_directory::list_xml
};

// begin_response, add_credentials (0 to 100 times) and end_response append one response to `out`,
// with an XML declaration. Text is escaped; characters that XML cannot carry become U+FFFD. They
// allocate only if `out` must grow.
void begin_response(text_buffer& out, const response_head& head);
void add_credentials(text_buffer& out, const credentials_response& value);
void end_response(text_buffer& out);

// received_credentials is one credentialsResponse as a client reads it, unescaped; what was missing
// is empty or 0. Owns its text.
struct received_credentials {
    std::string id, username, password, realm;
    std::uint32_t duration_minutes = 0;
    struct relay {
        std::string location, host_name, direct_ip_address;
        std::uint32_t udp_port = 0, tcp_port = 0;
    };
    std::vector<relay> relays;
};

// received_response is a whole answer. `reason` is as received: parse_reason_phrase tells whether
// it is one of the ten. Owns its text.
struct received_response {
    std::string request_id, to, from, version, server_version, reason;
    std::vector<received_credentials> credentials;
};

// parse_response reads an answer leniently, as clients do: nothing if it is not well-formed, has
// another root or namespace, or lacks reasonPhrase. What it does not know, and elements of other
// namespaces, it passes over. The caller bounds the size. Safe from any thread.
std::optional<received_response> parse_response(std::string_view body);

}  // namespace relayauth::mras
