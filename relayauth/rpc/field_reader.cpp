#include "relayauth/rpc/field_reader.hpp"

#include <algorithm>
#include <limits>

namespace relayauth::rpc {

std::optional<std::uint64_t> field_reader::take_varint() {
    constexpr std::size_t most_octets = 10;
    std::uint64_t value = 0;
    const auto size = std::min(rest_.size(), most_octets);
    for (std::size_t i = 0; i < size; ++i) {
        // Bits beyond the 64th fall off, as in protobuf itself.
        value |= std::uint64_t{rest_[i] & 0x7Fu} << (7 * i);
        if (rest_[i] >= 0x80) continue;
        rest_ = rest_.subspan(i + 1);
        return value;
    }
    return std::nullopt;
}

std::optional<std::uint64_t> field_reader::take_little_endian(std::size_t octets) {
    if (rest_.size() < octets) return std::nullopt;
    std::uint64_t value = 0;
    for (std::size_t i = octets; i-- > 0;) value = value << 8 | rest_[i];
    rest_ = rest_.subspan(octets);
    return value;
}

bool field_reader::take_value(field& into, unsigned wire_type) {
    std::optional<std::uint64_t> value;
    switch (wire_type) {
        case 0:
            into.kind = field::type::varint;
            value = take_varint();
            break;
        case 1:
            into.kind = field::type::fixed64;
            value = take_little_endian(8);
            break;
        case 2:
            into.kind = field::type::length_delimited;
            value = take_varint();
            if (!value || *value > rest_.size()) return false;
            into.content = rest_.first(*value);
            rest_ = rest_.subspan(*value);
            return true;
        case 5:
            into.kind = field::type::fixed32;
            value = take_little_endian(4);
            break;
        default:  // 3 and 4 are groups, 6 and 7 nothing yet
            return false;
    }
    if (!value) return false;
    into.value = *value;
    return true;
}

// One variable for every return, so that nothing is copied: a copy of what was just stored in
// pieces would wait for them.
std::optional<field> field_reader::next() {
    const auto start = rest_;
    std::optional<field> found(std::in_place);
    const auto tag = take_varint();
    if (tag && *tag <= std::numeric_limits<std::uint32_t>::max() && *tag >> 3 != 0) {
        found->number = static_cast<std::uint32_t>(*tag >> 3);
        if (take_value(*found, *tag & 7)) return found;
    }
    rest_ = start;  // not empty unless the message ended: broken() sees it
    found.reset();
    return found;
}

}  // namespace relayauth::rpc
