#include "relayauth/stun/message.hpp"

#include "../rpc/allocation_count.hpp"
#include "vectors.hpp"

#include <gtest/gtest.h>

// Who signed a request. Every tag here is published or made with Python's hmac.

namespace relayauth::stun {
namespace {

const std::string_view allocate_key = all_three_seals.key_hex;
const std::string integrity = "0008 0014 fa996d6dcd475516d8d694ce03ff9e45af677ce5";
const std::string integrity_sha256 =
    "001c 0020 47aaa24e0b730328786cd2c7207ac1f5b695d6275765e83124577267cc75f42e";

bool signed_by(const std::vector<std::uint8_t>& message, std::string_view key_hex) {
    const auto parsed = unverified_message::parse(message);
    EXPECT_TRUE(parsed) << to_hex(message);
    return parsed && parsed->signed_by(octets(key_hex));
}

TEST(StunIntegrity, FitsEveryVectorUnderItsKey) {
    for (const auto& each : all_vectors) {
        EXPECT_TRUE(signed_by(octets(each.hex), each.key_hex)) << each.name;
    }
}

TEST(StunIntegrity, FitsNoVectorUnderAnotherKey) {
    for (const auto& each : all_vectors) {
        auto key = octets(each.key_hex);
        const auto message = octets(each.hex);
        const auto parsed = unverified_message::parse(message);
        ASSERT_TRUE(parsed);
        EXPECT_FALSE(parsed->signed_by({})) << each.name;
        EXPECT_FALSE(parsed->signed_by(bytes_view(key).first(key.size() - 1))) << each.name;
        key.back() ^= 1;
        EXPECT_FALSE(parsed->signed_by(key)) << each.name;
    }
}

TEST(StunIntegrity, TakesEachSealAloneWithAndWithoutFingerprint) {
    EXPECT_TRUE(signed_by(allocate(integrity), allocate_key));
    EXPECT_TRUE(signed_by(allocate(integrity_sha256), allocate_key));
    EXPECT_TRUE(signed_by(allocate(integrity + "8028 0004 e63fac3b"), allocate_key));
    EXPECT_TRUE(signed_by(allocate(integrity_sha256 + "8028 0004 4912985b"), allocate_key));
}

TEST(StunIntegrity, IsNotThereInAnUnsignedMessage) {
    EXPECT_FALSE(signed_by(allocate(""), allocate_key));
    EXPECT_FALSE(signed_by(allocate("8028 0004 8caa67ca"), allocate_key));
    EXPECT_FALSE(signed_by(ms_allocate(""), ms_turn_v1.key_hex));
}

TEST(StunIntegrity, MustFitInBothAttributesWhenBothAreThere) {
    // MESSAGE-INTEGRITY fits, the other was made with another key; and the reverse.
    EXPECT_FALSE(signed_by(
        allocate("0008 0014 fa996d6dcd475516d8d694ce03ff9e45af677ce5"
                 "001c 0020 7ae713b0d75ab62da3527e21bbbb31f7d632f4d99f88c970532b46e744687cb1"),
        allocate_key));
    EXPECT_FALSE(signed_by(
        allocate("0008 0014 42d66e0e87e4e1f4c24bca245c35ebfc5cb070d8"
                 "001c 0020 8e3c325562701e01eb946eebefd37c5087f46ddad13cf750f37d315081cf3736"),
        allocate_key));
}

TEST(StunIntegrity, TakesTruncatedSha256TagsThatAreRight) {
    for (const auto* tail :
         {"001c 0010 dad6df2fed4b1e3f8b70c31bd340c2a5",
          "001c 0014 d73a819eec3dbd78ce3c72d85d953b055c376650",
          "001c 0018 f563f9f219504ff25b46098dcc94e4bfee9b68f4ad20dfe9",
          "001c 001c 6d9bb6033202577e6658147d648d1ab8193d55c6f29fc813d727bca7",
          "001c 0020 47aaa24e0b730328786cd2c7207ac1f5b695d6275765e83124577267cc75f42e"}) {
        auto message = allocate(tail);
        EXPECT_TRUE(signed_by(message, allocate_key)) << tail;
        message.back() ^= 0x01;
        EXPECT_FALSE(signed_by(message, allocate_key)) << tail;
    }
}

TEST(StunIntegrity, RefusesTruncatedSha256TagsOfOtherSizes) {
    for (const auto* tail :
         {"001c 000c 96440a2b1566f49e7d8c9219",
          "001c 0012 b67e09e5db43fca6a998e73e025d4601943b 0000",
          "001c 0024 80201912f1e0c33a8de9d7d2527e451aec002122b125b01b98f6c845f0db9290 00000000"}) {
        const auto message = allocate(tail);
        const auto parsed = unverified_message::parse(message);
        ASSERT_FALSE(parsed) << tail;
        EXPECT_EQ(parsed.error(), errc::integrity_size) << tail;
    }
}

// The front of a whole tag was signed with the length of a whole one.
TEST(StunIntegrity, RefusesTheFrontOfAWholeSha256Tag) {
    EXPECT_FALSE(signed_by(allocate("001c 0010 47aaa24e0b730328786cd2c7207ac1f5"), allocate_key));
}

TEST(StunIntegrity, NeedsNoPaddingInMsTurnWhenTheTextFillsItsBlocks) {
    // A nonce of 20 octets: 128 octets are signed.
    const auto message = ms_allocate(
        "0014 0014 3031323334353637383961626364656630313233 0015 0008 7274636d65646961"
        "0008 0014 eef1ef51540ba6d8778ed54319572d572d0d2225");
    ASSERT_EQ(message.size(), 128u + 24u);
    EXPECT_TRUE(signed_by(message, ms_turn_v1.key_hex));
}

TEST(StunIntegrity, OfMsTurnCoversThePadding) {
    // The tag of the same text without its zeros.
    const auto message = ms_allocate(
        "0014 0011 3031323334353637383961626364656630 0015 0008 7274636d65646961"
        "0008 0014 1b172ceede63dd7218d749908bf0bdcabdb690fe");
    EXPECT_FALSE(signed_by(message, ms_turn_v1.key_hex));
}

// With a tag whose front would fit as SHA-1, and with HMAC-SHA256 of the padded text.
TEST(StunIntegrity, NeverFitsInMsTurnsSha256Form) {
    for (const auto* tag : {"88df6ffd5815ec417124fd530aece38bf2413c83000000000000000000000000",
                            "3c6d8d724d69ef8aece5625dafd995e5dc189db011a777f56dcb985637cbaf15"}) {
        const auto message = ms_allocate(
            "0014 0011 3031323334353637383961626364656630 0015 0008 7274636d65646961"
            "0008 0020" +
            std::string(tag));
        EXPECT_FALSE(signed_by(message, ms_turn_v1.key_hex));
    }
}

TEST(StunIntegrity, IsCheckedWithoutAllocating) {
    for (const auto& each : all_vectors) {
        const auto message = octets(each.hex), key = octets(each.key_hex);
        const auto before = rpc::allocation_count();
        const auto parsed = unverified_message::parse(message);
        const bool fits = parsed && parsed->signed_by(key);
        EXPECT_EQ(rpc::allocation_count(), before) << each.name;
        EXPECT_TRUE(fits) << each.name;
    }
}

}  // namespace
}  // namespace relayauth::stun
