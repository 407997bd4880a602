#pragma once

#include "relayauth/certificate/create.hpp"
#include "relayauth/certificate/handles.hpp"

#include <optional>

// Used inside the room only.
namespace relayauth::certificate {

// add_extensions adds basicConstraints, subjectKeyIdentifier, subjectAltName and the usages to a
// certificate that has its subject and public key. Fails with errc not_a_name, not_a_usage,
// crypto_unavailable.
std::optional<failure> add_extensions(x509_st* certificate, const create_request& request);

}  // namespace relayauth::certificate
