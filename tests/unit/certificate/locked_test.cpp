#include "relayauth/certificate/locked.hpp"

#include "relayauth/base/hex.hpp"

#include <gtest/gtest.h>

#include <string>

// Encryption parameters typed by hand: an identifier, then SEQUENCE { salt, count }.
namespace relayauth::certificate {
namespace {

bool too_many(const std::string& hex) {
    const auto der = from_hex(hex);
    EXPECT_TRUE(der.has_value()) << hex;
    return der && asks_too_many_iterations(*der);
}

const std::string pbkdf2 = "06092a864886f70d01050c";
const std::string pbe_md5_des = "06092a864886f70d010503";
const std::string pkcs12_3des = "060a2a864886f70d010c0103";
const std::string ten_million =
    "300a"
    "0402aabb"
    "020400989680";
const std::string ten_million_and_one =
    "300a"
    "0402aabb"
    "020400989681";

TEST(Locked, TakesTenMillionIterationsAndNotOneMore) {
    for (const auto& identifier : {pbkdf2, pbe_md5_des, pkcs12_3des}) {
        EXPECT_FALSE(too_many(identifier + ten_million)) << identifier;
        EXPECT_TRUE(too_many(identifier + ten_million_and_one)) << identifier;
    }
}

TEST(Locked, LooksAtEveryIdentifier) {
    EXPECT_TRUE(too_many("0500" + pbkdf2 + ten_million + "0500" + pkcs12_3des +
                         ten_million_and_one + "0500"));
}

TEST(Locked, RefusesACountThatNoIntegerHolds) {
    EXPECT_TRUE(too_many(pbkdf2 + "3007"
                                  "0402aabb"
                                  "0201ff"));
    EXPECT_TRUE(too_many(pbkdf2 + "300f"
                                  "0402aabb"
                                  "02097fffffffffffffffff"));
}

TEST(Locked, LeavesOtherIdentifiersAlone) {
    EXPECT_FALSE(too_many(""));
    EXPECT_FALSE(too_many("2a864886f70d01"));
    EXPECT_FALSE(too_many("2a864886f70d010503"));
    EXPECT_FALSE(too_many("06092a864886f70d010101" + ten_million_and_one));    // rsaEncryption
    EXPECT_FALSE(too_many("060a2a864886f70d010c0a01" + ten_million_and_one));  // keyBag
}

TEST(Locked, TerminatesAPasswordForOpenssl) {
    EXPECT_EQ(terminated(nullptr).size(), 1u);
    const secret password(as_bytes("ab"));
    const auto text = terminated(&password);
    EXPECT_EQ(to_hex(text.reveal()), "616200");
}

}  // namespace
}  // namespace relayauth::certificate
