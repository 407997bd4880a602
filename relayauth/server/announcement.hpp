#pragma once

#include "relayauth/server/counters.hpp"
#include "relayauth/server/loaded_keys.hpp"
#include "relayauth/server/log.hpp"
#include "relayauth/server/options.hpp"
#include "relayauth/session/connection.hpp"

#include <cstddef>
#include <span>
#include <string>

namespace relayauth::server {

// announce_keys says which key mints, and that the certificate's name does not matter.
void announce_keys(log& output, const loaded_keys& keys, wall_time now);

// listener_words says what is spoken at a listener of this kind, and who may.
std::string listener_words(session::listener kind, const options& chosen);

// announce_settings says who is served, which clock decides, and which relays are named.
void announce_settings(log& output, const options& chosen, wall_time now, std::size_t workers);

// announce_totals is the last line of a server: what all workers counted, by kind and reason; `lab`
// is
// --lab.
void announce_totals(log& output, std::span<const counters* const> all, bool lab);

}  // namespace relayauth::server
