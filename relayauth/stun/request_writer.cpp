#include "relayauth/stun/request_writer.hpp"

#include "relayauth/crypto/hmac_sha1.hpp"
#include "relayauth/stun/wire_constants.hpp"

#include <algorithm>

namespace relayauth::stun {

request_writer::request_writer(std::uint16_t type, const transaction_id& id)
    : octets_(header_size) {
    store_be16(octets_.data(), type);
    store_be32(&octets_[cookie_offset], magic_cookie);
    std::copy(id.begin(), id.end(), octets_.begin() + transaction_id_offset);
}

request_writer& request_writer::add(std::uint16_t type, bytes_view value) {
    const auto at = octets_.size();
    octets_.resize(at + attribute_header_size);
    store_be16(&octets_[at], type);
    store_be16(&octets_[at + 2], static_cast<std::uint16_t>(value.size()));
    octets_.insert(octets_.end(), value.begin(), value.end());
    octets_.resize((octets_.size() + attribute_alignment - 1) / attribute_alignment *
                   attribute_alignment);
    set_length(0);
    return *this;
}

request_writer& request_writer::add(std::uint16_t type, std::uint32_t value) {
    std::array<std::uint8_t, 4> octets{};
    store_be32(octets.data(), value);
    return add(type, bytes_view(octets));
}

request_writer& request_writer::sign(bytes_view long_term_key) {
    // The length that is signed counts the attribute already.
    set_length(attribute_header_size + sha1_integrity_size);
    const auto tag = crypto::hmac_sha1_key(long_term_key).sign(octets_);
    return add(attribute::message_integrity, bytes_view(tag));
}

void request_writer::set_length(std::size_t beyond) {
    const auto length = octets_.size() - header_size + beyond;
    store_be16(&octets_[length_offset], static_cast<std::uint16_t>(length));
}

}  // namespace relayauth::stun
