#pragma once

#include "relayauth/load/histogram.hpp"
#include "relayauth/load/outcome.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace relayauth::load {

// interval is one step of the time line: a second, or more in long runs. Requests count where they
// were planned (--closed: sent), answers where they came; those that came after the end are in
// none.
struct interval {
    std::uint64_t planned = 0;
    std::uint64_t good = 0;
    std::uint64_t errors = 0;
    std::uint64_t handshakes = 0;
    // Latency from the planned time of the answers that came, coarse: bucket numbers of `histogram`
    // divided by time_line_coarseness, 3 % wide. Sorted by index.
    std::map<std::uint32_t, std::uint64_t> latency;

    void merge(const interval& other);
};
inline constexpr std::uint32_t time_line_coarseness = 32;

// self_watch is what the generator saw of itself.
struct self_watch {
    // Of the busiest thread over the measured time, 0 to 1: what it ran, and what it could have run
    // and had no processor.
    double cpu_share = 0;
    double waited_share = 0;
    std::uint64_t sent_late = 0;  // requests that it sent over late_by after it could have
    std::chrono::nanoseconds longest_stall{0};  // its longest absence from its own loop
    histogram lag;                   // of each send, behind the moment when it could have been
    std::uint64_t out_of_ports = 0;  // connects that failed for want of a local port
};

// sample_check is what the server said of a sample of its own credentials at the end.
struct sample_check {
    std::uint64_t validated = 0;
    std::map<std::string, std::uint64_t> refused_by;  // reason -> number
    std::string problem;  // why it could not be had, for people; empty: it was had, or not wanted
};

// verdict_kind, from best to worst but for `interrupted`, which says that a run was cut short.
enum class verdict_kind { good, interrupted, errors, missed, overloaded, faulty, invalid };

struct verdict {
    verdict_kind kind = verdict_kind::good;
    std::vector<std::string> reasons;  // lines for people, the weightiest first
};

// result is all that is known of one run, or of several that were merged.
struct result {
    // As the command line had it, `--rate 1000`, for the reader: option and value.
    std::vector<std::pair<std::string, std::string>> options;
    // Of each machine that took part: `host`, `processor`, `cores`, `system`, `relayauth`.
    std::vector<std::vector<std::pair<std::string, std::string>>> machines;
    std::chrono::sys_seconds started{};
    std::chrono::nanoseconds measured{0};  // without the warm-up
    bool closed_loop = false;
    bool tls = false;
    std::uint64_t warm_up_requests = 0;
    std::uint64_t warm_up_errors = 0;

    tally counts;
    std::uint64_t good_in_time = 0;  // good answers that came before the end: the rate's
    std::uint64_t left_in_flight =
        0;                // sent so shortly before an interruption that they have no outcome
    histogram latency;    // from the planned time; --closed: from the send
    histogram service;    // from the send
    histogram handshake;  // TCP and TLS, from connect to ready
    std::chrono::nanoseconds interval_length = std::chrono::seconds(1);
    std::vector<interval> time_line;
    std::chrono::nanoseconds behind{0};  // how far behind its plan the run was at its end
    self_watch self;
    sample_check sample;
    std::string goals;  // --expect, as given
    load::verdict verdict;

    // planned_rate, rate: requests planned, and answered well before the end, a second.
    double planned_rate() const;
    double rate() const;
    double handshakes_per_second() const;
};

}  // namespace relayauth::load
