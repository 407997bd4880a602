#pragma once

#include "relayauth/base/bytes.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relayauth {

// to_hex writes two lower-case hexadecimal digits per octet.
std::string to_hex(bytes_view bytes);

// from_hex reads what to_hex wrote; either case; nothing on an odd length or another character.
std::optional<std::vector<std::uint8_t>> from_hex(std::string_view text);

}  // namespace relayauth
