#pragma once

#include "relayauth/credential/undo.hpp"

#include <cstddef>
#include <optional>
#include <string_view>

namespace relayauth::credential {

// Steps of undo_one: what people put around a text, before, behind and into it. Each undoes one
// mistake, or finds none. Pure; safe from any thread.

// white_at gives the size of the white space that `text` begins with: ASCII's, no-break space, the
// zero-width ones and the byte order mark, which come along from web pages and editors.
std::size_t white_at(std::string_view text);

// trim_ends undoes white space before and after a text, also what only Unicode calls so.
std::optional<undone> trim_ends(std::string_view text);
std::optional<undone> white_space_inside(std::string_view text);
std::optional<undone> quotation(std::string_view text);
std::optional<undone> tags(std::string_view text);      // <username>..</username>
std::optional<undone> ellipsis(std::string_view text);  // in what is base64 besides
std::optional<undone> labelled(std::string_view text);

// more_follows finds a whole credential in the first characters of `text`.
std::optional<undone> more_follows(std::string_view text);

}  // namespace relayauth::credential
