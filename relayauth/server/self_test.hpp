#pragma once

#include "relayauth/base/result.hpp"
#include "relayauth/base/wall_time.hpp"
#include "relayauth/client/failure.hpp"
#include "relayauth/mras/response.hpp"
#include "relayauth/rpc/client_codec.hpp"
#include "relayauth/session/settings.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace relayauth::server {

// self_test sends requests through a session of its own, as a client's octets would come, with the
// keys and limits of `in_force`: mints over SIP, validates over rpc, and checks that a wrong
// password and, once it has expired, the same credential are refused. Returns nothing when all is
// well, else what was not, in one line without secrets. Reports no event: nothing of it is counted
// or logged. Safe from any thread.
std::optional<std::string> self_test(std::shared_ptr<const session::settings> in_force,
                                     wall_time now);

// self_test_asks are the two questions of a self-test: each gives what came back, or nothing that
// could be read.
struct self_test_asks {
    std::function<result<mras::received_credentials, client::failure>(wall_time now)> mint;
    std::function<std::optional<rpc::received_verdict>(std::string_view username,
                                                       std::string_view password, wall_time now)>
        validate;
};

// self_test is the same with any one to ask; `expiry_grace` is that of who validates.
std::optional<std::string> self_test(const self_test_asks& ask, ticks expiry_grace, wall_time now);

}  // namespace relayauth::server
