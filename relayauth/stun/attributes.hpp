#pragma once

#include "relayauth/base/bytes.hpp"
#include "relayauth/base/result.hpp"
#include "relayauth/stun/errc.hpp"

#include <cstdint>
#include <optional>

namespace relayauth::stun {

// form is the dialect that a request is written in: RFC 5389, 8489 and 8656, or MS-TURN (protocol
// notes 4).
enum class form { rfc, ms_turn };

// attributes is what a request says that matters to who signed it; all of it may be a lie. Views
// look at the values without header and padding.
struct attributes {
    std::optional<bytes_view> username;
    std::optional<bytes_view> realm;
    std::optional<bytes_view> nonce;
    std::optional<bytes_view> userhash;               // RFC form only, as are the next three
    std::optional<std::uint16_t> password_algorithm;  // the number, known or not
    std::optional<bytes_view> integrity_sha256;       // 16 to 32 octets in steps of 4
    std::optional<bytes_view> fingerprint;            // 4 octets, not compared with anything
    std::optional<bytes_view> integrity;              // 20 octets, in MS-TURN form also 32
};

// read_attributes reads the attributes that follow the header of a request in `dialect`; `list` is
// all of them. Others than those above are skipped: which of them a relay must understand is its
// business. At the end, and in this order, may stand MESSAGE-INTEGRITY, MESSAGE-INTEGRITY-SHA256
// and FINGERPRINT (RFC 8489 14.5 to 14.7); in MS-TURN form Message Integrity is the last.
// Fails with attribute_overruns, attribute_repeated, integrity_not_last, fingerprint_not_last,
// integrity_size, userhash_size, fingerprint_size, password_algorithm_malformed.
// The views live as long as `list`'s octets. No allocation; safe from any thread.
result<attributes, errc> read_attributes(bytes_view list, form dialect);

}  // namespace relayauth::stun
