// A driver's answers: each is matched with its request and judged.
#include "relayauth/load/driver.hpp"

#include <algorithm>
#include <utility>

namespace relayauth::load {

namespace {

// A server that never stops talking must not keep the loop from its other work.
constexpr int most_reads = 16;

}  // namespace

void driver::receive(lane& on, moment at) {
    int reads = 0;
    do {
        const auto count = on.link.read(buffer_);
        if (count == 0) break;
        if (on.input.empty()) {
            take_answers(on, std::span(buffer_).first(count), at);
        } else {
            on.input.append(buffer_.data(), count);
            auto whole = std::move(on.input);
            on.input.clear();
            take_answers(on, whole, at);
        }
    } while (on.link.has_more() && ++reads < most_reads);
    if (on.link.has_more() && reads == most_reads) unread_.push_back(&on);
    // Unless that was the end of its successor, which open() has dealt with.
    if (on.link.now() == link::state::ended && on.reopen_at == moment::max()) on_ended(on, at);
}

void driver::read_on() {
    for (auto* const each : std::exchange(unread_, {})) {
        if (each->link.now() == link::state::ready) receive(*each, now());
    }
}

void driver::take_answers(lane& on, std::span<char> octets, moment at) {
    while (!octets.empty()) {
        const auto got = wire_->read(octets, on.framed, sent_);
        if (got.kind == answer::kind::broken) return on_broken(on, got.why, at);
        if (got.kind == answer::kind::whole) on_answer(on, got, at);
        // What follows the only answer of a connection is nobody's.
        if (on.link.now() != link::state::ready) return;
        octets = octets.subspan(got.consumed);
        if (got.kind == answer::kind::need_more) break;
    }
    on.input.assign(octets.data(), octets.size());
}

// No answer of this protocol: it counts for the oldest request, and nothing after it is believed.
void driver::on_broken(lane& on, std::string_view why, moment at) {
    if (on.in_flight.size() == on.unflushed) {
        recorder_.happened(incident::unasked, at);
    } else {
        recorder_.resolve(on.in_flight.front(), outcome::wrong, why, at);
        on.in_flight.pop_front();
    }
    on.input.clear();
    on.framed = wire_->new_framing();
    on.link.close();
    on.events = 0;
    resolve_all(on, outcome::lost, at);
    on.reopen_at = at;
}

// find looks among those that were really sent: a server that knows how we number could answer
// others in advance.
std::deque<flight>::iterator driver::find(lane& on, std::uint64_t index) {
    const auto end = on.in_flight.end() - static_cast<std::ptrdiff_t>(on.unflushed);
    const auto found = std::find_if(on.in_flight.begin(), end, [index](const flight& each) {
        return each.what.index == index;
    });
    return found == end ? on.in_flight.end() : found;
}

void driver::on_answer(lane& on, const answer& got, moment at) {
    if (options_.unchecked && !got.index && on.in_flight.size() > on.unflushed) {
        const auto oldest = on.in_flight.front();
        on.in_flight.pop_front();
        on.newest_answered = oldest.what.index;
        on.answered_at = at;
        recorder_.resolve(oldest, got.what, got.why, at);
        return answered(on, at);
    }
    if (!got.index) return recorder_.happened(incident::unasked, at);
    const auto index = *got.index;
    const auto found = find(on, index);
    if (found != on.in_flight.end()) {
        // One that is lost was overtaken by nobody's answer: only an answer can say that it was.
        if (index < on.newest_answered) recorder_.happened(incident::reordered, at);
        on.newest_answered = std::max(on.newest_answered, index);
        on.answered_at = at;
        const auto done = *found;
        on.in_flight.erase(found);
        settle(done, got, at);
        return answered(on, at);
    }
    if (const auto late = on.overdue.extract(index)) {
        return settle_late(late.mapped(), got, at);
    }
    if (settle_elsewhere(index, at)) return;
    const bool ours = index < sent_ && index % options_.threads == number_;
    recorder_.happened(ours ? incident::repeated : incident::unasked, at);
}

bool driver::is_other_call(const flight& done, const answer& got) const {
    return got.what == outcome::good && got.to != done.what.call && !options_.unchecked;
}

void driver::settle(const flight& done, const answer& got, moment at) {
    if (is_other_call(done, got))
        return recorder_.resolve(done, outcome::wrong, "another kind of reply", at);
    if (got.what == outcome::good && recorder_.is_measured(done.planned)) {
        sample_.offer(done, got, at);
    }
    recorder_.resolve(done, got.what, got.why, at);
}

void driver::settle_late(const flight& done, const answer& got, moment at) {
    if (is_other_call(done, got) || got.what != outcome::good) return settle(done, got, at);
    recorder_.resolve(done, outcome::late, {}, at);
}

// An answer that came on another connection than its question was mixed up on the way.
bool driver::settle_elsewhere(std::uint64_t index, moment at) {
    for (auto& other : lanes_) {
        const auto found = find(other, index);
        if (found == other.in_flight.end()) continue;
        const auto done = *found;
        other.in_flight.erase(found);
        recorder_.resolve(done, outcome::swapped, {}, at);
        answered(other, at);
        return true;
    }
    return false;
}

// answered gives the place of a request that has its outcome to the next one.
void driver::answered(lane& on, moment at) {
    // Tickets come with the first octets after the handshake; each is as good as the next.
    if (options_.resume && !on.ticket && on.link.now() == link::state::ready) {
        on.ticket = on.link.take_ticket();
    }
    if (options_.handshake_per_request && on.in_flight.empty()) {
        on.link.close();
        on.events = 0;
        on.input.clear();
    }
    if (is_over(at) || !running_) return;
    if (!options_.closed) return enqueue(on, at);
    fill(on, at);
}

}  // namespace relayauth::load
