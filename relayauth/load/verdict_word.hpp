#pragma once

#include "relayauth/load/result.hpp"

#include <optional>
#include <string_view>

namespace relayauth::load {

// to_text gives the one word for each kind, the same on a terminal, in JSON and in HTML. That of
// `invalid` is `void`: the run says nothing about the server.
std::string_view to_text(verdict_kind value);

// parse_verdict_kind is the way back; nothing for any other word.
std::optional<verdict_kind> parse_verdict_kind(std::string_view word);

}  // namespace relayauth::load
