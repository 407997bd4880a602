#pragma once

#include "relayauth/mras/errc.hpp"
#include "relayauth/mras/xml_cursor.hpp"

#include <optional>

namespace relayauth::mras {

// read_declaration reads the XML declaration (section 2.8), which may only stand at the very start
// of a document; that there is none is fine. Gives not_well_formed, or not_utf8 for an encoding
// other than UTF-8, or US-ASCII where all of the document is.
std::optional<errc> read_declaration(xml_cursor& in);

}  // namespace relayauth::mras
