#pragma once

#include "relayauth/client/connect_settings.hpp"
#include "relayauth/client/mras_client.hpp"
#include "relayauth/client/transport.hpp"
#include "relayauth/doctor/findings.hpp"
#include "relayauth/doctor/time_budget.hpp"

#include <chrono>
#include <optional>

namespace relayauth::doctor {

// within_budget gives `settings` for one connection and its answer: TCP and TLS may take half of
// what is left each.
client::connect_settings within_budget(const client::connect_settings& settings,
                                       const time_budget& budget, std::chrono::milliseconds answer);

// connect_within connects by settings that within_budget gave; what it then waits for answers is no
// more than is left.
result<client::transport, client::failure> connect_within(const client::connect_settings& settings,
                                                          const time_budget& budget);

// first_contact connects, and writes what it saw on the way into `seen`. A certificate that
// ca_file does not let pass is noted, and ca_file cleared. A connection that is refused, reset,
// closed, or whose handshake is not answered, is tried a second time; where TLS fails then too, or
// another protocol answers it, `question` is asked in plain text, to learn who is there. Nothing:
// seen.not_connected says why.
std::optional<client::transport> first_contact(findings& seen, client::connect_settings& settings,
                                               const client::mras_question& question,
                                               const time_budget& budget);

}  // namespace relayauth::doctor
