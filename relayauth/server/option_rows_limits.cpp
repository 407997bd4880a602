#include "relayauth/server/option_rows.hpp"

#include "relayauth/server/option_setters.hpp"

namespace relayauth::server {

std::vector<option> limit_rows() {
    return {
        option{
            "max-connections",
            "N",
            "connections at a time (default: 50000)",
            false,
            "Limits",
            count(
                [](options & o) -> auto& { return o.connections.max_connections; }, 1, 10'000'000),
            {}},
        option{"max-memory",
               "BYTES",
               "all buffers together; above it: Server Busy (default: 256MiB)",
               false,
               "Limits",
               bytes(
                   [](options & o) -> auto& { return o.connections.max_memory_bytes; }, 64 * 1024,
                   std::uint64_t{1} << 40, "from 64KiB up"),
               {}},
        option{"max-message",
               "BYTES",
               "one SIP message or rpc frame (default: 512KiB)",
               false,
               "Limits",
               bytes(
                   [](options & o) -> auto& { return o.messages.max_message_bytes; }, 4096,
                   64 * 1024 * 1024, "from 4KiB to 64MiB"),
               {}},
        option{"max-header-block",
               "BYTES",
               "the headers of one SIP message (default: 16KiB)",
               false,
               "Limits",
               bytes(
                   [](options & o) -> auto& { return o.messages.max_header_bytes; }, 1024,
                   1024 * 1024, "from 1KiB to 1MiB"),
               {}},
        option{
            "max-headers",
            "N",
            "headers in one SIP message (default: 100)",
            false,
            "Limits",
            count(
                [](options & o) -> auto& { return o.messages.max_headers; }, 10, sip::most_headers),
            {}},
        option{"max-pending-output",
               "BYTES",
               "unsent answers of one connection, above which it is not read (default: 1MiB)",
               false,
               "Limits",
               bytes(
                   [](options & o) -> auto& { return o.max_pending_output; }, 4096,
                   1024 * 1024 * 1024, "from 4KiB to 1GiB"),
               {}},
        option{"idle-timeout",
               "T",
               "close a connection without requests for this long (default: 20m)",
               false,
               "Limits",
               timeout(&net::limits::idle_timeout),
               {}},
        option{"handshake-timeout",
               "T",
               "time to finish the TLS handshake (default: 10s)",
               false,
               "Limits",
               timeout(&net::limits::handshake_timeout),
               {}},
        option{"message-timeout",
               "T",
               "time to finish a message once begun (default: 30s)",
               false,
               "Limits",
               timeout(&net::limits::message_timeout),
               {}},
    };
}

}  // namespace relayauth::server
