#pragma once

#include "relayauth/base/wall_time.hpp"
#include "relayauth/session/lab_delivery.hpp"

#include <cstddef>
#include <string>

namespace relayauth::session {

// output collects the answers of one read. rpc replies say when they were written, which is only
// known at the write: whoever sends `bytes` calls stamp() first.
struct output {
    std::string bytes;
    bool needs_stamp = false;  // all of `bytes` are rpc frames without their written_at
    lab_delivery delivery;     // how to send `bytes`

    // stamp puts `now` into every rpc reply.
    void stamp(wall_time now);
    void clear();
};

}  // namespace relayauth::session
