#pragma once

#include "relayauth/mras/errc.hpp"

#include <cstddef>
#include <optional>
#include <string_view>

namespace relayauth::mras {

// Bounds of ours, so that hostile markup costs little; a request needs 3 and 5.
inline constexpr std::size_t max_element_depth = 16;
inline constexpr std::size_t max_attributes = 32;  // of one element, xmlns declarations included

// check_well_formed tells what keeps `document` from being well-formed XML 1.0 in UTF-8 or
// US-ASCII, all of it (section 2.1), with names that Namespaces in XML 1.0 allows (whether their
// prefixes are bound is for element_scope, xml_tree.hpp, to say). pugixml, which reads the document
// afterwards, would let most of this pass: it looks for speed, not for mistakes.
// Nothing: well-formed. Otherwise errc::not_utf8 (also another declared encoding), not_well_formed,
// doctype_present, unexpected_element (nested deeper than max_element_depth) or
// unexpected_attribute (more than max_attributes). Allocates nothing; safe from any thread.
std::optional<errc> check_well_formed(std::string_view document);

}  // namespace relayauth::mras
