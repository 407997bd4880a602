#include "relayauth/session/access.hpp"

#include "relayauth/base/glob.hpp"

#include <algorithm>

namespace relayauth::session {
namespace {

constexpr ip_octets mapped_loopback = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 127, 0, 0, 0};
constexpr ip_octets ipv6_loopback = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

// Whether --allow names no addresses, in which case something else must let `who` in, or names
// this one.
bool is_address_allowed(const access_policy& policy, const peer& who) {
    return policy.allowed.empty() ||
           std::any_of(policy.allowed.begin(), policy.allowed.end(),
                       [&who](const network& each) { return contains(each, who.octets); });
}

bool address_may_ask(const access_policy& policy, const peer& who) {
    if (is_loopback(who.octets)) return true;
    if (policy.allowed.empty()) return policy.client_certificate_required;
    return is_address_allowed(policy, who);
}

bool plaintext_may_ask(const access_policy& policy, const peer& who) {
    switch (policy.plaintext) {
        case plaintext_rule::always:
            return true;
        case plaintext_rule::never:
            return false;
        case plaintext_rule::loopback:
            return is_loopback(who.octets);
    }
    return false;
}

bool name_may_mint(const access_policy& policy, const peer& who) {
    if (policy.client_names.empty()) return true;
    if (!who.has_certificate) return false;  // --relay-ca vouches for relays, not for who mints
    for (const auto& pattern : policy.client_names) {
        for (const auto& name : who.certificate_names) {
            if (matches_glob(pattern, name)) return true;
        }
    }
    return false;
}

// What `who` may do without regard to --relay-ca.
standing admit_client(const access_policy& policy, const peer& who) {
    if (!address_may_ask(policy, who)) return standing::not_allowed;
    if (!who.tls && !plaintext_may_ask(policy, who)) return standing::tls_required;
    // With --client-ca the handshake refuses those without a certificate; what arrives here without
    // one came in plain text, or is a relay.
    if (policy.client_certificate_required && !who.has_certificate && !is_loopback(who.octets)) {
        return standing::tls_required;
    }
    return name_may_mint(policy, who) ? standing::may_mint : standing::may_validate;
}

}  // namespace

std::string_view advice(standing value) {
    switch (value) {
        case standing::may_mint:
            return "";
        case standing::may_validate:
            return "it may not mint: no --client-name matches its certificate, or it is served "
                   "for its certificate of --relay-ca only";
        case standing::tls_required:
            return "plain text is not taken from this address: let it use TLS, or see --plaintext";
        case standing::not_allowed:
            return "this address is not served: --allow CIDR lets it in, and so does --client-ca "
                   "FILE without --allow, or a relay's certificate of --relay-ca";
    }
    return {};
}

bool is_loopback(const ip_octets& address) {
    return address == ipv6_loopback || contains({mapped_loopback, 104}, address);
}

bool contains(const network& range, const ip_octets& address) {
    for (unsigned bit = 0; bit < range.prefix_bits && bit < 128; bit += 8) {
        const auto left = std::min(range.prefix_bits - bit, 8u);
        const auto mask = static_cast<std::uint8_t>(0xFF00u >> left);
        if ((range.address[bit / 8] ^ address[bit / 8]) & mask) return false;
    }
    return true;
}

standing admit(const access_policy& policy, const peer& who) {
    const auto as_client = admit_client(policy, who);
    if (may_ask(as_client) || !who.tls || !who.is_relay) return as_client;
    return is_address_allowed(policy, who) ? standing::may_validate : as_client;
}

standing admit_redis(const access_policy& policy, bool has_password, const peer& who) {
    const bool served =
        is_loopback(who.octets) || (has_password && is_address_allowed(policy, who));
    return served ? standing::may_validate : standing::not_allowed;
}

bool may_have_keys(const peer& who) {
    return is_loopback(who.octets) || who.is_relay;
}

}  // namespace relayauth::session
