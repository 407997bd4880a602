#include "relayauth/credential/explain.hpp"

#include "hand_made.hpp"
#include "notes_credential.hpp"

#include <gtest/gtest.h>

// What is said of a credential whose key serves no more.
namespace relayauth::credential {
namespace {

using namespace std::chrono_literals;

explain_request asked(std::string_view username, const keyring::ring* keys) {
    explain_request made{username};
    made.keys = keys;
    return made;
}

TEST(Explanation, TriesTheOlderKeyUntilItRetires) {
    const auto at = notes::expiry - 1h;
    const auto serving = notes::rolled_ring(at + ticks{1});
    const auto told = explain(asked(notes::v2_username, &serving), at);
    ASSERT_EQ(told.keys.size(), 2u);
    EXPECT_EQ(told.as_given.signer, 1u);
    EXPECT_EQ(told.as_given.verdict.refused, std::nullopt);
    EXPECT_EQ(told.keys[1].id, "0a1b2c3d");
    EXPECT_EQ(told.keys[0].verifies_until, std::nullopt);
    EXPECT_EQ(told.keys[1].verifies_until, at + ticks{1});
    EXPECT_FALSE(told.keys[0].retired);
    EXPECT_FALSE(told.keys[1].retired);
}

TEST(Explanation, TellsWhoSignedThoughTheKeyIsRetired) {
    const auto at = notes::expiry - 1h;
    const auto retired = notes::rolled_ring(at);
    const auto told = explain(asked(notes::v2_username, &retired), at);
    EXPECT_EQ(told.as_given.signer, 1u);
    EXPECT_TRUE(told.keys.at(1).retired);
    EXPECT_FALSE(told.keys.at(0).retired);
    EXPECT_EQ(told.as_given.verdict.refused, refusal::unknown_key);
    EXPECT_EQ(explain(asked(notes::unsigned_username, &retired), at).as_given.signer, std::nullopt);
}

TEST(Explanation, SaysSinceWhenTheSignerVerifiesNothing) {
    const auto at = notes::expiry - 1h;
    const auto retired = notes::rolled_ring(at);
    const auto told = explain(asked(notes::v2_username, &retired), at, at - 1h);
    EXPECT_EQ(told.as_given.verdict.words,
              "the key that signed it verifies nothing any more since 2030-01-02T02:04:05Z, when "
              "its certificate expired");
    EXPECT_EQ(told.as_given.meanwhile->refused, std::nullopt);
    // A server whose clock is moved on purpose moves that end as well.
    auto moved = asked(notes::v2_username, &retired);
    moved.clock_offset = 1h;
    EXPECT_TRUE(explain(moved, at).as_given.verdict.words.starts_with(
        "the key that signed it verifies nothing any more since 2030-01-02T02:04:05Z"));
    EXPECT_EQ(explain(moved, at).as_given.verdict.words.find("certificate"), std::string::npos);
    // Nobody knows that of a foreign key.
    const auto foreign = explain(asked(notes::unsigned_username, &retired), at).as_given;
    EXPECT_EQ(foreign.verdict.words, "signed by none of this server's keys, or altered");
    // Time says nothing of the key.
    EXPECT_EQ(explain(asked(notes::v2_username, &retired), at - 1h).as_given.verdict.refused,
              std::nullopt);
}

TEST(Explanation, SaysSinceWhenTheKeyOfARestNameVerifiesNothing) {
    const auto at = notes::expiry - 1h;
    const auto rest_key = [](const char* id, std::uint8_t step, std::string_view secret) {
        return hand_made::rest_key(id, {{"example.test", secret}}, step);
    };
    const auto old = [&] {
        return hand_made::verifying(rest_key("old", 0, hand_made::rest_secret), at);
    };
    const auto rolled = hand_made::ring_of(
        hand_made::minting(rest_key("new", 1, hand_made::other_rest_secret)), old());
    const auto alone = hand_made::ring_of(old());
    for (const auto* keys : {&rolled, &alone}) {
        auto made = asked(hand_made::rest_name, keys);
        made.password = hand_made::rest_password;
        const auto told = explain(made, at).as_given;
        EXPECT_EQ(told.password_fits, true);
        EXPECT_EQ(told.verdict.words,
                  "the key whose password this is verifies nothing any more since "
                  "2030-01-02T02:04:05Z, when its certificate expired");
    }
}

}  // namespace
}  // namespace relayauth::credential
