#pragma once

#include "relayauth/server/loaded_keys.hpp"
#include "relayauth/server/options.hpp"
#include "relayauth/session/settings.hpp"

#include <memory>

namespace relayauth::server {

// make_snapshot is what workers get: the options and the keys, whose ring and Redis password it
// takes over.
std::shared_ptr<const session::settings> make_snapshot(const options& chosen, loaded_keys& keys);

// product_name is what Server headers and ServerInfo say: `relayauth/0.1.0`.
std::string product_name();
// product_version is its number alone: `0.1.0`.
std::string product_version();

}  // namespace relayauth::server
