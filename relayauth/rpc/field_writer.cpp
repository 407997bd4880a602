#include "relayauth/rpc/field_writer.hpp"

#include <algorithm>
#include <array>

namespace relayauth::rpc {

void field_writer::grow(std::size_t octets) {
    // New room is filled with zeros: as much again as was written keeps that cheap, and a short
    // reply from asking for more memory than it needs.
    constexpr std::size_t least = 128;
    out_.resize(used_ + std::max({octets, used_ - begin_, least}));
}

void field_writer::end_long_message(std::size_t content) {
    const auto size = used_ - content;
    std::array<std::uint8_t, longest_varint> length;
    const auto more = put_varint(length.data(), size) - 1;
    room(more);
    auto* const at = reinterpret_cast<std::uint8_t*>(out_.data()) + content;
    std::memmove(at + more, at, size);
    std::copy_n(length.begin(), more + 1, at - 1);
    used_ += more;
}

}  // namespace relayauth::rpc
