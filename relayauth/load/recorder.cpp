#include "relayauth/load/recorder.hpp"

#include "relayauth/load/verdict.hpp"

#include <algorithm>

namespace relayauth::load {
namespace {

// A time line of more steps than this is drawn no finer, and only makes files large.
constexpr std::int64_t most_intervals = 1200;

std::chrono::nanoseconds interval_length_of(std::chrono::nanoseconds duration) {
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(duration).count();
    return std::chrono::seconds(
        std::max<std::int64_t>(1, (seconds + most_intervals - 1) / most_intervals));
}

}  // namespace

recorder::recorder(const options& chosen)
    : warm_up_(chosen.warm_up),
      end_(chosen.warm_up + chosen.duration),
      handshake_per_request_(chosen.handshake_per_request) {
    measured_.interval_length = interval_length_of(chosen.duration);
    measured_.closed_loop = chosen.closed;
    measured_.tls = chosen.server.tls;
}

// None for what comes after the end.
interval* recorder::interval_at(moment when) {
    if (when >= end_) return nullptr;
    const auto since = std::max(when, warm_up_) - warm_up_;
    const auto step = static_cast<std::size_t>(since / measured_.interval_length);
    auto& line = measured_.time_line;
    if (line.size() <= step) line.resize(step + 1);
    return &line[step];
}

void recorder::count_answer(bool good, moment now) {
    if (good && now < end_) ++measured_.good_in_time;
    if (auto* const step = interval_at(now)) ++(good ? step->good : step->errors);
}

void recorder::resolve(const flight& done, outcome what, std::string_view why, moment now) {
    const bool answered_right = what == outcome::good || what == outcome::late;
    const auto latency = now - (measured_.closed_loop ? done.sent : done.planned);
    ++(what == outcome::good ? current_.good : current_.errors);
    if (answered_right) current_.latency.record(latency);
    if (!is_measured(done.planned)) {
        ++measured_.warm_up_requests;
        measured_.warm_up_errors += what != outcome::good;
        return;
    }
    ++measured_.counts[what];
    if (what == outcome::refused) ++measured_.counts.refused_by[std::string(why)];
    if (what == outcome::wrong) ++measured_.counts.wrong_by[std::string(why)];
    if (auto* const step = interval_at(done.planned)) ++step->planned;
    count_answer(what == outcome::good, now);
    if (!answered_right) return;
    measured_.latency.record(latency);
    measured_.service.record(now - done.sent);
    const auto bucket = static_cast<std::uint32_t>(histogram::index_of(latency));
    if (auto* const step = interval_at(now)) ++step->latency[bucket / time_line_coarseness];
}

void recorder::unsent(moment planned) {
    if (!is_measured(planned)) {
        ++measured_.warm_up_requests;
        ++measured_.warm_up_errors;
        return;
    }
    ++measured_.counts[outcome::unsent];
    auto* const step = interval_at(planned);
    if (step == nullptr) return;
    ++step->planned;
    ++step->errors;
}

void recorder::happened(incident what, moment now) {
    ++measured_.counts[what];
    const bool error = what == incident::repeated || what == incident::unasked;
    if (!error) return;
    if (auto* const step = interval_at(now)) ++step->errors;
    ++current_.errors;
}

// Those of a run's own connections, made before it begins, are timed but are no result of it.
void recorder::handshake_done(std::chrono::nanoseconds took, bool resumed, moment now) {
    const bool in_run = now >= warm_up_ && now < end_;
    if (in_run || !handshake_per_request_) measured_.handshake.record(took);
    if (!in_run) return;
    ++measured_.counts[incident::handshakes];
    measured_.counts[incident::resumed] += resumed;
    ++interval_at(now)->handshakes;
}

void recorder::sent(moment planned, std::chrono::nanoseconds lag) {
    if (!is_measured(planned)) return;
    measured_.self.lag.record(lag);
    measured_.self.sent_late += lag > late_by;
}

void recorder::stalled(std::chrono::nanoseconds time, moment now) {
    if (now < warm_up_) return;
    measured_.self.longest_stall = std::max(measured_.self.longest_stall, time);
}

void recorder::ended(std::chrono::nanoseconds measured, std::chrono::nanoseconds behind) {
    measured_.measured = measured;
    measured_.behind = behind;
}

void recorder::finish_second() {
    const std::lock_guard lock(guard_);
    told_.good += current_.good;
    told_.errors += current_.errors;
    told_.latency.merge(current_.latency);
    current_.good = current_.errors = 0;
    current_.latency.clear();
}

void recorder::take_second(second_of_run& into) {
    const std::lock_guard lock(guard_);
    into.good += told_.good;
    into.errors += told_.errors;
    into.latency.merge(told_.latency);
    told_.good = told_.errors = 0;
    told_.latency.clear();
}

result recorder::take() {
    return std::move(measured_);
}

}  // namespace relayauth::load
