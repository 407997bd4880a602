#include "relayauth/stun/answer.hpp"

#include "relayauth/stun/wire_constants.hpp"

#include <gtest/gtest.h>

namespace relayauth::stun {
namespace {

// A 401 as a relay sends it, typed by hand.
const std::vector<std::uint8_t> refusal = {
    0x01, 0x13, 0x00, 0x38, 0x21, 0x12, 0xA4, 0x42,                      // Allocate error, 56
    1,    2,    3,    4,    5,    6,    7,    8,    9,   10,  11,  12,   // id
    0x00, 0x09, 0x00, 0x10, 0,    0,    4,    1,                         // ERROR-CODE 401
    'U',  'n',  'a',  'u',  't',  'h',  'o',  'r',  'i', 'z', 'e', 'd',  //
    0x00, 0x15, 0x00, 0x05, 'n',  'o',  'n',  'c',  'e', 0,   0,   0,    // NONCE
    0x00, 0x14, 0x00, 0x03, 'l',  'a',  'b',  0,                         // REALM
    0x80, 0x22, 0x00, 0x0B, 'N',  'o',  'n',  'e',                       // SOFTWARE
    '-',  'x',  'y',  '-',  '1',  '.',  '0',  0,
};

// XOR-RELAYED-ADDRESS 192.0.2.1:32853: the port and address of RFC 5769 2.2's sample.
const std::vector<std::uint8_t> success = {
    0x01, 0x03, 0x00, 0x0C, 0x21, 0x12, 0xA4, 0x42,                          //
    0xb7, 0xe7, 0xa7, 0x01, 0xbc, 0x34, 0xd6, 0x86, 0xfa, 0x87, 0xdf, 0xae,  //
    0x00, 0x16, 0x00, 0x08, 0x00, 0x01, 0xa1, 0x47, 0xe1, 0x12, 0xa6, 0x43,
};

TEST(StunAnswer, ReadsARefusal) {
    const auto read = parse_answer(refusal);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->type, 0x0113);
    EXPECT_EQ(read->id[11], 12);
    EXPECT_EQ(read->error_code, 401);
    EXPECT_EQ(read->reason, "Unauthorized");
    EXPECT_EQ(read->nonce, "nonce");
    EXPECT_EQ(read->realm, "lab");
    EXPECT_EQ(read->software, "None-xy-1.0");
    EXPECT_FALSE(read->relayed);
}

TEST(StunAnswer, ReadsTheRelayedAddress) {
    const auto read = parse_answer(success);
    ASSERT_TRUE(read && read->relayed);
    EXPECT_EQ(*read->relayed, (address{{192, 0, 2, 1}, 32853}));
}

TEST(StunAnswer, WritesTheAddressesThatItReads) {
    const auto read = parse_answer(success);
    EXPECT_EQ(xor_address(*read->relayed, read->id),
              std::vector<std::uint8_t>(success.begin() + 24, success.end()));
    address six{std::vector<std::uint8_t>(16), 443};
    for (std::uint8_t i = 0; i < 16; ++i) six.octets[i] = i;
    auto octets = success;
    const auto value = xor_address(six, read->id);
    octets.resize(24);
    octets.insert(octets.end(), value.begin(), value.end());
    octets[3] = 24;
    octets[23] = 20;
    EXPECT_EQ(parse_answer(octets)->relayed, six);
}

TEST(StunAnswer, IsNoneOfWhatIsCutShort) {
    for (std::size_t size = 0; size < refusal.size(); ++size) {
        EXPECT_FALSE(parse_answer(bytes_view(refusal).first(size))) << size;
    }
}

TEST(StunAnswer, IsNoneOfWhatHasAnAttributeBeyondItsEnd) {
    auto octets = success;
    octets[23] = 9;  // padded to 12, and 8 are there
    EXPECT_FALSE(parse_answer(octets));
    octets = success;
    octets.insert(octets.end(), {0x80, 0x22});  // half an attribute's header
    octets[3] += 2;
    EXPECT_FALSE(parse_answer(octets));
}

// Any octet may be anything: no reading beyond the end, and no crash.
TEST(StunAnswer, SurvivesEveryAlteredOctet) {
    for (const auto& whole : {refusal, success}) {
        for (std::size_t at = 0; at < whole.size(); ++at) {
            for (const int value : {0, 1, 0x7F, 0x80, 0xFF}) {
                auto altered = whole;
                altered[at] = static_cast<std::uint8_t>(value);
                parse_answer(altered);
            }
        }
    }
}

TEST(StunAnswer, IsNoRequestAndNoOtherProtocol) {
    auto octets = success;
    octets[0] = 0x00;  // Allocate request
    EXPECT_FALSE(parse_answer(octets));
    octets[0] = 0x41;  // ChannelData
    EXPECT_FALSE(parse_answer(octets));
    octets[0] = 0x01;
    octets[4] = 0x22;
    EXPECT_FALSE(parse_answer(octets));
}

}  // namespace
}  // namespace relayauth::stun
