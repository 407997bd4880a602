#pragma once

#include "relayauth/doctor/findings.hpp"
#include "relayauth/mras/response.hpp"

#include <span>

namespace relayauth::doctor {

// look_at tells whether the credentials of an answer have the form that relays can read: one of
// them, a token in base64, a password of 20 octets, a duration. Keeps neither. Pure; safe from any
// thread.
credential_findings look_at(std::span<const mras::received_credentials> got);

}  // namespace relayauth::doctor
