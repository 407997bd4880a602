#pragma once

#include "patience.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace relayauth::lab {

// stream is a client's end of a connection, whatever carries it. One thread at a time.
class stream {
public:
    enum class outcome { octets, closed, time_up };

    virtual ~stream() = default;

    // send writes all of `octets`; false when the connection is gone, or took nothing for long.
    virtual bool send(std::string_view octets) = 0;
    // receive appends what has arrived to `into`, waiting for something at most `within`. A reset
    // counts as closed.
    virtual outcome receive(std::string& into, std::chrono::milliseconds within) = 0;
    // half_close says that we send no more, and goes on listening.
    virtual void half_close() = 0;
    // local_port is this end's port, as the server's log names it.
    virtual std::uint16_t local_port() const = 0;
};

}  // namespace relayauth::lab
