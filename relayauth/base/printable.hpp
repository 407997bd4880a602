#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace relayauth {

// Text from a peer may hold anything; a terminal obeys some of it. Everything here is pure and safe
// from any thread.

// character is the first one of a text: a code point, or one octet that begins no well-formed
// UTF-8.
struct character {
    char32_t value = 0;  // of an octet that is no UTF-8: that octet
    std::size_t size = 0;
    bool well_formed = false;
};

// first_character looks at a text that is not empty.
character first_character(std::string_view text);

// is_unsafe: a control character (C0, DEL, C1), or one that changes the direction of what
// follows or ends a line (U+200E, U+200F, U+2028 to U+202E, U+2066 to U+2069).
bool is_unsafe(char32_t value);

// printable gives `text` as one line that can only be read: what is unsafe, or no UTF-8, becomes
// \n, \t, \x1b or \u202e.
std::string printable(std::string_view text);

// printable_lines does the same for several lines and keeps their ends, LF or CRLF, as LF.
std::string printable_lines(std::string_view text);

}  // namespace relayauth
