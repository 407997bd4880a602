#include "relayauth/server/self_test.hpp"

#include "vector_options.hpp"

#include "relayauth/server/snapshot.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relayauth::server {
namespace {

using testing::HasSubstr;

std::shared_ptr<session::settings> settings_of(const options& chosen) {
    auto keys = load_keys(chosen, today);
    EXPECT_TRUE(keys.has_value()) << keys.error();
    return std::const_pointer_cast<session::settings>(make_snapshot(chosen, *keys));
}

TEST(SelfTest, PassesWithEveryKeyAndSetting) {
    for (const auto* key : {"rsa2048", "p256", "ed25519"}) {
        auto chosen = vector_options(key);
        EXPECT_EQ(self_test(settings_of(chosen), today), std::nullopt) << key;
        chosen.realms = {"example.org"};
        chosen.max_lifetime = std::chrono::minutes(1);
        chosen.expiry_grace = std::chrono::hours(24);
        chosen.clock_tolerance = ticks{0};
        chosen.plaintext = session::plaintext_rule::never;
        chosen.refuse_skewed_peers = true;
        chosen.messages = {4096, 1024, 10};
        EXPECT_EQ(self_test(settings_of(chosen), today), std::nullopt) << key;
    }
}

TEST(SelfTest, SaysThatNothingCanBeMintedWithoutAKey) {
    auto settings = settings_of(vector_options("p256"));
    settings->keys = keyring::ring();
    const auto problem = self_test(settings, today);
    ASSERT_TRUE(problem);
    EXPECT_THAT(*problem, HasSubstr("could not be minted: the answer is Internal Server Error"));
}

TEST(SelfTest, NoticesThatACredentialIsRefusedOrNeverExpires) {
    auto early = settings_of(vector_options("p256"));
    early->validate.time.expiry_grace = -std::chrono::hours(9);  // expired from the start
    const auto refused = self_test(early, today);
    ASSERT_TRUE(refused);
    EXPECT_THAT(*refused, HasSubstr("just minted is refused"));
    EXPECT_THAT(*refused, HasSubstr("after expiry"));
}

}  // namespace
}  // namespace relayauth::server
