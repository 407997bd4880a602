#pragma once

#include <string>
#include <string_view>

namespace relayauth::mras {

// append_text and append_attribute append `text` so that a parser gives it back exactly, in
// element content or between double quotes (XML 1.0 sections 2.4, 2.11 and 3.3.3: a bare carriage
// return would be read as a line feed, and in an attribute tab and line feed as spaces).
// A character that XML has no way to write, or an octet that is not UTF-8, becomes U+FFFD.
void append_text(std::string& out, std::string_view text);
void append_attribute(std::string& out, std::string_view text);

}  // namespace relayauth::mras
