#include "relayauth/doctor/token_look.hpp"

#include "relayauth/base/base64.hpp"
#include "relayauth/client/endpoint.hpp"
#include "relayauth/token/token.hpp"

#include <array>
#include <optional>
#include <string>

namespace relayauth::doctor {
namespace {

std::string relay_text(const mras::received_credentials::relay& relay) {
    const auto& host = relay.host_name.empty() ? relay.direct_ip_address : relay.host_name;
    return relay.location + " " + host + " udp " + std::to_string(relay.udp_port) + " tcp " +
           std::to_string(relay.tcp_port);
}

std::string address_text(const std::string& host, std::uint32_t port) {
    return client::uri_host({host}) + ":" + std::to_string(port);
}

std::string problem_of_password(const std::string& password) {
    std::array<std::uint8_t, 64> octets{};
    const auto size = decode_base64(password, octets);
    if (!size) return "its password is not base64";
    if (*size == token::password_size) return {};
    return "its password has " + std::to_string(*size) + " octets, and it must be " +
           std::to_string(token::password_size);
}

}  // namespace

credential_findings look_at(std::span<const mras::received_credentials> got) {
    credential_findings seen;
    if (got.empty()) {
        seen.problem = "the answer is OK and holds no credential";
        return seen;
    }
    const auto& one = got.front();
    seen.duration_minutes = one.duration_minutes;
    for (const auto& each : one.relays) {
        seen.relays.push_back(relay_text(each));
        for (const auto& host : {each.host_name, each.direct_ip_address}) {
            if (!host.empty()) seen.relay_addresses.push_back(address_text(host, each.udp_port));
        }
    }
    std::array<std::uint8_t, token::max_username_size> octets{};
    const auto size = decode_base64(one.username, octets);
    if (!size) {
        seen.problem = "its username is not base64 of a token";
        return seen;
    }
    const auto read = token::unverified_token::decode(bytes_view(octets).first(*size));
    if (!read) {
        seen.problem = "its username is no token of a known form";
        return seen;
    }
    seen.version = read->claimed().version == token::version::v1 ? "v1" : "v2";
    seen.issued_at = read->claimed().window().issued_at;
    seen.expires_at = read->claimed().window().expires_at;
    seen.problem = problem_of_password(one.password);
    if (seen.problem.empty() && seen.duration_minutes == 0) seen.problem = "its duration is 0";
    return seen;
}

}  // namespace relayauth::doctor
