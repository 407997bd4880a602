#include "relayauth/session/output.hpp"

#include "relayauth/rpc/reply.hpp"

#include <span>

namespace relayauth::session {

void output::stamp(wall_time now) {
    if (needs_stamp) rpc::stamp_written_at(std::span(bytes.data(), bytes.size()), now);
    needs_stamp = false;
}

void output::clear() {
    bytes.clear();
    needs_stamp = false;
    delivery = {};
}

}  // namespace relayauth::session
