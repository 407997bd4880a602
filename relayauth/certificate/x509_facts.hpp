#pragma once

#include "relayauth/base/result.hpp"
#include "relayauth/certificate/errc.hpp"
#include "relayauth/certificate/facts.hpp"
#include "relayauth/certificate/handles.hpp"

#include <string_view>

// Used inside the room only.
namespace relayauth::certificate {

// facts_of reads a certificate; fails with errc::damaged where its dates are no dates.
result<facts, failure> facts_of(x509_st* certificate, std::string_view role);

}  // namespace relayauth::certificate
