#pragma once

#include <string>

namespace relayauth::doctor {

// is_for tells whether a certificate (PEM) may stand for `name`, a host name or an address, as TLS
// clients look at it (RFC 6125): alternative names first, wildcards in the left-most label. False
// for what is no certificate. Safe from any thread.
bool is_for(const std::string& certificate_pem, const std::string& name);

}  // namespace relayauth::doctor
