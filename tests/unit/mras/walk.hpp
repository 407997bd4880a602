#pragma once

#include "relayauth/mras/errc.hpp"

#include <optional>
#include <string_view>

namespace relayauth::mras {

// check_well_formed reads `document` to its end with xml_scanner and tells what is wrong with it.
// The scanner gets it in memory of exactly its size.
std::optional<errc> check_well_formed(std::string_view document);

// has_good_names reads it with xml_scope as well: is it well-formed, namespaces too?
bool has_good_names(std::string_view document);

}  // namespace relayauth::mras
