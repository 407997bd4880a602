#pragma once

#include <string>
#include <vector>

namespace relayauth::mras {

// xmllint's word on each of `documents`: true for those without a complaint. `folder` is a name
// for the files' own folder. With `schema` they must be valid by tests/schema/mras.xsd too, else
// well-formed with well-formed namespaces. The test fails if there is no xmllint.
std::vector<bool> accepted_by_xmllint(const std::vector<std::string>& documents,
                                      const std::string& folder, bool schema);

}  // namespace relayauth::mras
