#pragma once

#include "relayauth/credential/undo.hpp"

#include <optional>
#include <string_view>

namespace relayauth::credential {

// Steps of undo_one: other spellings of the octets of a username or password. Each undoes one
// mistake, or finds none. Pure; safe from any thread.

std::optional<undone> plus_as_space(std::string_view text);
std::optional<undone> hexadecimal(std::string_view text);
std::optional<undone> url_alphabet(std::string_view text);
std::optional<undone> lost_padding(std::string_view text);
std::optional<undone> extra_padding(std::string_view text);
std::optional<undone> stray_bits(std::string_view text);
std::optional<undone> text_in_base64(std::string_view text);

}  // namespace relayauth::credential
