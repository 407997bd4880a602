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

TEST(SelfTest, NoticesThatAFreshCredentialIsRefused) {
    auto early = settings_of(vector_options("p256"));
    early->validate.time.expiry_grace = -std::chrono::hours(9);  // expired from the start
    const auto refused = self_test(early, today);
    ASSERT_TRUE(refused);
    EXPECT_THAT(*refused, HasSubstr("just minted is refused"));
    EXPECT_THAT(*refused, HasSubstr("after expiry"));
}

// A service that errs in one way at a time.
struct erring {
    bool believes_any_password = false;
    bool forgets_expiry = false;
    bool says_nothing = false;

    std::optional<std::string> tested() const {
        const auto expires = today + std::chrono::hours(8);
        return self_test({[](wall_time) -> result<mras::received_credentials, client::failure> {
                              mras::received_credentials made;
                              made.username = "user";
                              made.password = "Apassword";
                              return made;
                          },
                          [this, expires](std::string_view, std::string_view password,
                                          wall_time now) -> std::optional<rpc::received_verdict> {
                              if (says_nothing) return std::nullopt;
                              rpc::received_refusal refused;
                              refused.why = now >= expires ? rpc::reason::expired
                                                           : rpc::reason::wrong_password;
                              if (password != "Apassword" && !believes_any_password) return refused;
                              if (now >= expires && !forgets_expiry) return refused;
                              rpc::received_good_credential good;
                              good.expires_at = expires;
                              return good;
                          }},
                         ticks{0}, today);
    }
};

TEST(SelfTest, PassesOnlyIfNothingIsWrong) {
    EXPECT_EQ(erring().tested(), std::nullopt);
    EXPECT_EQ(erring{.believes_any_password = true}.tested(), "a wrong password is not refused");
    EXPECT_EQ(erring{.forgets_expiry = true}.tested(),
              "the credential is not refused as expired at 2026-11-22T17:30:54Z");
    EXPECT_EQ(erring{.says_nothing = true}.tested(),
              "no verdict about the credential that was just minted");
}

}  // namespace
}  // namespace relayauth::server
