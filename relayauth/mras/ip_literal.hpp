#pragma once

#include <string_view>

namespace relayauth::mras {

// is_ipv4_literal: four numbers up to 255, as in `192.0.2.1`; no leading zeros, since some readers
// would take those for octal (RFC 3986 section 3.2.2).
bool is_ipv4_literal(std::string_view text);

// is_ipv6_literal: `2001:db8::1` or `::ffff:192.0.2.1` (RFC 4291 section 2.2), without brackets and
// without a zone.
bool is_ipv6_literal(std::string_view text);

}  // namespace relayauth::mras
