#pragma once

#include "relayauth/session/peer.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace relayauth::session {

// network is a range of addresses: the first `prefix_bits` of 128 count.
struct network {
    ip_octets address{};
    unsigned prefix_bits = 128;
};

enum class plaintext_rule { loopback, always, never };

// access_policy is who may ask. The default serves loopback peers only.
struct access_policy {
    bool client_certificate_required = false;  // of all but plain text from loopback (--client-ca)
    std::vector<network> allowed;           // --allow; empty: no restriction by address of its own
    std::vector<std::string> client_names;  // --client-name globs: who may mint
    plaintext_rule plaintext = plaintext_rule::loopback;
};

// standing is what a peer may do.
enum class standing {
    may_mint,
    may_validate,  // not minting: --client-name names others
    tls_required,  // plain text from where plain text is not taken
    not_allowed,   // neither loopback, nor --allow, nor a client certificate
};

// advice says what the administrator can do about it, for the log; empty for may_mint.
std::string_view advice(standing value);

// may_ask: whether this peer is served at all.
constexpr bool may_ask(standing value) {
    return value == standing::may_mint || value == standing::may_validate;
}

// is_loopback: 127.0.0.0/8, also mapped into IPv6, and ::1.
bool is_loopback(const ip_octets& address);

// contains: whether the first prefix_bits of both are the same.
bool contains(const network& range, const ip_octets& address);

// admit decides what `who` may do. Pure; safe from any thread.
standing admit(const access_policy& policy, const peer& who);

}  // namespace relayauth::session
