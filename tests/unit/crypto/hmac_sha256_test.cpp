#include "relayauth/crypto/hmac_sha256.hpp"

#include "relayauth/base/hex.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace relayauth::crypto {
namespace {

const std::string text_of_case_2 = "what do ya want for nothing?";

TEST(HmacSha256, GivesTheTagsOfRfc4231) {
    EXPECT_EQ(to_hex(hmac_sha256(as_bytes("Jefe"), {as_bytes(text_of_case_2)})),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(HmacSha256, HashesAKeyLongerThanItsBlock) {
    const std::vector<std::uint8_t> key(131, 0xAA);
    const std::string_view text = "Test Using Larger Than Block-Size Key - Hash Key First";
    EXPECT_EQ(to_hex(hmac_sha256(key, {as_bytes(text)})),
              "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(HmacSha256, SignsTheConcatenationOfItsParts) {
    for (std::size_t cut = 0; cut <= text_of_case_2.size(); ++cut) {
        const auto whole = as_bytes(text_of_case_2);
        EXPECT_EQ(hmac_sha256(as_bytes("Jefe"), {whole.first(cut), {}, whole.subspan(cut)}),
                  hmac_sha256(as_bytes("Jefe"), {whole}));
    }
}

TEST(HmacSha256, TakesAnEmptyKeyAndAnEmptyText) {
    EXPECT_EQ(to_hex(hmac_sha256({}, {})),
              "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

}  // namespace
}  // namespace relayauth::crypto
