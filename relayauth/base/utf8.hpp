#pragma once

#include <cstddef>
#include <string_view>

namespace relayauth {

// is_utf8 tells whether `text` is well-formed UTF-8 (RFC 3629): no overlong form, no surrogate,
// nothing above U+10FFFF. Safe from any thread.
bool is_utf8(std::string_view text);

// control_character_size is the number of octets of the control character that `rest` begins with:
// 1 for U+0000 to U+001F and U+007F, 2 for U+0080 to U+009F, which some terminals obey as well; 0
// when it begins with none, or is empty. has_control_character looks for one anywhere. For
// well-formed UTF-8. Safe from any thread.
std::size_t control_character_size(std::string_view rest);
bool has_control_character(std::string_view text);

// utf8_length counts the code points of well-formed UTF-8.
std::size_t utf8_length(std::string_view text);

}  // namespace relayauth
