#pragma once

#include <cstddef>

namespace relayauth::session {

// allocation_count is how often this program has called malloc, calloc, realloc or operator new.
// Under a sanitizer, which has its own malloc, only operator new is counted.
std::size_t allocation_count();

}  // namespace relayauth::session
