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
    std::vector<wall_time> not_after;  // in the ring's order
    certificate::facts about;          // the A/V authentication certificate
    std::shared_ptr<const net::tls_context> tls;
    std::optional<certificate::facts> tls_about;  // of --tls-certificate, where it is another one
    std::vector<std::string> warnings;            // lines for the operator
};

// load_keys reads certificate, key, password, TLS certificate and client CA as `chosen` says, and
// refuses a certificate outside its dates at `now`, which is the
// machine's clock and not --clock-offset's, unless it is allowed. Fails with one line that
// names the file and says what to do next.
result<loaded_keys, std::string> load_keys(const options& chosen, wall_time now);

}  // namespace relayauth::server
