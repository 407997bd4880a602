#include "talk.hpp"

#include "tests/unit/credential/hand_made.hpp"

#include <gtest/gtest.h>

namespace relayauth::session {

void recorder::on_event(const peer& who, const event& happened) {
    heard copy{happened.what,
               happened.door,
               happened.reason,
               std::string(happened.detail),
               happened.status,
               {},
               {},
               who.address,
               happened.offset,
               happened.peer_time,
               happened.server_time};
    if (happened.credential != nullptr) {
        copy.key_id = happened.credential->key_id;
        copy.version = happened.credential->version;
    }
    if (happened.verdict != nullptr) copy.key_id = happened.verdict->key_id();
    all.push_back(std::move(copy));
    order += 'e';
}

std::shared_ptr<settings> make_settings(std::vector<std::string> realms) {
    const std::vector<mras::media_relay> relays = {
        {mras::location::internet, "turn.example.test", 3478, 443},
        {mras::location::intranet, "10.0.0.7", 3479, 444}};
    auto made = std::make_shared<settings>(relays, std::move(realms));
    made->keys = credential::hand_made::ring_of(
        credential::hand_made::minting(credential::hand_made::key()));
    made->not_after = {wall_time::from_unix(std::chrono::seconds(1'900'000'000))};
    made->product = "relayauth/9.8.7";
    return made;
}

peer loopback() {
    peer who;
    who.address = "127.0.0.1";
    who.port = 40000;
    who.octets = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 127, 0, 0, 1};
    return who;
}

peer remote(std::string address, bool tls) {
    peer who;
    who.address = std::move(address);
    who.port = 40000;
    who.octets = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 203, 0, 113, 9};
    who.tls = tls;
    return who;
}

std::vector<char> heap_copy(std::string_view octets) {
    return {octets.begin(), octets.end()};
}

heard world::only_event() {
    EXPECT_EQ(events.all.size(), 1u);
    if (events.all.empty())
        return {event::kind::issued, door::sip, {}, "NO EVENT", 0, {}, {}, {}, {}};
    auto first = events.all.front();
    events.all.clear();
    return first;
}

talk::talk(world& with, peer who)
    : world_(with), connection_(who, admit(with.in_force->access, who)) {}

std::string talk::say(std::string_view octets, wall_time now) {
    EXPECT_FALSE(closed_) << "talked to a closed connection";
    auto fresh = heap_copy(octets);
    out_.clear();
    closed_ = connection_.on_bytes(world_.ctx, fresh, now, out_);
    out_.stamp(write_time);
    return out_.bytes;
}

std::string talk::spell(std::string_view octets) {
    std::string all;
    for (std::size_t i = 0; i < octets.size() && !closed_; ++i) all += say(octets.substr(i, 1));
    return all;
}

}  // namespace relayauth::session
