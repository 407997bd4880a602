#include "relayauth/server/counters.hpp"

namespace relayauth::server {

using session::event;

credential_form form_of(const session::issued_facts& minted) {
    if (!minted.version) return credential_form::turn_rest;
    return *minted.version == token::version::v1 ? credential_form::v1 : credential_form::v2;
}

void counters::count(const session::event& happened) {
    const auto through = static_cast<std::size_t>(happened.door);
    if (happened.what == event::kind::issued && happened.credential != nullptr) {
        issued[through][static_cast<std::size_t>(form_of(*happened.credential))].add();
        return;
    }
    const auto reason = happened.reason ? static_cast<std::size_t>(*happened.reason) : refusals;
    events[through][static_cast<std::size_t>(happened.what)][reason].add();
    if (happened.what == event::kind::peer_clock && happened.offset)
        peer_clock_offset.add(std::chrono::duration<double>(*happened.offset).count());
    if (happened.what == event::kind::validated && happened.verdict != nullptr) {
        validated_by_key.add(happened.verdict->key_id());
    }
}

std::uint64_t counters::value(session::door through, event::kind what, std::size_t reason) const {
    const auto door = static_cast<std::size_t>(through);
    auto all = events[door][static_cast<std::size_t>(what)][reason].value();
    if (what == event::kind::issued && reason == refusals) {
        for (const auto& each : issued[door]) all += each.value();
    }
    return all;
}

std::uint64_t counters::sum(event::kind what, std::size_t reason) const {
    std::uint64_t all = 0;
    for (std::size_t door = 0; door < doors; ++door) {
        all += value(static_cast<session::door>(door), what, reason);
    }
    return all;
}

}  // namespace relayauth::server
