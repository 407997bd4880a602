#pragma once

#include <cstddef>

namespace relayauth::test {

// watch_release remembers `memory`, which operator new gave. When it is given back, the program's
// own operator delete first looks at its `size` octets and notes whether all of them are zero: the
// one moment at which a wipe on destruction can be seen without reading freed memory.
// One block at a time; not for several threads.
void watch_release(const void* memory, std::size_t size);

enum class release { not_yet, all_zero, with_contents };

// watched_release tells what became of the block of the last watch_release.
release watched_release();

}  // namespace relayauth::test
