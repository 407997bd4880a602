#include "resp_talk.hpp"

#include <gtest/gtest.h>

namespace relayauth::session {

std::string command(std::initializer_list<std::string_view> words) {
    auto octets = "*" + std::to_string(words.size()) + "\r\n";
    for (const auto word : words) {
        octets += "$" + std::to_string(word.size()) + "\r\n";
        octets.append(word).append("\r\n");
    }
    return octets;
}

std::string get(std::string_view user, std::string_view realm) {
    const auto key = "turn/realm/" + std::string(realm) + "/user/" + std::string(user) + "/key";
    return command({"GET", key});
}

std::shared_ptr<settings> redis_settings_with(std::string_view password) {
    namespace hand_made = credential::hand_made;
    auto made = make_settings({"example.test"});
    made->keys = hand_made::ring_of(hand_made::minting(
        hand_made::rest_key("notes", {{"example.test", hand_made::rest_secret}})));
    if (!password.empty()) made->redis.password.emplace(as_bytes(password));
    return made;
}

resp_talk::resp_talk(world& with, peer who)
    : world_(with),
      connection_(
          who, admit_redis(with.in_force->access, with.in_force->redis.password.has_value(), who),
          listener::redis) {}

std::string resp_talk::say(std::string_view octets, wall_time now) {
    EXPECT_FALSE(closed_) << "talked to a closed connection";
    auto fresh = heap_copy(octets);
    out_.clear();
    closed_ = connection_.on_bytes(world_.ctx, fresh, now, out_);
    EXPECT_FALSE(out_.needs_stamp) << "as if they were rpc frames";
    return out_.bytes;
}

}  // namespace relayauth::session
