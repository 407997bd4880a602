#pragma once

#include <cstddef>

namespace relayauth::client {

// raise_file_limit lifts the process's soft limit of open files towards `wanted`, as far as the
// hard limit (and, for root, the kernel) allows, and gives the limit that is now in force.
std::size_t raise_file_limit(std::size_t wanted);

}  // namespace relayauth::client
