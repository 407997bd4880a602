#include "relayauth/cli/keys_merge.hpp"

#include <gtest/gtest.h>

namespace relayauth::cli {
namespace {

// 2030-01-02T03:04:05Z.
constexpr wall_time end{135'380'270'450'000'000};
constexpr ticks second = std::chrono::seconds(1);

verify::file_key key(const std::string& id, wall_time until) {
    verify::file_key made;
    made.id = id;
    made.mints = false;
    made.verifies_until = until;
    return made;
}

TEST(KeysMerge, LetsTheFirstMintForeverAndTheOthersVerifyUntilTheirEnd) {
    std::vector<verify::file_key> keys;
    auto claims_to_mint = key("b", end);
    claims_to_mint.mints = true;
    EXPECT_EQ(add_key(keys, key("a", end)), "");
    EXPECT_EQ(add_key(keys, std::move(claims_to_mint)), "");
    ASSERT_EQ(keys.size(), 2u);
    EXPECT_EQ(keys[0].id, "a");
    EXPECT_TRUE(keys[0].mints);
    EXPECT_EQ(keys[0].verifies_until, wall_time::max());
    EXPECT_EQ(keys[1].id, "b");
    EXPECT_FALSE(keys[1].mints);
    EXPECT_EQ(keys[1].verifies_until, end);
}

TEST(KeysMerge, KeepsAKeyOnceAndLetsTheLaterEndWin) {
    std::vector<verify::file_key> keys;
    add_key(keys, key("a", end));
    add_key(keys, key("b", end));
    for (const auto until : {end - second, end}) {
        EXPECT_EQ(add_key(keys, key("b", until)),
                  "the same key (b) as an earlier --certificate: it adds nothing");
        EXPECT_EQ(keys.back().verifies_until, end);
    }
    EXPECT_EQ(add_key(keys, key("b", end + second)),
              "the same key (b) as an earlier --certificate: it only moves the key's end to "
              "2030-01-02T03:04:06Z");
    EXPECT_EQ(keys.size(), 2u);
    EXPECT_EQ(keys.back().verifies_until, end + second);
}

TEST(KeysMerge, LeavesTheKeyThatMintsAsItIs) {
    std::vector<verify::file_key> keys;
    add_key(keys, key("a", end));
    EXPECT_EQ(add_key(keys, key("a", end + second)),
              "the same key (a) as an earlier --certificate: it adds nothing");
    ASSERT_EQ(keys.size(), 1u);
    EXPECT_TRUE(keys[0].mints);
    EXPECT_EQ(keys[0].verifies_until, wall_time::max());
}

}  // namespace
}  // namespace relayauth::cli
