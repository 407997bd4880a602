#include "relayauth/stun/message.hpp"

#include "vectors.hpp"

#include <gtest/gtest.h>

namespace relayauth::stun {
namespace {

std::optional<errc> why_not(bytes_view message) {
    const auto parsed = unverified_message::parse(message);
    return parsed ? std::nullopt : std::optional(parsed.error());
}

std::optional<errc> why_not(std::string_view hex) {
    return why_not(octets(hex));
}

TEST(StunMessage, ReadsRfc5769LongTermRequest) {
    const auto octets_of_it = octets(rfc5769_2_4.hex);
    const auto message = unverified_message::parse(octets_of_it);
    ASSERT_TRUE(message);
    EXPECT_EQ(message->form(), form::rfc);
    EXPECT_EQ(message->method(), 0x001);
    EXPECT_EQ(as_text(*message->username()), "\u30DE\u30C8\u30EA\u30C3\u30AF\u30B9");
    EXPECT_EQ(message->username()->data(), &octets_of_it[24]);
    EXPECT_EQ(as_text(*message->realm()), "example.org");
    EXPECT_EQ(as_text(*message->nonce()), "f//499k954d6OL34oL9FSTvy64sA");
    EXPECT_EQ(message->password_algorithm(), digest::md5);
    EXPECT_TRUE(message->is_signed());
    EXPECT_FALSE(message->has_userhash());
    EXPECT_FALSE(message->has_sha256_ms_integrity());
}

TEST(StunMessage, ReadsRfc5769ShortTermRequest) {
    const auto octets_of_it = octets(rfc5769_2_1.hex);
    const auto message = unverified_message::parse(octets_of_it);
    ASSERT_TRUE(message);
    EXPECT_EQ(as_text(*message->username()), "evtj:h6vY");
    EXPECT_FALSE(message->realm() || message->nonce());
    EXPECT_TRUE(message->is_signed());
}

TEST(StunMessage, ReadsRfc8489RequestWithUserhash) {
    const auto octets_of_it = octets(rfc8489_b_1.hex);
    const auto message = unverified_message::parse(octets_of_it);
    ASSERT_TRUE(message);
    EXPECT_FALSE(message->username());
    EXPECT_TRUE(message->has_userhash());
    EXPECT_EQ(as_text(*message->realm()), "example.org");
    EXPECT_EQ(as_text(*message->nonce()), "obMatJos2AAACf//499k954d6OL34oL9FSTvy64sA");
    EXPECT_EQ(message->password_algorithm(), digest::sha256);
    EXPECT_TRUE(message->is_signed());
}

TEST(StunMessage, ReadsTheMsTurnAllocatesOfTheProtocolNotes) {
    for (const auto& each : {ms_turn_v1, ms_turn_v2}) {
        const auto octets_of_it = octets(each.hex);
        const auto message = unverified_message::parse(octets_of_it);
        ASSERT_TRUE(message) << each.name;
        EXPECT_EQ(message->form(), form::ms_turn);
        EXPECT_EQ(message->method(), 0x003);
        EXPECT_EQ(message->username()->size(), each.name == "MS-TURN v1" ? 52u : 56u);
        EXPECT_EQ(as_text(*message->nonce()), "0123456789abcdef0");
        EXPECT_EQ(as_text(*message->realm()), "rtcmedia");
        EXPECT_EQ(message->password_algorithm(), digest::md5);
        EXPECT_TRUE(message->is_signed());
        EXPECT_FALSE(message->has_userhash());
        EXPECT_FALSE(message->has_sha256_ms_integrity());
    }
}

TEST(StunMessage, KnowsMsTurnsSha256FormByItsSize) {
    const auto octets_of_it = ms_allocate("0008 0020" + std::string(64, '5'));
    const auto message = unverified_message::parse(octets_of_it);
    ASSERT_TRUE(message);
    EXPECT_TRUE(message->is_signed());
    EXPECT_TRUE(message->has_sha256_ms_integrity());
}

TEST(StunMessage, WithoutIntegrityIsUnsigned) {
    for (const auto& each : {allocate(""), ms_allocate(""), allocate("8028 0004 8caa67ca")}) {
        const auto message = unverified_message::parse(each);
        ASSERT_TRUE(message);
        EXPECT_FALSE(message->is_signed());
        EXPECT_FALSE(message->has_sha256_ms_integrity());
    }
}

TEST(StunMessage, WithEitherIntegrityIsSigned) {
    for (const auto& tail :
         {"0008 0014" + std::string(40, '6'), "001c 0010" + std::string(32, '6')}) {
        const auto octets_of_it = allocate(tail);
        const auto message = unverified_message::parse(octets_of_it);
        ASSERT_TRUE(message);
        EXPECT_TRUE(message->is_signed()) << tail;
    }
}

TEST(StunMessage, NamesTheDigestOrNothingForAnUnknownOne) {
    const auto digest_under = [](std::string_view tail) {
        const auto octets_of_it = allocate(tail);
        const auto message = unverified_message::parse(octets_of_it);
        EXPECT_TRUE(message) << tail;
        return message ? message->password_algorithm() : std::nullopt;
    };
    EXPECT_EQ(digest_under(""), digest::md5);
    EXPECT_EQ(digest_under("001d 0004 0001 0000"), digest::md5);
    EXPECT_EQ(digest_under("001d 0004 0002 0000"), digest::sha256);
    EXPECT_EQ(digest_under("001d 0004 0000 0000"), std::nullopt);
    EXPECT_EQ(digest_under("001d 0004 0003 0000"), std::nullopt);
    EXPECT_EQ(digest_under("001d 0008 0003 0004 01020304"), std::nullopt);
}

TEST(StunMessage, TakesABareHeader) {
    EXPECT_EQ(why_not("0001 0000 2112a442 000000000000000000000000"), std::nullopt);
}

// The class bits taken out: RFC 8489 figure 3.
TEST(StunMessage, PutsTheMethodTogetherFromBothSidesOfTheClass) {
    for (std::uint16_t method = 0; method <= 0xFFF; ++method) {
        auto message = octets("0000 0000 2112a442 000000000000000000000000");
        store_be16(message.data(),
                   static_cast<std::uint16_t>((method & 0xF80) << 2 | (method & 0x070) << 1 |
                                              (method & 0x00F)));
        const auto parsed = unverified_message::parse(message);
        ASSERT_TRUE(parsed) << method;
        EXPECT_EQ(parsed->method(), method);
    }
}

TEST(StunMessage, RefusesIndicationsAndResponses) {
    for (const unsigned type : {0x0011u, 0x0101u, 0x0111u, 0x0017u, 0x0103u, 0x0113u}) {
        auto rfc = octets(rfc5769_2_4.hex), ms = octets(ms_turn_v1.hex);
        store_be16(rfc.data(), static_cast<std::uint16_t>(type));
        store_be16(ms.data(), static_cast<std::uint16_t>(type));
        EXPECT_EQ(why_not(rfc), errc::not_a_request) << type;
        EXPECT_EQ(why_not(ms), errc::not_a_request) << type;
    }
}

TEST(StunMessage, TakesMsTurnsSendRequest) {
    auto message = octets(ms_turn_v1.hex);
    message[1] = 0x04;
    const auto parsed = unverified_message::parse(message);
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->method(), 0x004);
}

TEST(StunMessage, RefusesTopBitsThatAreNotZero) {
    for (const unsigned top : {0x40u, 0x80u, 0xC0u}) {
        auto message = octets(rfc5769_2_4.hex);
        message[0] = static_cast<std::uint8_t>(top);
        EXPECT_EQ(why_not(message), errc::not_stun) << top;
    }
}

TEST(StunMessage, RefusesNoCookie) {
    EXPECT_EQ(why_not("0001 0000 2112a443 000000000000000000000000"), errc::no_magic_cookie);
    EXPECT_EQ(why_not("0001 0008 2112a443 000000000000000000000000 0006 0004 72c64bc6"),
              errc::no_magic_cookie);
    EXPECT_EQ(why_not("0001 0008 2112a443 000000000000000000000000 000f 0003 72c64bc6"),
              errc::no_magic_cookie);
    EXPECT_EQ(why_not("0001 0008 2112a443 000000000000000000000000 000f 0004 72c64bc7"),
              errc::no_magic_cookie);
    EXPECT_EQ(why_not("0001 0007 2112a443 000000000000000000000000 000f 0004 72c64b"),
              errc::no_magic_cookie);
    // Not the first attribute.
    EXPECT_EQ(why_not("0001 000c 2112a443 000000000000000000000000 0006 0000 000f 0004 72c64bc6"),
              errc::no_magic_cookie);
    EXPECT_EQ(why_not("0001 0008 2112a443 000000000000000000000000 000f 0004 72c64bc6"),
              std::nullopt);
}

TEST(StunMessage, RefusesOctetsBehindTheMessage) {
    for (const auto& each : all_vectors) {
        EXPECT_EQ(why_not(octets(std::string(each.hex) + "00")), errc::length_field_wrong);
        EXPECT_EQ(why_not(octets(std::string(each.hex) + "00000000")), errc::length_field_wrong);
    }
}

TEST(StunMessage, RefusesALengthThatIsNoMultipleOf4InRfcForm) {
    EXPECT_EQ(why_not(allocate("0006 0001 61")), errc::length_field_wrong);
    EXPECT_EQ(why_not(allocate("0006 0002 6161")), errc::length_field_wrong);
    EXPECT_EQ(why_not(allocate("00")), errc::length_field_wrong);
}

TEST(StunMessage, RefusesUnpaddedAttributesInRfcForm) {
    // Two values of 2 octets, unpadded: the sum is a multiple of 4 all the same.
    EXPECT_EQ(why_not(allocate("8022 0002 6161 8022 0002 6161")), errc::attribute_overruns);
}

TEST(StunMessage, RefusesTwoUsernames) {
    EXPECT_EQ(why_not(allocate("0006 0004 75736572")), errc::attribute_repeated);
    EXPECT_EQ(why_not(ms_allocate("0006 0004 75736572")), errc::attribute_repeated);
}

TEST(StunMessage, ChecksTheFingerprintSignedOrNot) {
    EXPECT_EQ(why_not(allocate("8028 0004 8caa67ca")), std::nullopt);
    EXPECT_EQ(why_not(allocate("8028 0004 8caa67cb")), errc::fingerprint_wrong);
    EXPECT_EQ(why_not("0001 0008 2112a442 a0a1a2a3a4a5a6a7a8a9aaab 8028 0004 f767916f"),
              std::nullopt);
    // The CRC without the mask.
    EXPECT_EQ(why_not("0001 0008 2112a442 a0a1a2a3a4a5a6a7a8a9aaab 8028 0004 a433c421"),
              errc::fingerprint_wrong);
}

}  // namespace
}  // namespace relayauth::stun
