#include "relayauth/stun/message.hpp"

#include "relayauth/crypto/constant_time.hpp"
#include "relayauth/crypto/hmac_sha1.hpp"
#include "relayauth/crypto/hmac_sha256.hpp"
#include "relayauth/stun/fingerprint.hpp"
#include "relayauth/stun/wire_constants.hpp"

namespace relayauth::stun {
namespace {

constexpr std::array<std::uint8_t, ms_integrity_block> zeros{};

// `octets` holds a whole message.
std::optional<form> form_of(bytes_view octets) {
    if (load_be32(&octets[cookie_offset]) == magic_cookie) return form::rfc;
    const auto list = octets.subspan(header_size);
    const bool has_ms_cookie = list.size() >= attribute_header_size + ms_magic_cookie_size &&
                               load_be16(list.data()) == ms_attribute::magic_cookie &&
                               load_be16(&list[2]) == ms_magic_cookie_size &&
                               load_be32(&list[attribute_header_size]) == ms_magic_cookie;
    if (has_ms_cookie) return form::ms_turn;
    return std::nullopt;
}

// FINGERPRINT is the last, so the header's length counts it already.
bool fingerprint_fits(bytes_view octets, bytes_view value) {
    const auto text = octets.first(octets.size() - attribute_header_size - fingerprint_size);
    return fingerprint(text) == load_be32(value.data());
}

}  // namespace

result<unverified_message, errc> unverified_message::parse(bytes_view octets) {
    if (octets.size() < header_size) return errc::truncated;
    const auto type = load_be16(octets.data());
    if ((type & top_bits) != 0) return errc::not_stun;
    const std::size_t size = header_size + load_be16(&octets[length_offset]);
    if (octets.size() < size) return errc::truncated;
    if (octets.size() > size) return errc::length_field_wrong;

    const auto dialect = form_of(octets);
    if (!dialect) return errc::no_magic_cookie;
    if ((type & class_bits) != 0) return errc::not_a_request;
    // RFC 8489 section 5: every attribute is padded, so the lower two bits are zero.
    if (*dialect == form::rfc && size % attribute_alignment != 0) return errc::length_field_wrong;

    const auto found = read_attributes(octets.subspan(header_size), *dialect);
    if (!found) return found.error();
    if (found->fingerprint && !fingerprint_fits(octets, *found->fingerprint)) {
        return errc::fingerprint_wrong;
    }
    return unverified_message(octets, *dialect, *found);
}

std::uint16_t unverified_message::method() const {
    const auto type = load_be16(octets_.data());
    // RFC 8489 section 5: the two bits of the class lie between those of the method.
    return static_cast<std::uint16_t>((type & 0x000F) | (type & 0x00E0) >> 1 |
                                      (type & 0x3E00) >> 2);
}

std::optional<digest> unverified_message::password_algorithm() const {
    const auto number = found_.password_algorithm.value_or(password_algorithm_md5);
    if (number == password_algorithm_md5) return digest::md5;
    if (number == password_algorithm_sha256) return digest::sha256;
    return std::nullopt;
}

bool unverified_message::has_sha256_ms_integrity() const {
    // In RFC form MESSAGE-INTEGRITY has never this size.
    return found_.integrity.value_or(bytes_view()).size() == sha256_integrity_size;
}

unverified_message::signed_text unverified_message::text_before(bytes_view tag) const {
    const auto tag_offset = static_cast<std::size_t>(tag.data() - octets_.data());
    const auto text_size = tag_offset - attribute_header_size;
    signed_text text{{octets_[0], octets_[1]}, octets_.first(text_size).subspan(4), {}};
    const auto length = tag_offset + tag.size() - header_size;
    store_be16(&text.start[length_offset], static_cast<std::uint16_t>(length));
    const auto beyond_block = text_size % ms_integrity_block;
    if (form_ == form::ms_turn && beyond_block != 0) {
        text.zeros = bytes_view(zeros).subspan(beyond_block);
    }
    return text;
}

bool unverified_message::signed_by(bytes_view long_term_key) const {
    if (!is_signed()) return false;
    if (found_.integrity) {
        // MS-TURN's 32 octets are no SHA-1 tag whatever they hold: another size is unequal.
        const auto text = text_before(*found_.integrity);
        const auto tag =
            crypto::hmac_sha1_key(long_term_key).sign({text.start, text.rest, text.zeros});
        if (!crypto::constant_time_equal(tag, *found_.integrity)) return false;
    }
    if (found_.integrity_sha256) {
        const auto text = text_before(*found_.integrity_sha256);
        const auto tag = crypto::hmac_sha256(long_term_key, {bytes_view(text.start), text.rest});
        const auto kept = bytes_view(tag).first(found_.integrity_sha256->size());
        if (!crypto::constant_time_equal(kept, *found_.integrity_sha256)) return false;
    }
    return true;
}

}  // namespace relayauth::stun
