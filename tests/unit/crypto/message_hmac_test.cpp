#include "relayauth/crypto/message_hmac.hpp"

#include "relayauth/base/hex.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace relayauth::crypto {
namespace {

const std::string text_of_case_2 = "what do ya want for nothing?";

TEST(MessageHmac, GivesRfc2202TagsForSha1) {
    const std::vector<std::uint8_t> key(20, 0x0B);
    EXPECT_EQ(to_hex(hmac_sha1(key, {as_bytes("Hi There")})),
              "b617318655057264e28bc0b6fb378c8ef146be00");
    EXPECT_EQ(to_hex(hmac_sha1(as_bytes("Jefe"), {as_bytes(text_of_case_2)})),
              "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
}

TEST(MessageHmac, GivesRfc4231TagsForSha256) {
    EXPECT_EQ(to_hex(hmac_sha256(as_bytes("Jefe"), {as_bytes(text_of_case_2)})),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(MessageHmac, HashesAKeyLongerThanItsBlock) {
    const std::vector<std::uint8_t> long_for_sha1(80, 0xAA), long_for_sha256(131, 0xAA);
    const std::string_view text = "Test Using Larger Than Block-Size Key - Hash Key First";
    EXPECT_EQ(to_hex(hmac_sha1(long_for_sha1, {as_bytes(text)})),
              "aa4ae5e15272d00e95705637ce8a3b55ed402112");
    EXPECT_EQ(to_hex(hmac_sha256(long_for_sha256, {as_bytes(text)})),
              "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(MessageHmac, SignsTheConcatenationOfItsParts) {
    for (std::size_t cut = 0; cut <= text_of_case_2.size(); ++cut) {
        const auto whole = as_bytes(text_of_case_2);
        EXPECT_EQ(hmac_sha1(as_bytes("Jefe"), {whole.first(cut), {}, whole.subspan(cut)}),
                  hmac_sha1(as_bytes("Jefe"), {whole}));
        EXPECT_EQ(hmac_sha256(as_bytes("Jefe"), {whole.first(cut), {}, whole.subspan(cut)}),
                  hmac_sha256(as_bytes("Jefe"), {whole}));
    }
}

TEST(MessageHmac, TakesAnEmptyKeyAndAnEmptyText) {
    EXPECT_EQ(to_hex(hmac_sha1({}, {})), "fbdb1d1b18aa6c08324b7d64b71fb76370690e1d");
    EXPECT_EQ(to_hex(hmac_sha256({}, {})),
              "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

}  // namespace
}  // namespace relayauth::crypto
