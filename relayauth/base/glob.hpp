#pragma once

#include <string_view>

namespace relayauth {

// matches_glob tells whether all of `text` fits `pattern`, where `*` stands for any run of
// characters (also none) and `?` for one; letters A-Z and a-z compare equal, as in DNS names.
// Time is at most |pattern| x |text|. Safe from any thread.
bool matches_glob(std::string_view pattern, std::string_view text);

}  // namespace relayauth
