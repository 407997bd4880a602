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
    may_validate,  // not minting: --client-name names others, or it is here as a relay only
    tls_required,  // plain text from where plain text is not taken
    not_allowed,   // neither loopback, nor --allow, nor a certificate
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

// admit decides what `who` may do. A relay's certificate lets it validate from any address of
// `allowed`, or from any at all if that is empty; it does not let it mint. Pure; safe from any
// thread.
standing admit(const access_policy& policy, const peer& who);

// admit_redis decides whether `who` may ask at --redis-listen: loopback peers, and with
// --redis-password-file those that --allow names, or any if it names none; each of them has to give
// the password, where there is one. Pure; safe from any thread.
standing admit_redis(const access_policy& policy, bool has_password, const peer& who);

// may_have_keys: whether `who`, if it may ask at all, may have the long-term key of a credential,
// with which anyone can pose as its owner: loopback peers and relays. Pure; safe from any thread.
bool may_have_keys(const peer& who);

}  // namespace relayauth::session
