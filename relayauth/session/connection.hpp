#pragma once

#include "relayauth/base/wall_time.hpp"
#include "relayauth/session/context.hpp"
#include "relayauth/session/output.hpp"
#include "relayauth/session/peer.hpp"
#include "relayauth/session/resp_session.hpp"
#include "relayauth/session/rpc_session.hpp"
#include "relayauth/session/sip_session.hpp"

#include <cstddef>
#include <span>
#include <variant>
#include <vector>

namespace relayauth::session {

// listener is which of our ports a connection came to.
enum class listener {
    mras,   // 5062: SIP and rpc, plain or TLS
    redis,  // --redis-listen: the Redis protocol, plain
};

// connection is one peer's byte stream, plain or decrypted: on the mras listener it tells SIP from
// rpc by the first octet. It keeps what is not yet a whole message, and writes the answers.
// Sans-io; one thread at a time.
class connection {
public:
    connection(peer who, standing rights, listener at = listener::mras)
        : who_(std::move(who)), rights_(rights), listener_(at) {}

    // on_bytes takes what was read and appends all answers that it makes possible to `out`: one
    // read, one write, however many requests were pipelined. `fresh` may be overwritten, and is not
    // kept. Returns true when the connection ends once `out` is sent. When `out` is full
    // (has_backlog) call again with nothing as soon as it is sent.
    bool on_bytes(context& ctx, std::span<char> fresh, wall_time now, output& out);

    // Octets kept for an unfinished message or the backlog; they count against --max-memory.
    std::size_t buffered_bytes() const { return kept_.capacity(); }
    // Whether a message has begun and not ended (RFC 3261 has no deadline for it; ours is
    // --message-timeout).
    bool inside_message() const;
    bool has_backlog() const { return has_backlog_; }
    // Whether it is a relay's connection to --redis-listen that gave the password, if there is one:
    // it may stay without requests for as long as it likes.
    bool is_trusted_relay(const settings& in_force) const;
    // Whether the last on_bytes ended a message, so that an unfinished one now is another one.
    bool progressed() const { return progressed_; }

private:
    void begin(context& ctx, char first_octet);
    progress dispatch(context& ctx, std::span<char> input, wall_time now, output& out);
    void keep(std::span<char> rest, bool from_kept, std::size_t consumed);

    peer who_;
    standing rights_;
    listener listener_;
    std::variant<std::monostate, sip_session, rpc_session, resp_session> protocol_;
    std::vector<char> kept_;
    bool has_backlog_ = false;
    bool progressed_ = false;
};

}  // namespace relayauth::session
