#include "relayauth/base/text_buffer.hpp"

#include <algorithm>

namespace relayauth {

void text_buffer::grow(std::size_t octets) {
    constexpr std::size_t least = 2048;  // an answer with one credential has 1 KB of XML
    memory_.resize(std::max({least, used_ + octets, 2 * memory_.size()}));
}

}  // namespace relayauth
