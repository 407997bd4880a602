#pragma once

#include "relayauth/load/options.hpp"
#include "relayauth/load/result.hpp"
#include "relayauth/load/wire.hpp"

#include <chrono>
#include <cstdint>
#include <mutex>
#include <string_view>

namespace relayauth::load {

// moment is a time of a run, counted from the begin of its warm-up.
using moment = std::chrono::nanoseconds;

// flight is a request that was sent, or is about to be.
struct flight {
    request what;
    moment planned{0};
    moment possible{0};  // when it was planned and had room
    moment sent{0};
};

// second_of_run is what a thread did in the last second that it told of, the warm-up included.
struct second_of_run {
    std::uint64_t good = 0;
    std::uint64_t errors = 0;
    histogram latency;
};

// recorder keeps what one thread measured. All but take_second() is for that thread alone. What was
// planned in the warm-up is left out, and counted as such; incidents count whenever they happen,
// handshakes in the measured time only.
class recorder {
public:
    explicit recorder(const options& chosen);

    // resolve gives a request its one outcome. `why` is the label of refused and wrong.
    void resolve(const flight& done, outcome what, std::string_view why, moment now);
    // unsent is a request that was planned for `planned` and never sent.
    void unsent(moment planned);
    void happened(incident what, moment now);
    void handshake_done(std::chrono::nanoseconds took, bool resumed, moment now);
    // sent notes how long after it could have been a request was sent.
    void sent(moment planned, std::chrono::nanoseconds lag);
    void stalled(std::chrono::nanoseconds time, moment now);
    void out_of_ports() { ++measured_.self.out_of_ports; }
    void used_processor(double ran, double waited) {
        measured_.self.cpu_share = ran;
        measured_.self.waited_share = waited;
    }
    // left is a request that was in flight when the run was stopped.
    void left() { ++measured_.left_in_flight; }
    void ended(std::chrono::nanoseconds measured, std::chrono::nanoseconds behind);

    bool is_measured(moment planned) const { return planned >= warm_up_; }

    // finish_second hands on what was recorded since the last one; take_second adds that to `into`
    // and may be called by another thread.
    void finish_second();
    void take_second(second_of_run& into);

    // After the last resolve.
    result take();

private:
    interval* interval_at(moment when);
    void count_answer(bool good, moment now);

    moment warm_up_, end_;
    bool handshake_per_request_;
    result measured_;
    second_of_run current_;
    std::mutex guard_;  // of told_
    second_of_run told_;
};

}  // namespace relayauth::load
