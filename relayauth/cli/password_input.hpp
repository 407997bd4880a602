#pragma once

#include "relayauth/base/result.hpp"
#include "relayauth/base/secret.hpp"

#include <string>

namespace relayauth::cli {

// read_password reads one line from `descriptor`. From a terminal it asks first (on standard error)
// and the typing is not shown. Fails with one line, as client::read_password_line does.
result<secret, std::string> read_password(int descriptor);

}  // namespace relayauth::cli
