#include "relayauth/certificate/key.hpp"

#include "relayauth/base/hex.hpp"
#include "vector_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

namespace relayauth::certificate {
namespace {

using testing::HasSubstr;

TEST(Key, RefusesRsaPssWithThatReason) {
    const auto got = parse(vector_file("rsapss.cert.pem"), vector_file("rsapss.key.pem"));
    EXPECT_EQ(why_not(got), errc::rsa_pss_key);
    EXPECT_THAT(got.error().text, HasSubstr("id-RSASSA-PSS"));
}

TEST(Key, RefusesRsaUnder1024Bits) {
    const auto got = parse(vector_file("rsa512.cert.pem"), vector_file("rsa512.key.pem"));
    EXPECT_EQ(why_not(got), errc::rsa_key_too_short);
    EXPECT_THAT(got.error().text, HasSubstr("512 bits"));
}

TEST(Key, RefusesAnotherCurve) {
    const auto got = parse(vector_file("secp256k1.cert.pem"), vector_file("secp256k1.key.pem"));
    EXPECT_EQ(why_not(got), errc::unsupported_key_type);
    EXPECT_THAT(got.error().text, HasSubstr("secp256k1"));
}

// A private half of one key beside the public half of another would pass for either.
TEST(Key, RefusesAnEcKeyThatContradictsItself) {
    const auto got = parse(vector_file("p256.cert.pem"), vector_file("p256.mixed.pem"));
    EXPECT_EQ(why_not(got), errc::key_contradicts_itself);
}

TEST(Key, RefusesAnRsaKeyThatContradictsItself) {
    const auto got = parse(vector_file("rsa1024.cert.pem"), vector_file("rsa1024.mixed.pem"));
    EXPECT_EQ(why_not(got), errc::key_contradicts_itself);
}

std::string tlv(const std::string& tag, const std::string& hex) {
    const auto size = hex.size() / 2;
    const std::uint8_t length[] = {static_cast<std::uint8_t>(size >> 8),
                                   static_cast<std::uint8_t>(size)};
    return tag + "82" + to_hex(length) + hex;
}

// rsa_with_modulus makes PrivateKeyInfo with a modulus, given in hex, that nobody could
// compute with (RFC 8017 A.1.2): what is asked is whether somebody tries.
std::vector<std::uint8_t> rsa_with_modulus(const std::string& hex) {
    const std::string modulus = "00" + hex;
    const std::string key = tlv("30", "020100" + tlv("02", modulus) + "0203010001" +
                                          "020103020103020105020101020101020102");
    return *from_hex(tlv("30", "020100300d06092a864886f70d0101010500" + tlv("04", key)));
}

std::vector<std::uint8_t> rsa_of_bytes(std::size_t size) {
    return rsa_with_modulus(std::string(2 * size - 1, '8') + "1");
}

TEST(Key, RefusesAnRsaKeyTooLongToSignWith) {
    const auto key = key_from_pkcs8(rsa_of_bytes(16384 / 8 + 1));
    ASSERT_TRUE(key);
    const auto got = key_material(key.get(), "key file");
    EXPECT_EQ(why_not(got), errc::rsa_key_too_long);
    EXPECT_THAT(got.error().text, HasSubstr("16392 bits"));
}

TEST(Key, RefusesAnRsaKeyThatIsNone) {
    const auto key = key_from_pkcs8(rsa_of_bytes(128));
    ASSERT_TRUE(key);
    EXPECT_EQ(why_not(key_material(key.get(), "key file")), errc::key_contradicts_itself);
}

TEST(Key, SaysWhenItCannotSign) {
    // An even modulus: OpenSSL cannot reduce by it.
    const auto key = key_from_pkcs8(rsa_with_modulus(std::string(256, '8') + "80"));
    ASSERT_TRUE(key);
    EXPECT_EQ(why_not(key_material(key.get(), "key file")), errc::crypto_unavailable);
}

TEST(Key, IsNotReadFromNonsense) {
    EXPECT_FALSE(key_from_pkcs8({}));
    EXPECT_FALSE(key_from_pkcs8(as_bytes("\x30\x03\x02\x01")));
    // PrivateKeyInfo of an algorithm (1.2.3) that nobody knows.
    const auto unknown = from_hex("300f020100300406022a0304043000000000");
    EXPECT_FALSE(key_from_pkcs8(*unknown));
}

TEST(Key, OfNoKnownTypeIsUnknown) {
    EXPECT_EQ(key_type_text(nullptr), "unknown");
}

}  // namespace
}  // namespace relayauth::certificate
