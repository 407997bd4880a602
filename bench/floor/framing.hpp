#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace relayauth::floor {

// message_size gives the octets of the SIP message that `text` begins with, by the empty line after
// its head and its Content-Length; nothing if it is not whole yet. It believes everything: a
// message without Content-Length has no body.
std::optional<std::size_t> message_size(std::string_view text);

}  // namespace relayauth::floor
