#include "relayauth/stun/message.hpp"

#include "vectors.hpp"

#include <gtest/gtest.h>

// What was cut, altered or blown up on its way.

namespace relayauth::stun {
namespace {

TEST(StunDamage, EveryTruncationIsRefused) {
    for (const auto& each : all_vectors) {
        const auto whole = octets(each.hex);
        for (std::size_t size = 0; size < whole.size(); ++size) {
            // Of its exact size, so that a sanitizer sees a read beyond it.
            const std::vector<std::uint8_t> cut(whole.begin(),
                                                whole.begin() + static_cast<std::ptrdiff_t>(size));
            const auto parsed = unverified_message::parse(cut);
            ASSERT_FALSE(parsed) << each.name << ' ' << size;
            EXPECT_EQ(parsed.error(), errc::truncated) << each.name << ' ' << size;
        }
    }
}

// The length field counts what is left, so that the end of a cut attribute or a missing seal has to
// be noticed.
TEST(StunDamage, NoTruncationWithAMendedLengthIsSigned) {
    for (const auto& each : all_vectors) {
        const auto whole = octets(each.hex), key = octets(each.key_hex);
        // Without FINGERPRINT alone, and without the second seal, the rest is signed as it was.
        const auto end = each.name == "RFC 5769 2.1"      ? whole.size() - 8
                         : each.name == "all three seals" ? whole.size() - 44
                                                          : whole.size();
        for (std::size_t size = 20; size < end; ++size) {
            std::vector<std::uint8_t> cut(whole.begin(),
                                          whole.begin() + static_cast<std::ptrdiff_t>(size));
            store_be16(&cut[2], static_cast<std::uint16_t>(size - 20));
            const auto parsed = unverified_message::parse(cut);
            EXPECT_FALSE(parsed && parsed->signed_by(key)) << each.name << ' ' << size;
        }
    }
}

// No bit is uncovered: FINGERPRINT's are compared in parse, all before it are under an HMAC, also
// the padding, and the types and sizes of the seals decide what is found.
TEST(StunDamage, NoFlippedBitPasses) {
    for (const auto& each : all_vectors) {
        const auto key = octets(each.key_hex);
        auto message = octets(each.hex);
        for (std::size_t bit = 0; bit < message.size() * 8; ++bit) {
            const auto mask = static_cast<std::uint8_t>(1 << bit % 8);
            message[bit / 8] ^= mask;
            const auto parsed = unverified_message::parse(message);
            EXPECT_FALSE(parsed && parsed->signed_by(key)) << each.name << ' ' << bit;
            message[bit / 8] ^= mask;
        }
    }
}

TEST(StunDamage, EveryLengthFieldButTheTrueOneIsRefused) {
    for (const auto& each : {rfc5769_2_4, ms_turn_v1}) {
        auto message = octets(each.hex);
        for (std::size_t length = 0; length <= 0xFFFF; ++length) {
            store_be16(&message[2], static_cast<std::uint16_t>(length));
            const auto parsed = unverified_message::parse(message);
            ASSERT_EQ(parsed.has_value(), length + 20 == message.size()) << length;
            if (parsed) continue;
            EXPECT_EQ(parsed.error(),
                      length + 20 < message.size() ? errc::length_field_wrong : errc::truncated);
        }
    }
}

TEST(StunDamage, NoSizeOfAnAttributeReachesBeyondTheMessage) {
    const auto whole = octets(rfc5769_2_4.hex);
    const std::size_t size_fields[] = {22, 46, 78, 94};
    for (const auto at : size_fields) {
        for (std::size_t size = 0; size <= 0xFFFF; ++size) {
            auto message = whole;
            store_be16(&message[at], static_cast<std::uint16_t>(size));
            const auto parsed = unverified_message::parse(message);
            if (at + 2 + size > message.size()) {
                ASSERT_FALSE(parsed) << at << ' ' << size;
                ASSERT_EQ(parsed.error(), errc::attribute_overruns) << at << ' ' << size;
            }
        }
    }
}

std::vector<std::uint8_t> filled_up(std::vector<std::uint8_t> message, std::size_t size) {
    while (message.size() + 4 <= size) {
        for (const auto octet : octets("80220000")) message.push_back(octet);
    }
    if (message.size() < size) {
        message[message.size() - 1] = static_cast<std::uint8_t>(size - message.size());
        message.resize(size);
    }
    store_be16(&message[2], static_cast<std::uint16_t>(size - 20));
    message.shrink_to_fit();
    return message;
}

TEST(StunDamage, TheLongestMessagesAreRead) {
    const auto rfc = filled_up(allocate(""), 20 + 0xFFFC), ms = filled_up(ms_allocate(""), 65'555);
    for (const auto& each : {rfc, ms}) {
        const auto parsed = unverified_message::parse(each);
        ASSERT_TRUE(parsed);
        EXPECT_TRUE(parsed->username());
        EXPECT_FALSE(parsed->is_signed());
    }
}

TEST(StunDamage, OneOctetMoreThanTheLongestIsRefused) {
    auto message = filled_up(ms_allocate(""), 65'555);
    message.push_back(0);
    const auto parsed = unverified_message::parse(message);
    ASSERT_FALSE(parsed);
    EXPECT_EQ(parsed.error(), errc::length_field_wrong);
}

TEST(StunDamage, OneValueThatFillsTheLongestMessageIsRead) {
    auto message = ms_allocate("0014 0000");
    const auto room = 65'555 - message.size();
    store_be16(&message[message.size() - 2], static_cast<std::uint16_t>(room));
    message.resize(65'555);
    store_be16(&message[2], 0xFFFF);
    const auto parsed = unverified_message::parse(message);
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->nonce()->size(), room);
}

// Its length field counts the header too, and no PASSWORD-ALGORITHM is there.
TEST(StunDamage, AppendixBOfRfc8489AsPrintedIsRefusedForItsLength) {
    const auto message = octets(
        "0001 009c 2112a442 78ad3433c6ad72c029da412e"
        " 001e 0020 4a3cf38fef6992bda952c6780417da0f24819415569e60b205c46e41407f1704"
        " 0015 0029"
        " 6f624d61744a6f733241414143662f2f3439396b39353464364f4c33346f4c39465354767936347341 000000"
        " 0014 000b 6578616d706c652e6f7267 00"
        " 001c 0020 e4686c8f0edeb59013e07090010a93efccbccc544c0a45d9f830aa6d6f735a01");
    ASSERT_EQ(message.size(), 0x9Cu);
    const auto parsed = unverified_message::parse(message);
    ASSERT_FALSE(parsed);
    EXPECT_EQ(parsed.error(), errc::truncated);
}

}  // namespace
}  // namespace relayauth::stun
