#pragma once

#include "relayauth/base/bytes.hpp"

namespace relayauth::crypto {

// constant_time_equal compares octets in a time that depends on the lengths only.
// Different lengths are unequal. Safe from any thread.
bool constant_time_equal(bytes_view a, bytes_view b);

}  // namespace relayauth::crypto
