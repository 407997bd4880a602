#include "relayauth/server/key_plan.hpp"

#include <gtest/gtest.h>

namespace relayauth::server {
namespace {

// 2030-01-02T03:04:05Z.
constexpr wall_time last{135'380'270'450'000'000};
constexpr ticks second = std::chrono::seconds(1);

certificate::facts with(const std::string& key_id, wall_time not_after = last) {
    certificate::facts made;
    made.key_id = key_id;
    made.not_after = not_after;
    return made;
}

key_plan plan(std::vector<certificate::facts> newest_first) {
    return plan_keys(newest_first);
}

TEST(KeyPlan, CountsTheSecondThatNotAfterNames) {
    EXPECT_EQ(end_of(with("a")), last + second);
}

TEST(KeyPlan, LetsTheFirstMintForeverAndTheOthersVerifyUntilTheirEnd) {
    const auto got = plan({with("a"), with("b"), with("c", last + second)});
    ASSERT_EQ(got.keys.size(), 3u);
    EXPECT_TRUE(got.keys[0].mints);
    EXPECT_EQ(got.keys[0].verifies_until, wall_time::max());
    for (const std::size_t i : {1u, 2u}) {
        EXPECT_FALSE(got.keys[i].mints);
        EXPECT_EQ(got.keys[i].certificate, i);
    }
    EXPECT_EQ(got.keys[1].verifies_until, last + second);
    EXPECT_EQ(got.keys[2].verifies_until, last + 2 * second);
    EXPECT_TRUE(got.repeats.empty());
    EXPECT_TRUE(plan({}).keys.empty());
}

TEST(KeyPlan, KeepsAKeyOnceAndLetsTheLaterEndWin) {
    for (const auto again : {last - second, last}) {
        const auto got = plan({with("a"), with("b"), with("b", again)});
        ASSERT_EQ(got.keys.size(), 2u);
        EXPECT_EQ(got.keys[1].certificate, 1u);
        EXPECT_EQ(got.keys[1].verifies_until, last + second);
        ASSERT_EQ(got.repeats.size(), 1u);
        EXPECT_EQ(got.repeats[0].certificate, 2u);
        EXPECT_EQ(got.repeats[0].words,
                  "the same key (b) as an earlier --certificate: it adds nothing");
    }
    const auto renewed = plan({with("a"), with("b"), with("b", last + second)});
    ASSERT_EQ(renewed.keys.size(), 2u);
    EXPECT_EQ(renewed.keys[1].certificate, 2u);
    EXPECT_EQ(renewed.keys[1].verifies_until, last + 2 * second);
    EXPECT_EQ(renewed.repeats[0].words,
              "the same key (b) as an earlier --certificate: it only moves the key's end to "
              "2030-01-02T03:04:07Z");
}

TEST(KeyPlan, LeavesTheKeyThatMintsAsItIs) {
    const auto got = plan({with("a"), with("a", last + second)});
    ASSERT_EQ(got.keys.size(), 1u);
    EXPECT_EQ(got.keys[0].certificate, 0u);
    EXPECT_TRUE(got.keys[0].mints);
    EXPECT_EQ(got.repeats[0].words,
              "the same key (a) as an earlier --certificate: it adds nothing");
}

}  // namespace
}  // namespace relayauth::server
