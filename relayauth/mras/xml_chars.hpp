#pragma once

#include "relayauth/mras/errc.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace relayauth::mras {

// code_point is one character of UTF-8 text and the number of octets it took; length 0: the octets
// are not UTF-8.
struct code_point {
    char32_t value = 0;
    std::uint8_t length = 0;
};

// code_point_at reads the character that begins at text[at] (RFC 3629: no overlong form, no
// surrogate, nothing above U+10FFFF). `at` must be less than text.size().
code_point code_point_at(std::string_view text, std::size_t at);

// is_xml_char: may `c` stand in a document at all, also as a reference? (XML 1.0 section 2.2)
bool is_xml_char(char32_t c);

// may_start_name and may_continue_name: XML 1.0 fifth edition, section 2.3, without the colon,
// which Namespaces in XML takes for itself.
bool may_start_name(char32_t c);
bool may_continue_name(char32_t c);

// reference_value gives the character for which `&name;` stands: a character reference, or one of
// the five entities that exist without a DOCTYPE (sections 4.1 and 4.6). 0, which no document may
// hold: there is no such reference.
char32_t reference_value(std::string_view name);

// write_utf8 writes `c`, one of is_xml_char's, and gives the end of the one to four octets. It
// never needs more room than the reference that stood for `c`.
char* write_utf8(char* to, char32_t c);

// document_octets is what one look over a whole document shows, so that no later look is needed.
struct document_octets {
    bool all_ascii = true;    // nothing beyond U+007F
    bool as_written = true;   // no `&`, tab or line end: text and values stand for themselves
    std::optional<errc> why;  // not_utf8, or not_well_formed: a character that may not stand there
};

// survey looks at every octet of `document`.
document_octets survey(std::string_view document);

// is_xml_space: section 2.3, S.
constexpr bool is_xml_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// trim_xml_space returns `text` without the white space around it; a view into `text`.
constexpr std::string_view trim_xml_space(std::string_view text) {
    while (!text.empty() && is_xml_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_xml_space(text.back())) text.remove_suffix(1);
    return text;
}

}  // namespace relayauth::mras
