#include "relayauth/load/driver.hpp"

#include "relayauth/load/verdict.hpp"

#include <pthread.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>

namespace relayauth::load {
namespace {

using std::chrono::nanoseconds;

constexpr std::size_t read_bytes = 256 * 1024;
// How often deadlines are looked at, and the longest time that the loop is away on purpose.
constexpr std::chrono::milliseconds sweep_every{10};
constexpr std::size_t most_sampled = 20'000;  // of all threads
// So many connections may be on their way at once: a listener's backlog has an end.
constexpr std::size_t most_connecting = 256;
// A server that refuses a connection so often in a row before the run will not take it in the run.
constexpr unsigned most_failures = 3;
// A server at its limit closes connections that the system has already made: they must last so
// long.
constexpr std::chrono::milliseconds lasting{30};
// How long an interrupted run waits for what is in flight.
constexpr std::chrono::milliseconds patience_when_stopped{500};

double share_of(nanoseconds part, nanoseconds whole) {
    return static_cast<double>(part.count()) / static_cast<double>(whole.count());
}

}  // namespace

driver::driver(const options& chosen, unsigned number, const place& to,
               std::unique_ptr<wire> protocol)
    : options_(chosen),
      number_(number),
      to_(to),
      wire_(std::move(protocol)),
      recorder_(chosen),
      sample_(chosen, most_sampled / chosen.threads),
      schedule_(chosen),
      epoll_(::epoll_create1(EPOLL_CLOEXEC)),
      buffer_(read_bytes),
      begin_(std::chrono::steady_clock::now()),
      end_(chosen.warm_up + chosen.duration) {
    for (auto i = number; i < chosen.connections; i += chosen.threads) lanes_.emplace_back(*wire_);
    skip_to_own();
}

driver::~driver() {
    lanes_.clear();
    if (epoll_ >= 0) ::close(epoll_);
}

moment driver::now() const {
    return std::chrono::steady_clock::now() - begin_;
}

std::optional<std::string> driver::set_up() {
    // A write to a socket that the server closed must not end the program (TLS writes by itself).
    sigset_t pipe;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
    // Else the kernel may wake us 50 us late, to save power.
    ::prctl(PR_SET_TIMERSLACK, 1UL, 0UL, 0UL, 0UL);
    if (epoll_ < 0) return "the system gives no epoll descriptor";
    if (options_.handshake_per_request) return std::nullopt;
    std::size_t begun = 0, best = 0;
    auto improved = now(), incomplete = now();
    while (!stop_) {
        const auto ready = lanes_ready();
        if (ready < lanes_.size()) incomplete = now();
        if (now() - incomplete >= lasting) return std::nullopt;
        if (ready > best) improved = now();
        best = std::max(ready, best);
        while (begun < lanes_.size() && begun - best < most_connecting)
            open(lanes_[begun++], now());
        const bool refused = std::any_of(lanes_.begin(), lanes_.end(), [](const lane& each) {
            return each.failures >= most_failures;
        });
        if (refused || now() - improved > options_.server.connect_timeout + sweep_every * 100) {
            return std::to_string(lanes_.size() - ready) + " of " + std::to_string(lanes_.size()) +
                   " connections could not be made: see the server's log and --max-connections, "
                   "or ask for fewer";
        }
        flush_dirty();
        wait_until(now() + sweep_every);
        sweep(now());
    }
    return std::nullopt;
}

std::size_t driver::lanes_ready() const {
    return static_cast<std::size_t>(
        std::count_if(lanes_.begin(), lanes_.end(),
                      [](const lane& each) { return each.link.now() == link::state::ready; }));
}

void driver::run(time_point begin) {
    begin_ = begin;
    while (now() < moment(0)) wait_until(moment(0));
    running_ = true;
    woke_ = now();
    for (auto& each : lanes_) {
        each.failures = 0;
        if (options_.closed) {
            fill(each, moment(0));
        } else {
            enqueue(each, moment(0));
        }
    }
    while (!(draining_ && (is_drained() || now() >= drain_until_))) turn();
    finish(now());
}

// turn is once round the loop.
void driver::turn() {
    const auto at = now();
    // Before the end is seen: what was planned until then and could not be sent is the server's.
    if (!draining_ && !options_.closed) send_due(at);
    if (!draining_ && (stop_ || is_past_end(at))) begin_drain(at);
    flush_dirty();
    if (at - swept_ >= sweep_every) {
        swept_ = at;
        sweep(at);
        flush_dirty();
    }
    if (at - told_ >= std::chrono::seconds(1)) {
        told_ = at;
        recorder_.finish_second();
    }
    watch_self(at);
    if (stop_ && draining_) drain_until_ = std::min(drain_until_, at + patience_when_stopped);
    read_on();
    wait_until(wake_at(at));
}

// is_past_end tells whether the run's time is up. A run that is no further behind its plan than
// counts as overloaded sends the rest of it, and has as long for that.
bool driver::is_past_end(moment at) {
    if (at < end_) return false;
    if (options_.closed || schedule_.planned() >= end_) return true;
    if (!behind_) behind_ = end_ - schedule_.planned();
    return *behind_ > most_behind || at >= end_ + most_behind;
}

moment driver::wake_at(moment at) const {
    auto when = swept_ + sweep_every;
    if (!draining_) {
        if (at < end_) when = std::min(when, end_);
        if (!options_.closed && !with_room_.empty()) when = std::min(when, schedule_.planned());
    }
    return std::max(when, at);
}

void driver::wait_until(moment when) {
    std::array<epoll_event, 256> events;
    const auto before = now();
    // From when the loop came back until now it was at work: an absence, when it took long.
    if (running_) recorder_.stalled(before - std::max(woke_, moment(0)), before);
    const auto left = std::max(when - before, moment(0));
    const timespec timeout{static_cast<time_t>(left.count() / 1'000'000'000),
                           static_cast<long>(left.count() % 1'000'000'000)};
    const int count =
        ::epoll_pwait2(epoll_, events.data(), static_cast<int>(events.size()), &timeout, nullptr);
    woke_ = now();
    if (running_ && woke_ > when) recorder_.stalled(woke_ - std::max(when, before), woke_);
    for (int i = 0; i < count; ++i) {
        auto& event = events[static_cast<std::size_t>(i)];
        on_event(*static_cast<lane*>(event.data.ptr), event.events, woke_);
    }
}

void driver::on_event(lane& on, std::uint32_t events, moment) {
    const auto at = now();
    // The kernel may tell of a socket that this lane had when the wait began, and has no more.
    constexpr std::uint32_t connected = EPOLLOUT | EPOLLERR | EPOLLHUP;
    if (on.link.now() == link::state::connecting && (events & connected) == 0) return;
    if (on.link.now() == link::state::connecting || on.link.now() == link::state::handshaking) {
        on.link.advance();
        if (on.link.now() == link::state::ended) return on_ended(on, at);
        watch(on);
        if (on.link.now() == link::state::ready) on_ready(on, at);
        return;
    }
    if (on.link.now() != link::state::ready) return;
    if ((events & EPOLLOUT) != 0) flush(on);
    if (on.link.now() == link::state::ready) receive(on, at);
}

void driver::begin_drain(moment at) {
    draining_ = true;
    const std::chrono::nanoseconds patience =
        stop_ ? std::min<nanoseconds>(patience_when_stopped, options_.server.answer_timeout)
              : options_.server.answer_timeout + 2 * sweep_every;
    drain_until_ = at + patience;
    over_ = std::min(at, end_);
    const auto left =
        options_.closed ? moment(0) : std::max(over_ - schedule_.planned(), moment(0));
    const auto waiting = lag_of_answers(over_);
    // A backlog may lie with the server instead; a steady one is no more than a slow answer.
    const bool grows = waiting - lag_at_half_.value_or(moment(0)) > most_behind / 2;
    const auto behind = std::max(behind_.value_or(left), left);
    recorder_.ended(std::max(over_ - options_.warm_up, moment(0)),
                    grows && !options_.closed ? std::max(behind, waiting) : behind);
    if (!time_at_begin_) return;
    const auto used = own_thread_time();
    const auto time = std::max(at - cpu_from_, moment(1));
    recorder_.used_processor(share_of(used.ran - time_at_begin_->ran, time),
                             share_of(used.waited - time_at_begin_->waited, time));
}

// lag_of_answers is how long ago the oldest request was planned that no later answer of its
// connection has overtaken: of the middle one of all connections. Where no answers come any more
// the server is stuck, which is a fault and no overload.
moment driver::lag_of_answers(moment at) const {
    std::vector<moment> lags;
    for (const auto& each : lanes_) {
        if (at - each.answered_at > most_behind) {
            lags.emplace_back(0);
            continue;
        }
        const auto waits = std::find_if(
            each.in_flight.begin(), each.in_flight.end(),
            [&each](const flight& one) { return one.what.index >= each.newest_answered; });
        lags.push_back(waits == each.in_flight.end() ? moment(0) : at - waits->planned);
    }
    std::nth_element(lags.begin(), lags.begin() + static_cast<std::ptrdiff_t>(lags.size() / 2),
                     lags.end());
    return lags[lags.size() / 2];
}

void driver::watch_self(moment at) {
    if (!lag_at_half_ && at >= options_.warm_up + options_.duration / 2) {
        lag_at_half_ = lag_of_answers(at);
    }
    if (time_at_begin_ || at < options_.warm_up) return;
    time_at_begin_ = own_thread_time();
    cpu_from_ = at;
}

bool driver::is_drained() const {
    return std::all_of(lanes_.begin(), lanes_.end(),
                       [](const lane& each) { return each.in_flight.empty(); });
}

// A request that was in flight when the run was stopped, and not for long, was never given its
// time: it has no outcome, and is counted as left.
void driver::leave(lane& on, moment at) {
    std::deque<flight> old;
    for (const auto& each : on.in_flight) {
        if (at - each.sent >= 2 * patience_when_stopped) {
            old.push_back(each);
        } else if (recorder_.is_measured(each.planned)) {
            recorder_.left();
        }
    }
    on.in_flight = std::move(old);
    on.unflushed = 0;
}

void driver::finish(moment at) {
    for (auto& each : lanes_) {
        if (stop_) leave(each, at);
        const bool stands = each.link.now() == link::state::ready;
        resolve_all(each, stands ? outcome::lost : outcome::unconnected, at);
        each.link.close();
    }
    // Of an interrupted plan, what was not sent is no part.
    for (; !options_.closed && !stop_ && schedule_.planned() < over_; skip_to_own()) {
        recorder_.unsent(schedule_.planned());
        schedule_.advance();
    }
    recorder_.finish_second();
}

}  // namespace relayauth::load
