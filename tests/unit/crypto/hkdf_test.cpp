#include "relayauth/crypto/hkdf.hpp"

#include "relayauth/base/hex.hpp"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <string>
#include <vector>

namespace relayauth::crypto {
namespace {

std::string hex_of(const secret& s) {
    return to_hex(s.reveal());
}

std::string hmac_sha256(std::string_view key, const std::string& text) {
    std::array<std::uint8_t, 32> out{};
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), as_bytes(text).data(), text.size(),
         out.data(), nullptr);
    return std::string(as_text(out));
}

// RFC 5869 sections 2.2 and 2.3, word for word, with the empty salt.
std::string derive_by_hand(const std::string& key_material, const std::string& info,
                           std::size_t size) {
    const auto key = hmac_sha256(std::string(32, '\0'), key_material);
    std::string block, all;
    for (int counter = 1; all.size() < size; ++counter) {
        block = hmac_sha256(key, block + info + static_cast<char>(counter));
        all += block;
    }
    return all.substr(0, size);
}

// RFC 5869 A.3, the SHA-256 case with neither salt nor info.
TEST(HkdfSha256, GivesTheVectorOfRfc5869) {
    const secret key_material(as_bytes(std::string(22, '\x0b')));
    EXPECT_EQ(hex_of(hkdf_sha256(key_material, {}, 42)),
              "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
              "9d201395faa4b61a96c8");
}

TEST(HkdfSha256, AgreesWithADerivationByHand) {
    const std::vector<std::string> infos = {"", "relayauth v1 password",
                                            std::string("relayauth v1 turn rest\0example.test", 35),
                                            std::string(300, 'r')};
    for (const std::size_t key_size : {1u, 32u, 66u, 256u, 1000u}) {
        const std::string key_material(key_size, 'k');
        for (const auto& info : infos) {
            for (const std::size_t size : {1u, 31u, 32u, 33u, 64u, 100u}) {
                const auto derived =
                    hkdf_sha256(secret(as_bytes(key_material)), as_bytes(info), size);
                EXPECT_EQ(as_text(derived.reveal()), derive_by_hand(key_material, info, size));
            }
        }
    }
}

TEST(HkdfSha256, NulInTheInfoCounts) {
    const secret key_material(as_bytes("key"));
    const auto cut = hkdf_sha256(key_material, as_bytes("turn rest"), 32);
    const auto whole = hkdf_sha256(key_material, as_bytes(std::string("turn rest\0a", 11)), 32);
    EXPECT_NE(hex_of(cut), hex_of(whole));
}

TEST(HkdfSha256, EndsAt255Blocks) {
    const secret key_material(as_bytes("key"));
    EXPECT_EQ(hkdf_sha256(key_material, {}, 255 * 32).size(), 255u * 32);
    EXPECT_TRUE(hkdf_sha256(key_material, {}, 255 * 32 + 1).empty());
}

TEST(HkdfSha256, WithoutKeyMaterialThereIsNothingToDerive) {
    EXPECT_TRUE(hkdf_sha256(secret(), as_bytes("info"), 32).empty());
}

}  // namespace
}  // namespace relayauth::crypto
