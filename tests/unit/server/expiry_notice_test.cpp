#include "relayauth/server/expiry_notice.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relayauth::server {
namespace {

using std::chrono::hours;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr wall_time now{135'380'270'450'000'000};

std::vector<std::string> lines_for(ticks until_its_end, bool only_verifies = false,
                                   bool allow_expired = false) {
    const std::vector<watched_certificate> one = {{"0a1b2c3d", now + until_its_end, only_verifies}};
    return expiry_notices(one, allow_expired, now);
}

TEST(ExpiryNotices, BeginTwoWeeksBeforeTheEnd) {
    EXPECT_THAT(lines_for(expiry_notice_period + ticks(1)), IsEmpty());
    EXPECT_THAT(lines_for(expiry_notice_period), ElementsAre(HasSubstr("expires in 14 d")));
}

TEST(ExpiryNotices, SayWhenItHasEnded) {
    EXPECT_THAT(lines_for(ticks(1)), ElementsAre(HasSubstr("expires in")));
    EXPECT_THAT(lines_for(-hours(2)), ElementsAre(HasSubstr("expired 2 h ago")));
}

TEST(ExpiryNotices, NameTheKeyAndThatRenewalKeepsCredentials) {
    EXPECT_THAT(lines_for(hours(1)),
                ElementsAre(AllOf(HasSubstr("0a1b2c3d"), HasSubstr("renew it with the same key"),
                                  HasSubstr("refused at the next start"))));
    EXPECT_THAT(lines_for(hours(1), false, true),
                ElementsAre(Not(HasSubstr("refused at the next start"))));
}

TEST(ExpiryNotices, SayThatCredentialsEndWithAKeyThatOnlyVerifies) {
    EXPECT_THAT(lines_for(hours(1), true),
                ElementsAre(HasSubstr("refused as unknown_key from then on")));
    EXPECT_THAT(lines_for(-hours(1), true), ElementsAre(HasSubstr("take it out")));
}

TEST(ExpiryNotices, CoverMintingTlsAndVerifyingCertificates) {
    loaded_keys keys;
    keys.about.key_id = "minting";
    keys.tls_about = certificate::facts();
    keys.tls_about->key_id = "tls";
    keys.verifying.resize(1);
    keys.verifying[0].key_id = "older";
    const auto all = watched(keys);
    ASSERT_EQ(all.size(), 3u);
    EXPECT_EQ(all[0].key_id, "minting");
    EXPECT_FALSE(all[0].only_verifies);
    EXPECT_EQ(all[1].key_id, "tls");
    EXPECT_FALSE(all[1].only_verifies);
    EXPECT_EQ(all[2].key_id, "older");
    EXPECT_TRUE(all[2].only_verifies);
}

}  // namespace
}  // namespace relayauth::server
