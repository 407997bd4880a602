#include "relayauth/crypto/hmac_sha1.hpp"

#include "../base/watched_memory.hpp"
#include "relayauth/base/hex.hpp"

#include <gtest/gtest.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <algorithm>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace relayauth::crypto {
namespace {

hmac_sha1_key key_of(std::string_view key) {
    return hmac_sha1_key(secret(as_bytes(key)));
}

std::string tag_of(std::string_view key, std::string_view text) {
    return to_hex(key_of(key).sign(as_bytes(text)));
}

// The same tag from OpenSSL's own MAC interface.
class evp_hmac_sha1 {
public:
    sha1_tag sign(bytes_view key, bytes_view text) {
        char digest[] = "SHA1";
        const OSSL_PARAM parameters[] = {
            OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
            OSSL_PARAM_construct_end()};
        // A null key means "the one of last time": an empty key needs an address.
        const std::uint8_t none = 0;
        const auto* address = key.empty() ? &none : key.data();
        sha1_tag tag{};
        std::size_t size = 0;
        EXPECT_EQ(EVP_MAC_init(context_.get(), address, key.size(), parameters), 1);
        EXPECT_EQ(EVP_MAC_update(context_.get(), text.data(), text.size()), 1);
        EXPECT_EQ(EVP_MAC_final(context_.get(), tag.data(), &size, tag.size()), 1);
        EXPECT_EQ(size, tag.size());
        return tag;
    }

private:
    std::unique_ptr<EVP_MAC, decltype(&EVP_MAC_free)> mac_{EVP_MAC_fetch(nullptr, "HMAC", nullptr),
                                                           &EVP_MAC_free};
    std::unique_ptr<EVP_MAC_CTX, decltype(&EVP_MAC_CTX_free)> context_{EVP_MAC_CTX_new(mac_.get()),
                                                                       &EVP_MAC_CTX_free};
};

std::string pattern(std::size_t size, unsigned step) {
    std::string text(size, '\0');
    for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>(i * step + 1);
    return text;
}

bool all_zero(const hmac_sha1_key& key) {
    const auto* octets = reinterpret_cast<const unsigned char*>(&key);
    return std::all_of(octets, octets + sizeof key, [](unsigned char o) { return o == 0; });
}

// RFC 2202 section 3.
TEST(HmacSha1, GivesTheVectorsOfRfc2202) {
    EXPECT_EQ(tag_of(std::string(20, '\x0b'), "Hi There"),
              "b617318655057264e28bc0b6fb378c8ef146be00");
    EXPECT_EQ(tag_of("Jefe", "what do ya want for nothing?"),
              "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
    EXPECT_EQ(tag_of(std::string(20, '\xaa'), std::string(50, '\xdd')),
              "125d7342b9ac11cd91a39af48aa17b4f63f175d3");
    EXPECT_EQ(tag_of("\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f\x10\x11\x12\x13"
                     "\x14\x15\x16\x17\x18\x19",
                     std::string(50, '\xcd')),
              "4c9007f4026250c6bc8414f9bf50c86c2d7235da");
    EXPECT_EQ(tag_of(std::string(20, '\x0c'), "Test With Truncation"),
              "4c1a03424b55e07fe7f27be1d58bb9324a9a5a04");
    EXPECT_EQ(
        tag_of(std::string(80, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First"),
        "aa4ae5e15272d00e95705637ce8a3b55ed402112");
    EXPECT_EQ(tag_of(std::string(80, '\xaa'),
                     "Test Using Larger Than Block-Size Key and Larger Than One Block-Size Data"),
              "e8e99d0f45237d786d6bbaa7965c7808bbff1a91");
}

TEST(HmacSha1, GivesTheClientIdOfTheTokenVectors) {
    const auto key = *from_hex("909192939495969798999a9b9c9d9e9fa0a1a2a3");
    EXPECT_EQ(
        to_hex(hmac_sha1_key(secret(bytes_view(key))).sign(as_bytes("sip:alice@example.test"))),
        "bb5a59b051cf5cd12cbf688ed164564e1fd59f44");
}

TEST(HmacSha1, AgreesWithEvpForEveryKeyAndTextLength) {
    evp_hmac_sha1 evp;
    for (std::size_t key_size = 0; key_size <= 130; ++key_size) {
        const auto key = pattern(key_size, 7);
        const auto ours = key_of(key);
        for (std::size_t text_size = 0; text_size <= 300; ++text_size) {
            // Of its exact size on the heap, so that a sanitizer sees one octet too many.
            const auto text = pattern(text_size, 13);
            const std::vector<std::uint8_t> bytes(text.begin(), text.end());
            ASSERT_EQ(ours.sign(bytes), evp.sign(as_bytes(key), bytes))
                << key_size << ' ' << text_size;
        }
    }
}

TEST(HmacSha1, AgreesWithEvpOnALongText) {
    evp_hmac_sha1 evp;
    const auto text = pattern(600'000, 31);  // its bit count needs the third octet of the padding
    EXPECT_EQ(key_of("key").sign(as_bytes(text)), evp.sign(as_bytes("key"), as_bytes(text)));
}

TEST(HmacSha1, OneKeySignsManyTexts) {
    const auto key = key_of("Jefe");
    const auto first = key.sign(as_bytes("what do ya want for nothing?"));
    key.sign(as_bytes("something else"));
    EXPECT_EQ(key.sign(as_bytes("what do ya want for nothing?")), first);
}

TEST(HmacSha1, MovesAndWipesWhatItLeaves) {
    auto from = key_of("Jefe");
    const auto tag = from.sign(as_bytes("text"));
    EXPECT_FALSE(all_zero(from));
    const auto to = std::move(from);
    EXPECT_EQ(to.sign(as_bytes("text")), tag);
    EXPECT_TRUE(all_zero(from));
}

TEST(HmacSha1, IsWipedWhenItGoes) {
    auto key = std::make_unique<hmac_sha1_key>(secret(as_bytes("Jefe")));
    test::watch_release(key.get(), sizeof *key);
    key.reset();
    EXPECT_EQ(test::watched_release(), test::release::all_zero);
}

TEST(HmacSha1, CannotBeCopied) {
    EXPECT_FALSE(std::is_copy_constructible_v<hmac_sha1_key>);
    EXPECT_FALSE(std::is_copy_assignable_v<hmac_sha1_key>);
    EXPECT_FALSE(std::is_move_assignable_v<hmac_sha1_key>);
}

}  // namespace
}  // namespace relayauth::crypto
