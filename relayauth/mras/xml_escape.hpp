#pragma once

#include "relayauth/base/text_buffer.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace relayauth::mras {

// Both directions between text as it is and text as it stands in a document.

// append_text and append_attribute append `text` so that a parser gives it back exactly, in
// element content or between double quotes (XML 1.0 sections 2.4, 2.11 and 3.3.3: a bare carriage
// return would be read as a line feed, and in an attribute tab and line feed as spaces).
// A character that XML has no way to write, or an octet that is not UTF-8, becomes U+FFFD.
void append_text(text_buffer& out, std::string_view text);
void append_attribute(text_buffer& out, std::string_view text);

// raw_text says where a piece of a document stood, and so what is to be undone.
enum class raw_text {
    content,    // references, line ends
    cdata,      // line ends
    attribute,  // references, line ends, and every white space is a space (section 3.3.3)
};

// unescape undoes it in place and gives the new length, which is never greater. Nothing if an `&`
// begins no reference that exists.
std::optional<std::size_t> unescape(std::span<char> text, raw_text kind);

}  // namespace relayauth::mras
