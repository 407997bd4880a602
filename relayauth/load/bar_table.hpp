#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace relayauth::load {

// bar_table is a table of counts, the largest first, with a bar for each: no more than 12 rows, and
// one for all others. `counts` may hold any words, `caption` and `word_head` are ours. Empty if
// there are no counts. Pure; safe from any thread.
std::string bar_table(std::string_view caption, std::string_view word_head,
                      const std::map<std::string, std::uint64_t>& counts);

}  // namespace relayauth::load
