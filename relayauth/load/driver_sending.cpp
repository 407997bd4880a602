// A driver's requests: which one next, on which connection, and when it really left.
#include "relayauth/load/driver.hpp"

#include <algorithm>

namespace relayauth::load {
namespace {

// What the server does not take from a connection is not piled up without end.
constexpr std::size_t most_output = 256 * 1024;
// The random numbers of each use are independent of each other.
constexpr std::uint64_t identity_stream = 0x6964656E74, call_stream = 0x63616C6C;

}  // namespace

bool driver::has_room(const lane& on) const {
    if (options_.handshake_per_request) {
        const auto state = on.link.now();
        const bool free = state == link::state::none || state == link::state::ended;
        return free && on.reopen_at == moment::max();
    }
    return on.link.now() == link::state::ready && on.in_flight.size() < options_.in_flight &&
           on.output.size() < most_output;
}

void driver::enqueue(lane& on, moment at) {
    if (on.queued || !has_room(on)) return;
    on.room_since = at;
    on.queued = true;
    with_room_.push_back(&on);
}

request driver::next_request(std::uint64_t index) const {
    request made;
    made.index = index;
    const auto identity = random_of(options_.seed ^ identity_stream, index) % options_.identities;
    made.identity = static_cast<std::uint32_t>(identity);
    const auto percent = random_of(options_.seed ^ call_stream, index) % 100;
    if (percent < options_.mix.validate_percent) made.call = call::validate;
    return made;
}

// The plan is one for all threads; each takes its own share of it.
void driver::skip_to_own() {
    while (schedule_.index() % options_.threads != number_) schedule_.advance();
}

void driver::send_due(moment at) {
    while (schedule_.planned() <= at && schedule_.planned() < end_ && !with_room_.empty()) {
        auto& on = *with_room_.front();
        with_room_.pop_front();
        on.queued = false;
        if (!has_room(on)) continue;
        flight next;
        next.what = next_request(schedule_.index());
        next.planned = schedule_.planned();
        sent_ = schedule_.index() + 1;
        schedule_.advance();
        skip_to_own();
        send(on, next, at);
        if (!has_room(on)) continue;
        on.queued = true;  // behind the others, room_since as it was
        with_room_.push_back(&on);
    }
}

// --closed: a request for each place on the lane.
void driver::fill(lane& on, moment at) {
    while (!is_over(at) && has_room(on)) {
        const auto index = next_index_ * options_.threads + number_;
        ++next_index_;
        sent_ = std::max(sent_, index + 1);
        flight next;
        next.what = next_request(index);
        next.planned = at;
        send(on, next, at);
    }
}

void driver::send(lane& on, flight next, moment at) {
    next.possible = std::max(next.planned, on.room_since);
    if (options_.handshake_per_request) return send_on_new_connection(on, next, at);
    on.in_flight.push_back(next);
    ++on.unflushed;
    wire_->write(on.output, next.what);
    mark_dirty(on);
}

// The connection is part of what is asked for, so the service begins here.
void driver::send_on_new_connection(lane& on, flight next, moment at) {
    next.sent = at;
    recorder_.sent(next.planned, at - next.possible);
    on.in_flight.push_back(next);
    open(on, at);
    if (on.in_flight.empty()) return;  // it could not even begin: the request has its outcome
    wire_->write(on.output, next.what);
    if (on.link.now() == link::state::ready) mark_dirty(on);
}

void driver::mark_dirty(lane& on) {
    if (on.dirty) return;
    on.dirty = true;
    dirty_.push_back(&on);
}

// Everything for one connection goes in one write.
void driver::flush_dirty() {
    for (std::size_t i = 0; i < dirty_.size(); ++i) {
        dirty_[i]->dirty = false;
        flush(*dirty_[i]);
    }
    dirty_.clear();
}

void driver::flush(lane& on) {
    if (on.link.now() != link::state::ready || on.output.empty()) return;
    const auto at = now();
    for (; on.unflushed > 0; --on.unflushed) {
        auto& each = on.in_flight[on.in_flight.size() - on.unflushed];
        each.sent = at;
        recorder_.sent(each.planned, at - each.possible);
    }
    std::size_t sent = 0;
    while (sent < on.output.size()) {
        const auto count = on.link.write(std::string_view(on.output).substr(sent));
        if (count == 0) break;
        sent += count;
    }
    if (on.link.now() == link::state::ended) return on_ended(on, at);
    on.output.erase(0, sent);
    watch(on);
}

}  // namespace relayauth::load
