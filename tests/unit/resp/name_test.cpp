#include "relayauth/resp/name.hpp"

#include "tests/unit/resp/feed.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace relayauth::resp {
namespace {

using realms = std::vector<std::string>;

realm_and_user split(std::string_view key, const realms& known) {
    return split_user_key(parse_key(as_bytes(key)), known);
}

TEST(RespName, ReadsTheKeysThatCoturnAsksFor) {
    const auto user = parse_key(as_bytes("turn/realm/lab.test/user/AQA/b+c=/key"));
    EXPECT_EQ(user.kind, key_kind::user_key);
    EXPECT_EQ(user.realm, "lab.test/user/AQA/b+c=");
    const auto bps = parse_key(as_bytes("turn/realm/lab.test/max-bps"));
    EXPECT_EQ(bps.kind, key_kind::max_bps);
    EXPECT_EQ(bps.realm, "lab.test");
    const auto user_quota = parse_key(as_bytes("turn/realm/lab.test/user-quota"));
    EXPECT_EQ(user_quota.kind, key_kind::user_quota);
    EXPECT_EQ(user_quota.realm, "lab.test");
    const auto total = parse_key(as_bytes("turn/realm/lab.test/total-quota"));
    EXPECT_EQ(total.kind, key_kind::total_quota);
    EXPECT_EQ(total.realm, "lab.test");
}

TEST(RespName, EveryOtherKeyIsOther) {
    for (const auto* key :
         {"", "a", "turn/realm/", "turn/realm/x", "turn/realm/x/secret", "turn/realm/x/user/u",
          "turn/realm/x/user/u/password", "turn/realm/x/key", "turn/realm/x/users/u/key",
          "turn/realm/x/user/key", "Turn/realm/x/max-bps", "turn/realm/x/MAX-BPS",
          "turn/realm/x/max-bps ", " turn/realm/x/max-bps", "turn/origin/x/max-bps",
          "turn/realmx/max-bps", "turn/realm/x/user/u/keys", "turn/realm/xmax-bps"}) {
        const auto name = parse_key(as_bytes(key));
        EXPECT_EQ(name.kind, key_kind::other) << key;
        EXPECT_EQ(name.realm, "") << key;
    }
}

TEST(RespName, AKeyWithoutRealmIsOther) {
    for (const auto* key :
         {"turn/realm//user/x/key", "turn/realm/user/x/key", "turn/realm//max-bps",
          "turn/realm/max-bps", "turn/realm//user-quota", "turn/realm//total-quota",
          "turn/realm/key", "turn/realm//key", "turn/realm//user//key"}) {
        EXPECT_EQ(parse_key(as_bytes(key)).kind, key_kind::other) << key;
    }
}

TEST(RespName, SplitsAtAKnownRealm) {
    const auto got = split("turn/realm/lab.test/user/AQA/b+c=/key", {"other", "lab.test"});
    EXPECT_EQ(got.realm, "lab.test");
    EXPECT_EQ(got.user, "AQA/b+c=");
}

TEST(RespName, TheLongestKnownRealmWins) {
    for (const auto& known : {realms{"a", "a/user/b"}, realms{"a/user/b", "a"}}) {
        const auto got = split("turn/realm/a/user/b/user/c/key", known);
        EXPECT_EQ(got.realm, "a/user/b");
        EXPECT_EQ(got.user, "c");
    }
    const auto shorter = split("turn/realm/a/user/b/user/c/key", {"a"});
    EXPECT_EQ(shorter.realm, "a");
    EXPECT_EQ(shorter.user, "b/user/c");
}

TEST(RespName, AKnownRealmFitsOnlyAsAWhole) {
    for (const auto& known :
         {realms{}, realms{""}, realms{"la"}, realms{"lab.testing"}, realms{"lab.test/user"},
          realms{"ab.test"}, realms{"lab.test/user/"}, realms{"lab.test/user/u"}}) {
        const auto got = split("turn/realm/lab.test/user/u/key", known);
        EXPECT_EQ(got.realm, "lab.test");
        EXPECT_EQ(got.user, "u");
    }
}

TEST(RespName, SplitsAnUnknownRealmAtTheFirstUser) {
    const auto got = split("turn/realm/a/user/b/user/c/key", {"x"});
    EXPECT_EQ(got.realm, "a");
    EXPECT_EQ(got.user, "b/user/c");
    const auto as_long = split("turn/realm/a/user/b/user/c/key", {"x/user/y"});
    EXPECT_EQ(as_long.realm, "a");
    const auto slash = split("turn/realm//user/a/user/b/key", {});
    EXPECT_EQ(slash.realm, "/user/a");
    EXPECT_EQ(slash.user, "b");
}

TEST(RespName, AnEmptyUserIsAUser) {
    const auto got = split("turn/realm/r/user//key", {"r"});
    EXPECT_EQ(got.realm, "r");
    EXPECT_EQ(got.user, "");
}

TEST(RespName, KeepsAnyOctet) {
    const auto key = octets_of("turn/realm/r\0\xff/user/\r\n\0 /key/key");
    const auto got = split(key, {octets_of("r\0\xff")});
    EXPECT_EQ(got.realm, octets_of("r\0\xff"));
    EXPECT_EQ(got.user, octets_of("\r\n\0 /key"));
}

TEST(RespName, ARealmMayLookLikeAKey) {
    const auto quota = parse_key(as_bytes("turn/realm/a/user/b/key/max-bps"));
    EXPECT_EQ(quota.kind, key_kind::max_bps);
    EXPECT_EQ(quota.realm, "a/user/b/key");
    const auto got = split("turn/realm/a/max-bps/user/b/key", {"a/max-bps"});
    EXPECT_EQ(got.realm, "a/max-bps");
    EXPECT_EQ(got.user, "b");
}

TEST(RespName, OnlyAUserKeyHasAUser) {
    for (const auto* key : {"turn/realm/a/user/b/max-bps", "turn/realm//user/x/key"}) {
        const auto got = split(key, {"a"});
        EXPECT_EQ(got.realm, "") << key;
        EXPECT_EQ(got.user, "") << key;
    }
    const auto made_up = split_user_key({key_kind::user_key, "no user"}, {});
    EXPECT_EQ(made_up.realm, "");
    EXPECT_EQ(made_up.user, "");
}

}  // namespace
}  // namespace relayauth::resp
