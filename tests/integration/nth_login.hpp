#pragma once

#include "libnice_requests.hpp"

#include "relayauth/base/wall_time.hpp"
#include "relayauth/credential/message.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace relayauth::lab {

// nth_login is a credential minted for the nth user, and the realm and nonce of the 401 that it
// answers: identity, lifetime, version, moment, realm and nonce all vary with n. Minting and
// checking are functions here; there is no server.
class nth_login {
public:
    explicit nth_login(unsigned n);

    // An MRAS credential: base64 text for RFC relays, raw octets for MS-TURN.
    nice_login mras(nice_form form) const;
    nice_login turn_rest() const;

    // check is check_message at the moment of minting, with the key that minted.
    credential::verdict check(const std::vector<std::uint8_t>& request) const;
    // expect_accepted says why the request is not good.
    void expect_accepted(const std::vector<std::uint8_t>& request) const;

private:
    unsigned n_;
    wall_time now_;
    std::string identity_;
    std::chrono::minutes duration_;
    std::string realm_;
    std::string nonce_;
};

}  // namespace relayauth::lab
