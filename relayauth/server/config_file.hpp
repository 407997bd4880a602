#pragma once

#include "relayauth/server/options.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace relayauth::server {

// read_config puts the settings of a TOML text into `into`: every option of serve is a key (same
// name, `_` for `-`), repeatable ones are arrays. Returns what is wrong in one line that begins
// with `FILE:LINE:`; an unknown key is answered with the nearest known one.
std::optional<std::string> read_config(std::string_view toml, std::string_view file, options& into);

}  // namespace relayauth::server
