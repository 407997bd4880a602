// A driver's connections: made, watched, replaced, given up.
#include "relayauth/load/driver.hpp"

#include <sys/epoll.h>

#include <algorithm>

namespace relayauth::load {
namespace {

// A server that ends or refuses a connection is asked again after this, then twice as long, and so
// on: soon enough not to lose a second, slow enough not to be an attack.
constexpr std::chrono::milliseconds first_pause{10};
constexpr std::chrono::milliseconds longest_pause{1000};

std::chrono::nanoseconds pause_after(unsigned failures) {
    return std::min<std::chrono::nanoseconds>(first_pause * (1 << std::min(failures - 1, 10u)),
                                              longest_pause);
}

incident incident_of(link::end why) {
    return why == link::end::handshake_failed ? incident::handshake_failed
                                              : incident::connect_failed;
}

}  // namespace

void driver::open(lane& on, moment at) {
    on.opened = at;
    on.reopen_at = moment::max();
    on.input.clear();
    on.output.clear();
    on.framed = wire_->new_framing();
    on.events = 0;
    on.link.open(to_.server, to_.tls, options_.server, options_.resume ? on.ticket.get() : nullptr);
    if (on.link.now() == link::state::ended) return on_ended(on, at);
    watch(on);
    if (on.link.now() == link::state::ready) on_ready(on, at);
}

// watch asks the kernel for what the link waits for, when that has changed.
void driver::watch(lane& on) {
    const auto wanted = on.link.wanted_events();
    if (wanted == on.events) return;
    epoll_event event{};
    event.events = wanted;
    event.data.ptr = &on;
    const int how = on.events == 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD;
    ::epoll_ctl(epoll_, how, on.link.descriptor(), &event);
    on.events = wanted;
}

void driver::on_ready(lane& on, moment at) {
    if (running_) on.failures = 0;
    const auto when = running_ ? at : moment(-1);
    recorder_.happened(incident::connected, when);
    if (on.was_ready && !options_.handshake_per_request)
        recorder_.happened(incident::reconnected, when);
    if (options_.server.tls) recorder_.handshake_done(at - on.opened, on.link.was_resumed(), when);
    on.was_ready = true;
    const auto waiting = std::move(on.output);  // the request that this connection is for
    on.output.clear();
    wire_->begin(on.output);
    on.output += waiting;
    if (!on.output.empty()) mark_dirty(on);
    if (options_.handshake_per_request) return;
    on.room_since = at;
    if (!running_) return;
    if (options_.closed) return fill(on, at);
    enqueue(on, at);
}

void driver::resolve_all(lane& on, outcome rest, moment at) {
    for (const auto& each : on.in_flight) {
        const bool begun = &each == &on.in_flight.front() && on.inside_answer();
        recorder_.resolve(each, begun ? outcome::truncated : rest, {}, at);
    }
    for (const auto& each : on.overdue) recorder_.resolve(each.second, outcome::lost, {}, at);
    on.in_flight.clear();
    on.overdue.clear();
    on.unflushed = 0;
}

void driver::on_ended(lane& on, moment at) {
    const auto why = on.link.why();
    on.events = 0;
    auto rest = why == link::end::reset ? outcome::reset : outcome::closed;
    if (why != link::end::closed && why != link::end::reset) {
        recorder_.happened(incident_of(why), at);
        if (why == link::end::out_of_ports) recorder_.out_of_ports();
        rest = outcome::unconnected;
        ++on.failures;
    } else if (!running_) {
        ++on.failures;  // it was made, but not taken
    }
    resolve_all(on, rest, at);
    on.input.clear();
    on.output.clear();
    on.reopen_at = at + pause_after(std::max(on.failures, 1u));
}

// give_up moves requests that were not answered in time aside, so that others get their place.
void driver::give_up(lane& on, moment at) {
    bool some = false;
    const auto patience = options_.server.answer_timeout;
    while (on.in_flight.size() > on.unflushed && on.in_flight.front().sent + patience <= at) {
        const auto& oldest = on.in_flight.front();
        on.overdue.emplace(oldest.what.index, oldest);
        on.in_flight.pop_front();
        some = true;
    }
    if (!some) return;
    // A connection that was made for one request is of no use to the next.
    if (options_.handshake_per_request) {
        on.link.close();
        resolve_all(on, outcome::lost, at);
        on.events = 0;
    }
    answered(on, at);
}

void driver::sweep_lane(lane& on, moment at) {
    if (on.reopen_at <= at && !is_over(at)) {
        if (!options_.handshake_per_request) return open(on, at);
        on.reopen_at = moment::max();
        return answered(on, at);
    }
    const auto state = on.link.now();
    const bool pending = state == link::state::connecting || state == link::state::handshaking;
    if (pending && on.opened + options_.server.connect_timeout <= at) {
        recorder_.happened(state == link::state::connecting ? incident::connect_failed
                                                            : incident::handshake_failed,
                           at);
        on.link.close();
        on.events = 0;
        ++on.failures;
        resolve_all(on, outcome::unconnected, at);
        on.output.clear();
        on.reopen_at = at + pause_after(on.failures);
        return;
    }
    if (state == link::state::ready) give_up(on, at);
}

void driver::sweep(moment at) {
    for (auto& each : lanes_) sweep_lane(each, at);
}

}  // namespace relayauth::load
