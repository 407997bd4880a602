#pragma once

#include "relayauth/base/result.hpp"
#include "relayauth/base/wall_time.hpp"
#include "relayauth/certificate/facts.hpp"
#include "relayauth/keyring/ring.hpp"
#include "relayauth/net/tls_context.hpp"
#include "relayauth/server/options.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace relayauth::server {

// loaded_keys is everything that serve reads from files, and reads again on SIGHUP: all of it or
// nothing.
struct loaded_keys {
    keyring::ring ring;
    std::vector<wall_time> not_after;           // in the ring's order
    certificate::facts about;                   // the A/V authentication certificate that mints
    std::vector<certificate::facts> verifying;  // those that only verify
    std::shared_ptr<const net::tls_context> tls;
    std::optional<certificate::facts> tls_about;  // of --tls-certificate, where it is another one
    std::optional<secret> redis_password;         // AUTH is required at --redis-listen
    std::vector<std::string> warnings;            // lines for the operator
};

// load_keys reads certificates, keys, passwords, TLS certificate, client CA and relay CA as
// `chosen` says, which has passed check(). A minting or TLS certificate outside its dates at `now`,
// which is the machine's clock and not --clock-offset's, is refused unless it is allowed; one that
// only verifies is loaded whatever its dates say. Fails with one line that names the file and says
// what to do next.
result<loaded_keys, std::string> load_keys(const options& chosen, wall_time now);

}  // namespace relayauth::server
