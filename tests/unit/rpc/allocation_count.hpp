#pragma once

#include <cstddef>

namespace relayauth::rpc {

// allocation_count is how often this program has called operator new.
std::size_t allocation_count();

}  // namespace relayauth::rpc
