#pragma once

#include "relayauth/resp/command.hpp"
#include "relayauth/resp/errc.hpp"

#include <optional>
#include <string_view>

namespace relayauth::resp {

// split_words cuts the line of an inline command, without its LF, into words at spaces, tabs and
// CRs, and lays them out in `table`; a blank line gives none. Quotes as redis-server's
// sdssplitargs has them: a word may end in a quoted part; between double quotes \n \r \t \b \a
// \xHH and a backslash before any other octet, between single quotes only \'. Any other octet,
// NUL included, stands for itself. Returns errc::quotes_unbalanced or errc::too_many_elements.
// The words live as long as `line` and until the table is used again.
std::optional<errc> split_words(std::string_view line, command_table& table);

}  // namespace relayauth::resp
