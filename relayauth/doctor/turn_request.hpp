#pragma once

#include "relayauth/base/bytes.hpp"
#include "relayauth/stun/answer.hpp"
#include "relayauth/stun/request_writer.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace relayauth::doctor {

// turn_login is what signs a request: a credential, as text, and what the relay's 401 said.
struct turn_login {
    std::string username;
    std::string password;
    std::string realm;
    std::string nonce;
};

// The requests of a client of a relay, RFC 8656, as octets of a datagram. All are pure and safe
// from any thread. `login` signs them (RFC 8489 9.2, MD5); null: unsigned.

// An allocation over UDP, with the relay's own lifetime.
std::vector<std::uint8_t> allocate_request(const stun::transaction_id& id, const turn_login* login);
// A permission for the address of `peer` (section 9).
std::vector<std::uint8_t> permission_request(const stun::transaction_id& id,
                                             const turn_login& login, const stun::address& peer);
// A refresh with lifetime 0: the end of the allocation (section 7.1).
std::vector<std::uint8_t> release_request(const stun::transaction_id& id, const turn_login& login);
// A packet for `peer`; nobody signs indications (section 11.1).
std::vector<std::uint8_t> send_indication(const stun::transaction_id& id, const stun::address& peer,
                                          bytes_view payload);

}  // namespace relayauth::doctor
