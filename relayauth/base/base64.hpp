#pragma once

#include "relayauth/base/bytes.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace relayauth {

// base64_size is the length of the padded base64 text (RFC 4648 section 4) of `octets` octets.
constexpr std::size_t base64_size(std::size_t octets) {
    return (octets + 2) / 3 * 4;
}

// encode_base64 writes exactly base64_size(bytes.size()) characters to `out`; no terminator.
void encode_base64(bytes_view bytes, char* out);
std::string encode_base64(bytes_view bytes);

// decode_base64 reads padded base64 into `out` and gives the number of octets written; nothing if
// `text` holds any other character (white space too), lacks padding, has non-zero spare bits
// (so that each value has one spelling only), or does not fit into `out`.
std::optional<std::size_t> decode_base64(std::string_view text, std::span<std::uint8_t> out);

}  // namespace relayauth
