#pragma once

#include <cstddef>

namespace relayauth::mras {

// operator_new_calls counts calls of operator new in this program, which counted_memory.cpp
// replaces.
std::size_t operator_new_calls();

}  // namespace relayauth::mras
