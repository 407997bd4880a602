#pragma once

#include "relayauth/base/wall_time.hpp"
#include "relayauth/keyring/ring.hpp"
#include "relayauth/server/counters.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace relayauth::server {

// shown_key is a key of the ring, as metrics tell of it.
struct shown_key {
    std::string id;
    keyring::key_stage stage = keyring::key_stage::minting;
    ticks left{0};  // until its certificate is over; negative: since
};

// metrics_reading is what the whole server counts and is at one moment.
struct metrics_reading {
    std::span<const counters* const> threads;  // the workers' and the acceptor's
    std::vector<shown_key> keys;
    std::uint64_t connections = 0;
    std::uint64_t connections_limit = 0;
    std::uint64_t buffered_bytes = 0;
    std::uint64_t buffered_bytes_limit = 0;
    std::uint64_t log_lines_lost = 0;  // by the log's queue, or its reader
    std::string version;
    wall_time started_at;
    ticks clock_offset{0};  // --clock-offset, or what a lab made of it
    bool lab = false;
    std::uint64_t clock_steps = 0;
    ticks clock_off{0};  // from where it was trusted
    bool clock_held = false;
    bool clock_synchronised = false;  // as the kernel says
    std::uint64_t self_tests = 0;
    std::uint64_t self_tests_failed = 0;
    bool ready = false;
};

// metrics_page writes all of it in the Prometheus text format. Labels hold doors, reasons, versions
// and key ids, never a peer or a user. Pure.
std::string metrics_page(const metrics_reading& now);

}  // namespace relayauth::server
