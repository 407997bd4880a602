#pragma once

#include <chrono>
#include <cstddef>

namespace relayauth::net {

// limits bound what connections may cost; each is a setting of serve.
struct limits {
    std::size_t max_connections = 50'000;
    // Buffers of all connections together. Above it requests are answered Server Busy, and what
    // would have to be buffered closes its connection.
    std::size_t max_memory_bytes = 256u * 1024 * 1024;
    std::chrono::nanoseconds handshake_timeout = std::chrono::seconds(10);
    std::chrono::nanoseconds message_timeout = std::chrono::seconds(30);  // also for a first octet
    // Above the 15 minutes after which Lync closes idle connections itself (protocol notes 2.4).
    std::chrono::nanoseconds idle_timeout = std::chrono::minutes(20);
};

// One read takes at most this much; it bounds how far the memory limit can be overshot.
inline constexpr std::size_t read_buffer_bytes = 64 * 1024;
// Room for what one read's ciphertext can decrypt to, with the record that was waiting for its end.
inline constexpr std::size_t plain_buffer_bytes = read_buffer_bytes + 17 * 1024;
// How often deadlines are looked at; they are met this late at most.
inline constexpr std::chrono::milliseconds sweep_interval{250};
// After our last answer we read on for a while, else the kernel's reset could destroy that answer.
inline constexpr std::chrono::seconds linger_timeout{2};
// How long unfinished messages may keep a stopping server up.
inline constexpr std::chrono::seconds drain_timeout{3};

}  // namespace relayauth::net
