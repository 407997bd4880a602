#include "relayauth/rpc/field_writer.hpp"

#include "relayauth/base/secret.hpp"

#include <algorithm>
#include <array>

namespace relayauth::rpc {

void grow(std::string& out, std::size_t size) {
    assert(size >= out.size());
    if (size <= out.capacity()) return out.resize(size);
    std::string longer;
    longer.reserve(std::max(size, 2 * out.capacity()));  // a run of replies stays linear
    longer.append(out);
    longer.resize(size);
    out.resize(out.capacity());  // what was cut off earlier may be secret as well
    wipe({reinterpret_cast<std::uint8_t*>(out.data()), out.size()});
    out.swap(longer);
}

void field_writer::make_room(std::size_t octets) {
    // New room is filled with zeros: as much again as was written keeps that cheap, and a short
    // reply from asking for more memory than it needs.
    constexpr std::size_t least = 256;
    grow(out_, used_ + std::max({octets, used_ - begin_, least}));
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
