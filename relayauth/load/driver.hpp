#pragma once

#include "relayauth/load/lane.hpp"
#include "relayauth/load/options.hpp"
#include "relayauth/load/recorder.hpp"
#include "relayauth/load/sample.hpp"
#include "relayauth/load/schedule.hpp"
#include "relayauth/load/thread_time.hpp"
#include "relayauth/load/wire.hpp"

#include <boost/asio/ip/tcp.hpp>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace relayauth::load {

// driver is one thread of a run: every threads-th request of the plan, on its own connections, in
// one loop over epoll. set_up() and then run() belong to that thread; stop() and recorded() to any.
class driver {
public:
    using time_point = std::chrono::steady_clock::time_point;

    // place is where the connections go and in whose name.
    struct place {
        boost::asio::ip::tcp::endpoint server;
        ssl_ctx_st* tls = nullptr;
    };

    // `number` is which of the threads it is. `chosen` must outlive it.
    driver(const options& chosen, unsigned number, const place& to, std::unique_ptr<wire> protocol);
    ~driver();
    driver(const driver&) = delete;
    driver& operator=(const driver&) = delete;

    // set_up makes the connections, each within the connect timeout. Nothing: all stand; else how
    // many do not, for people. One connection per request: nothing to do.
    std::optional<std::string> set_up();

    // run makes the requests from `begin` on, then waits for the last answers.
    void run(time_point begin);

    // stop ends a run early: what was not sent by now is no part of it.
    void stop() { stop_ = true; }

    recorder& recorded() { return recorder_; }
    std::vector<sampled> take_sample() { return sample_.take(); }

private:
    moment now() const;
    // Whether nothing more is to be sent: the plan is done, or its time is up.
    bool is_over(moment at) const {
        const bool planned_all = options_.closed || schedule_.planned() >= end_;
        return running_ && (draining_ || (at >= end_ && planned_all));
    }

    // driver_lanes.cpp: connections.
    void open(lane& on, moment at);
    void on_ready(lane& on, moment at);
    void on_ended(lane& on, moment at);
    void resolve_all(lane& on, outcome rest, moment at);
    void watch(lane& on);
    void sweep(moment at);
    void sweep_lane(lane& on, moment at);
    void give_up(lane& on, moment at);

    // driver_sending.cpp: requests.
    bool has_room(const lane& on) const;
    void enqueue(lane& on, moment at);
    void send_due(moment at);
    void fill(lane& on, moment at);
    void send(lane& on, flight next, moment at);
    void send_on_new_connection(lane& on, flight next, moment at);
    request next_request(std::uint64_t index) const;
    void skip_to_own();
    void flush_dirty();
    void flush(lane& on);
    void mark_dirty(lane& on);

    // driver_answers.cpp: answers.
    void receive(lane& on, moment at);
    void read_on();
    void take_answers(lane& on, std::span<char> octets, moment at);
    void on_answer(lane& on, const answer& got, moment at);
    void on_broken(lane& on, std::string_view why, moment at);
    void settle(const flight& done, const answer& got, moment at);
    void settle_late(const flight& done, const answer& got, moment at);
    bool is_other_call(const flight& done, const answer& got) const;
    static std::deque<flight>::iterator find(lane& on, std::uint64_t index);
    bool settle_elsewhere(std::uint64_t index, moment at);
    void answered(lane& on, moment at);

    // driver.cpp: the loop.
    void turn();
    moment wake_at(moment at) const;
    void wait_until(moment when);
    void on_event(lane& on, std::uint32_t events, moment at);
    bool is_past_end(moment at);
    void begin_drain(moment at);
    bool is_drained() const;
    void finish(moment at);
    void leave(lane& on, moment at);
    moment lag_of_answers(moment at) const;
    void watch_self(moment at);
    std::size_t lanes_ready() const;

    const options& options_;
    unsigned number_;
    place to_;
    std::unique_ptr<wire> wire_;
    recorder recorder_;
    sample sample_;
    schedule schedule_;
    std::uint64_t next_index_ = 0;  // --closed: of the next request
    std::uint64_t sent_ = 0;        // one more than the largest index that was given out

    std::deque<lane> lanes_;  // never moved
    std::deque<lane*> with_room_;
    std::vector<lane*> dirty_;
    std::vector<lane*> unread_;  // TLS holds octets of theirs, of which no event will tell
    int epoll_ = -1;
    std::vector<char> buffer_;

    time_point begin_;
    moment end_;
    moment over_{0};  // when nothing more was to be sent
    moment swept_{0}, told_{0}, drain_until_{0}, woke_{0};
    std::optional<std::chrono::nanoseconds> behind_;  // the plan, when its time was up
    bool running_ = false, draining_ = false;
    std::atomic<bool> stop_{false};
    std::optional<thread_time> time_at_begin_;  // of the measured time
    std::optional<moment> lag_at_half_;
    moment cpu_from_{0};
};

}  // namespace relayauth::load
