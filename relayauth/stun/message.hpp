#pragma once

#include "relayauth/base/bytes.hpp"
#include "relayauth/base/result.hpp"
#include "relayauth/stun/attributes.hpp"
#include "relayauth/stun/digest.hpp"
#include "relayauth/stun/errc.hpp"

#include <array>
#include <cstdint>
#include <optional>

namespace relayauth::stun {

// unverified_message is a STUN or TURN request whose shape is right and whose signer nobody knows:
// all of it may be a lie. signed_by tells whether the holder of a key signed it; whose key that
// is, and whether it still counts, is credential's to decide. Whether the nonce is fresh and the
// request no replay is the relay's business: nothing here remembers or judges it.
class unverified_message {
public:
    // parse reads exactly one message as a datagram holds it; of a stream, without the framing
    // around it. It has at most 65,555 octets: what its 16-bit length field can count.
    // A FINGERPRINT, if there, is checked here. Fails with every errc.
    // Views in the result live as long as `octets`. No allocation; safe from any thread.
    static result<unverified_message, errc> parse(bytes_view octets);

    // form is the dialect; it says how a username and a password enter the key (protocol notes
    // 4.4).
    stun::form form() const { return form_; }

    // method is the 12-bit method, RFC 8489 section 5: 0x003 is Allocate in both forms. Beware of
    // 0x004: Refresh in RFC form (RFC 8656 section 17), Send in MS-TURN form, where a refresh is
    // another Allocate.
    std::uint16_t method() const;

    // username, realm, nonce are these attributes' values as they were sent, possibly empty;
    // nothing when absent. In MS-TURN form the username is raw, 52 or 56 octets of a token.
    std::optional<bytes_view> username() const { return found_.username; }
    std::optional<bytes_view> realm() const { return found_.realm; }
    std::optional<bytes_view> nonce() const { return found_.nonce; }

    // has_userhash: the client hides its name behind a hash (RFC 8489 14.4), which only a
    // server that knows all its users can turn back.
    bool has_userhash() const { return found_.userhash.has_value(); }

    // password_algorithm is the digest to make the key with (RFC 8489 14.12); md5 when the
    // attribute is absent and in MS-TURN form, nothing for an algorithm that is not known.
    std::optional<digest> password_algorithm() const;

    // is_signed: at least one integrity attribute is there, right or wrong.
    bool is_signed() const { return found_.integrity || found_.integrity_sha256; }

    // has_sha256_ms_integrity: MS-TURN form with a message integrity of 32 octets. How that one
    // is computed is not known to us (protocol notes 4.4), so signed_by says no.
    bool has_sha256_ms_integrity() const;

    // signed_by tells whether the holder of `long_term_key` signed the message: every
    // integrity attribute that is there fits (RFC 8489 14.5 and 14.6, protocol notes 4.4). False
    // when there is none. Any key will do, so also the password of a short-term credential. Tags
    // are compared in constant time; a truncated one as far as it goes. No allocation.
    bool signed_by(bytes_view long_term_key) const;

private:
    // signed_text is what an integrity attribute signs, in parts: the first octets of the header
    // with a length that counts up to the attribute's end, what lies between, MS-TURN's zeros.
    struct signed_text {
        std::array<std::uint8_t, 4> start;
        bytes_view rest;
        bytes_view zeros;
    };

    unverified_message(bytes_view octets, stun::form dialect, const attributes& found)
        : octets_(octets), form_(dialect), found_(found) {}
    signed_text text_before(bytes_view tag) const;

    bytes_view octets_;
    stun::form form_;
    attributes found_;
};

}  // namespace relayauth::stun
