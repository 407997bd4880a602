#pragma once

#include <atomic>
#include <cstddef>

namespace relayauth::net {

// shared_counts are the two sums that need all workers: connections, and octets in their buffers.
// Safe from any thread.
struct shared_counts {
    std::atomic<std::size_t> connections{0};
    std::atomic<std::size_t> buffered_bytes{0};
};

}  // namespace relayauth::net
