#include "relayauth/session/resp_service.hpp"

#include "resp_talk.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

// GET turn/realm/R/user/U/key: the key of a good credential, else nil and the reason in one event.

namespace relayauth::session {
namespace {

namespace hand_made = credential::hand_made;
using credential::refusal;
using hand_made::expiry_2030;
using hand_made::v2_username;
using std::chrono::hours;
using testing::HasSubstr;
using testing::Not;

TEST(RespUserKey, IsHashlibsForEveryFormOfCredential) {
    world here(redis_settings_with());
    resp_talk line(here);
    for (const auto& [user, key] :
         {std::pair(hand_made::v1_username, v1_key), std::pair(v2_username, v2_key),
          std::pair(hand_made::rest_name, rest_key), std::pair(dated_username, dated_key)}) {
        EXPECT_EQ(line.say(get(user)), key);
        const auto heard = here.only_event();
        EXPECT_EQ(heard.what, event::kind::validated);
        EXPECT_EQ(heard.door, door::redis);
        EXPECT_EQ(heard.reason, std::nullopt);
        const bool signs_its_name = user != hand_made::rest_name;
        EXPECT_EQ(heard.detail.empty(), signs_its_name) << heard.detail;
        EXPECT_EQ(heard.key_id, "notes");
        EXPECT_EQ(heard.peer, "127.0.0.1");
    }
}

TEST(RespUserKey, IsOfTheOlderOfTwoKeysUntilItRetires) {
    auto chosen = redis_settings_with();
    const auto ends = an_hour_before + ticks{1};
    chosen->keys = hand_made::ring_of(hand_made::minting(hand_made::rest_key(
                                          "new", {{"example.test", hand_made::rest_secret}}, 1)),
                                      hand_made::verifying(hand_made::key("old"), ends));
    world here(chosen);
    resp_talk line(here);
    EXPECT_EQ(line.say(get(v2_username), ends - ticks{1}), v2_key);
    EXPECT_EQ(here.only_event().key_id, "old");
    EXPECT_EQ(line.say(get(v2_username), ends), nil);
    EXPECT_EQ(here.only_event().reason, refusal::unknown_key);
}

// refused_at gives the one event that nil left; a test failure if it is another kind.
heard refused_at(std::string_view user, wall_time now = an_hour_before,
                 std::string_view realm = "example.test", ticks clock_offset = ticks{0}) {
    auto chosen = redis_settings_with();
    chosen->clock_offset = clock_offset;
    world here(chosen);
    resp_talk line(here);
    EXPECT_EQ(line.say(get(user, realm), now), nil);
    EXPECT_FALSE(line.closed());
    auto only = here.only_event();
    EXPECT_EQ(only.what, event::kind::validate_refused);
    EXPECT_EQ(only.door, door::redis);
    EXPECT_EQ(only.peer, "127.0.0.1");
    EXPECT_NE(only.detail, "");
    return only;
}

TEST(RespUserKey, SaysThatABitWasFlipped) {
    auto blob = hand_made::signed_blob(hand_made::blob(expiry_2030, {}), hand_made::key());
    blob[20] ^= 1;
    const auto only = refused_at(encode_base64(blob));
    EXPECT_EQ(only.reason, refusal::unknown_key);
    EXPECT_THAT(only.detail, HasSubstr("altered"));
}

TEST(RespUserKey, SaysThatAnotherKeySigned) {
    const auto foreign =
        hand_made::signed_blob(hand_made::blob(expiry_2030, 0), hand_made::key("other", 1));
    EXPECT_EQ(refused_at(encode_base64(foreign)).reason, refusal::unknown_key);
}

TEST(RespUserKey, SaysHowLongATrimmedNameIs) {
    const auto only = refused_at(v2_username.substr(0, 70));
    EXPECT_EQ(only.reason, refusal::malformed);
    EXPECT_THAT(only.detail, HasSubstr("it has 70 characters, an MRAS username 76 or 72"));
}

TEST(RespUserKey, SaysExpiredWithBothClocksAndNoOffset) {
    for (const auto user : {hand_made::v1_username, dated_username, hand_made::rest_name}) {
        const auto only = refused_at(user, expiry_2030 + hours(8));
        EXPECT_EQ(only.reason, refusal::expired);
        EXPECT_THAT(only.detail, HasSubstr("8 h after expiry"));
        EXPECT_THAT(only.detail, HasSubstr("server clock 2030-01-02T11:04:05Z"));
        EXPECT_THAT(only.detail, HasSubstr("expires 2030-01-02T03:04:05Z"));
        EXPECT_THAT(only.detail, Not(HasSubstr("time zone")));
    }
}

TEST(RespUserKey, SaysNotYetValidWithTheOffsetAndTheTimeZone) {
    const auto only = refused_at(dated_username, expiry_2030 - hours(16));
    EXPECT_EQ(only.reason, refusal::not_yet_valid);
    EXPECT_THAT(only.detail, HasSubstr("offset -8 h"));
    EXPECT_THAT(only.detail, HasSubstr("looks like a time zone error of -8 h"));
    EXPECT_THAT(only.detail, HasSubstr("server clock 2030-01-01T11:04:05Z"));
    EXPECT_THAT(only.detail, HasSubstr("issued 2030-01-01T19:04:05Z"));
    EXPECT_THAT(only.detail, HasSubstr("expires 2030-01-02T03:04:05Z"));
    EXPECT_EQ(only.key_id, "notes");
}

TEST(RespUserKey, SaysMintedAheadOfANameThatExpiresTooLate) {
    for (const auto user : {hand_made::v1_username, hand_made::rest_name}) {
        const auto only = refused_at(user, expiry_2030 - hours(16));
        EXPECT_EQ(only.reason, refusal::minted_ahead);
        EXPECT_THAT(only.detail, HasSubstr("server clock 2030-01-01T11:04:05Z"));
    }
}

TEST(RespUserKey, NamesTheClockOffsetSetting) {
    const auto only = refused_at(v2_username, expiry_2030, "example.test", hours(2));
    EXPECT_THAT(only.detail, HasSubstr("by +2 h (--clock-offset or lab)"));
    EXPECT_THAT(refused_at(v2_username, expiry_2030).detail, Not(HasSubstr("--clock-offset")));
}

TEST(RespUserKey, SaysThatTheRealmIsAnothers) {
    for (const auto user : {v2_username, hand_made::rest_name}) {
        for (const auto* realm : {"other.test", "example.tes", "Example.test", "example.test2"}) {
            EXPECT_EQ(refused_at(user, an_hour_before, realm).reason, refusal::wrong_realm)
                << realm;
        }
    }
}

TEST(RespUserKey, SaysMalformedOfGarbage) {
    using namespace std::string_view_literals;
    for (const auto user : {""sv, "alice"sv, "%n%n"sv, "\0\xFF\r\n"sv, "AQAA"sv, "/user/"sv,
                            "1893553445000:alice"sv, "alice:1893553445"sv, "==="sv}) {
        EXPECT_EQ(refused_at(user).reason, refusal::malformed) << user;
    }
    EXPECT_EQ(refused_at(std::string(60'000, 'A')).reason, refusal::malformed);
}

TEST(RespUserKey, TellsNoPartOfTheUsernameAndNoKeyInAnEvent) {
    world here(redis_settings_with());
    resp_talk line(here);
    for (const auto now : {an_hour_before, expiry_2030, expiry_2030 - hours(16)}) {
        for (const auto user : {v2_username, hand_made::rest_name, dated_username}) {
            line.say(get(user) + get(user, "other.test") + get("s" + std::string(user)), now);
        }
    }
    EXPECT_EQ(here.events.all.size(), 27u);
    for (const auto& each : here.events.all) {
        for (const auto* part : {"AgAA", "sIHE", "alice", "1893553445", "bcda227e", "07026e46",
                                 "186923be", "other.test"}) {
            EXPECT_THAT(each.detail, Not(HasSubstr(part)));
        }
    }
}

TEST(RespUserKey, IsDecidedByTheClockOfItsOwnRead) {
    world here(redis_settings_with());
    resp_talk line(here);
    const auto two = get(v2_username) + get(v2_username);
    EXPECT_EQ(line.say(two, expiry_2030 - ticks{1}), std::string(v2_key) + std::string(v2_key))
        << "one read, one clock";
    here.events.all.clear();

    const auto cut = get(v2_username).size() + 5;
    EXPECT_EQ(line.say(two.substr(0, cut), expiry_2030 - ticks{1}), v2_key);
    EXPECT_EQ(here.only_event().what, event::kind::validated);
    EXPECT_EQ(line.say(two.substr(cut), expiry_2030), nil) << "no verdict is kept";
    EXPECT_EQ(here.only_event().reason, refusal::expired);
    EXPECT_EQ(line.say(get(v2_username), expiry_2030 - ticks{1}), v2_key) << "nor a refusal";
}

TEST(RespUserKey, FollowsTheSettingsInForce) {
    world here(redis_settings_with());
    resp_talk line(here);
    EXPECT_EQ(line.say(get(v2_username)), v2_key);
    auto next = redis_settings_with();
    next->validate.realms = {"rtcmedia"};
    here.ctx.replace(next);
    EXPECT_EQ(line.say(get(v2_username)), nil);
    EXPECT_EQ(line.say(get(v2_username, "rtcmedia")),
              "$32\r\n426df41dbbf3398b4243bf6207f9fe66\r\n");
}

}  // namespace
}  // namespace relayauth::session
