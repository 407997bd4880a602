#pragma once

#include "relayauth/base/bytes.hpp"

#include <cstddef>

namespace relayauth::rpc {

// allocation_count is how often this program has called operator new.
std::size_t allocation_count();

// leak_watch counts, while it lives, the memory that this program gives back with `mark` in it.
// One at a time, in one thread; `mark` must outlive it.
class leak_watch {
public:
    explicit leak_watch(bytes_view mark);
    ~leak_watch();
    leak_watch(const leak_watch&) = delete;
    leak_watch& operator=(const leak_watch&) = delete;

    std::size_t found() const;
};

}  // namespace relayauth::rpc
