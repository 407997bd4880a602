#include "relayauth/crypto/md5.hpp"

#include "relayauth/base/hex.hpp"

#include <gtest/gtest.h>

#include <string>

namespace relayauth::crypto {
namespace {

// RFC 1321 A.5.
TEST(Md5, GivesTheDigestsOfRfc1321) {
    EXPECT_EQ(to_hex(md5({})), "d41d8cd98f00b204e9800998ecf8427e");
    EXPECT_EQ(to_hex(md5({as_bytes("message digest")})), "f96b697d7cb7938d525a2f31aaf161d0");
}

// RFC 5389 15.4: the key of user `user`, realm `realm`, password `pass`.
TEST(Md5, JoinsItsPartsIntoTheLongTermKeyOfRfc5389) {
    EXPECT_EQ(to_hex(md5({as_bytes("user"), as_bytes(":"), as_bytes("realm"), as_bytes(":"),
                          as_bytes("pass")})),
              "8493fbc53ba582fb4c044c456bdc40eb");
}

// Openssl's command line gave these: 256 and 257 times `a`.
TEST(Md5, TakesTextsOfAnyLength) {
    const std::string most(256, 'a'), more(257, 'a');
    EXPECT_EQ(to_hex(md5({as_bytes(most)})), "81109eec5aa1a284fb5327b10e9c16b9");
    EXPECT_EQ(to_hex(md5({as_bytes(more)})), "b7958df91b9413477491e9b6e27f1bac");
    EXPECT_EQ(to_hex(md5({as_bytes(most), as_bytes("a")})), "b7958df91b9413477491e9b6e27f1bac");
}

}  // namespace
}  // namespace relayauth::crypto
