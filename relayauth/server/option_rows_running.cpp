#include "relayauth/server/option_rows.hpp"

#include "relayauth/server/option_setters.hpp"

namespace relayauth::server {
namespace {

constexpr std::uint64_t shortest =
    static_cast<std::uint64_t>(credential::shortest_max_lifetime.count());
constexpr std::uint64_t longest =
    static_cast<std::uint64_t>(credential::longest_max_lifetime.count());

}  // namespace

// Time, and how the process itself behaves.
std::vector<option> running_rows() {
    return {
        option{"max-lifetime",
               "MINUTES",
               "the longest lifetime granted (default: 480)",
               false,
               "Time",
               count(
                   [](options & o) -> auto& { return o.max_lifetime; }, shortest, longest),
               {}},
        option{"accept-lifetime",
               "MINUTES",
               "the longest lifetime believed when a credential does not say its own (default: the "
               "larger of --max-lifetime and 480)",
               false,
               "Time",
               count(
                   [](options & o) -> auto& { return o.accept_lifetime.emplace(); }, shortest,
                   longest),
               {}},
        option{"clock-tolerance",
               "S",
               "how far apart two honest clocks may be, in seconds (default: 300, at most 900)",
               false,
               "Time",
               set_clock_tolerance,
               {}},
        option{"expiry-grace",
               "S",
               "how long after its expiry a credential still counts, in seconds (default: 0)",
               false,
               "Time",
               set_expiry_grace,
               {}},
        option{"clock-offset",
               "DURATION",
               "run with the clock wrong on purpose, as +8h (default: 0)",
               false,
               "Time",
               set_clock_offset,
               {}},
        option{"clock-guard",
               "MODE",
               "when this clock is stepped while serving: warn, hold (Server Busy until it is back "
               "or `relayauth clock accept`) or off (default: warn)",
               false,
               "Time",
               set_clock_guard,
               {}},
        option{"unsynchronised-grace",
               "T",
               "with --clock-guard hold: hold as well when the kernel has said for this long that "
               "nothing synchronises the clock (default: never)",
               false,
               "Time",
               set_unsynchronised_grace,
               {}},
        option{"refuse-skewed-peers",
               "",
               "mint nothing for peers whose own clock is off by more than --clock-tolerance; else "
               "that is only logged",
               false,
               "Time",
               on_off(&options::refuse_skewed_peers),
               {}},

        option{"workers",
               "N",
               "threads that serve connections (default: one for each processor)",
               false,
               "Running",
               count(
                   [](options & o) -> auto& { return o.workers.emplace(); }, 1, 256),
               {}},
        option{"log-format",
               "FORMAT",
               "text or json (default: text), on standard error",
               false,
               "Running",
               set_log_format,
               {}},
        option{"http-listen",
               "HOST:PORT",
               "/healthz, /readyz and /metrics over HTTP, or off (default: 127.0.0.1:5080)",
               false,
               "Running",
               set_http_listen,
               {}},
        option{"admin-socket",
               "FILE",
               "unix socket for `relayauth clock` and `relayauth lab`, mode 0600 (default: named "
               "after the first port, and said at start)",
               false,
               "Running",
               text(&options::admin_socket),
               {}},
        option{"lab",
               "",
               "let `relayauth lab` make this server wrong on purpose",
               false,
               "Running",
               on_off(&options::lab),
               {}},
    };
}

}  // namespace relayauth::server
