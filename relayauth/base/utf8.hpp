#pragma once

#include <cstddef>
#include <string_view>

namespace relayauth {

// is_utf8 tells whether `text` is well-formed UTF-8 (RFC 3629): no overlong form, no surrogate,
// nothing above U+10FFFF. Safe from any thread.
bool is_utf8(std::string_view text);

// utf8_length counts the code points of well-formed UTF-8.
std::size_t utf8_length(std::string_view text);

}  // namespace relayauth
