#include "relayauth/rpc/wire.hpp"

#include "octets.hpp"

#include <gtest/gtest.h>

#include <string>

namespace relayauth::rpc {
namespace {

const auto typed_preface = octets("00 72 61 75 74 68 0a 01");

TEST(Preface, IsNulRauthLineFeedAndVersion1) {
    EXPECT_TRUE(
        std::equal(preface.begin(), preface.end(), typed_preface.begin(), typed_preface.end()));
    EXPECT_EQ(check_preface(typed_preface), preface_match::matches);
}

TEST(Preface, MatchesWithTheFirstFrameBehindIt) {
    EXPECT_EQ(check_preface(octets("00 72 61 75 74 68 0a 01 00 00 00 02")), preface_match::matches);
}

TEST(Preface, NeedsMoreAtEveryShorterLength) {
    for (std::size_t size = 0; size < typed_preface.size(); ++size) {
        EXPECT_EQ(check_preface(first_octets(typed_preface, size)), preface_match::need_more)
            << size;
    }
}

TEST(Preface, IsRefusedAtTheFirstOctetThatDiffers) {
    for (std::size_t at = 0; at + 1 < typed_preface.size(); ++at) {
        for (std::size_t size = at + 1; size <= typed_preface.size(); ++size) {
            auto input = first_octets(typed_preface, size);
            input[at] ^= 0x20;
            EXPECT_EQ(check_preface(input), preface_match::mismatch) << at << " of " << size;
        }
    }
}

TEST(Preface, IsNeitherSipNorTls) {
    EXPECT_EQ(check_preface(as_bytes("SERVICE sip:a SIP/2.0\r\n")), preface_match::mismatch);
    EXPECT_EQ(check_preface(octets("16 03 01 02 00")), preface_match::mismatch);
    EXPECT_EQ(check_preface(octets("0d 0a")), preface_match::mismatch);
}

TEST(Preface, TellsANewerVersionFromAnotherProtocol) {
    EXPECT_EQ(check_preface(octets("00 72 61 75 74 68 0a 02")), preface_match::unsupported_version);
    EXPECT_EQ(check_preface(octets("00 72 61 75 74 68 0a ff")), preface_match::unsupported_version);
    EXPECT_EQ(check_preface(octets("00 72 61 75 74 68 0a 00")), preface_match::mismatch);
}

TEST(Framer, FindsAFrameAndWhereTheNextBegins) {
    const auto input = octets("00 00 00 03 61 62 63 00 00 00 01 64");
    const auto first = framer().next(input);
    ASSERT_TRUE(first && *first);
    EXPECT_EQ(as_text((*first)->payload), "abc");
    EXPECT_EQ((*first)->consumed, 7u);
    const auto second = framer().next(bytes_view(input).subspan((*first)->consumed));
    ASSERT_TRUE(second && *second);
    EXPECT_EQ(as_text((*second)->payload), "d");
    EXPECT_EQ((*second)->consumed, 5u);
}

TEST(Framer, FindsAnEmptyFrame) {
    const auto found = framer().next(octets("00 00 00 00"));
    ASSERT_TRUE(found && *found);
    EXPECT_TRUE((*found)->payload.empty());
    EXPECT_EQ((*found)->consumed, 4u);
}

TEST(Framer, NeedsMoreAtEveryShorterLength) {
    const auto input = octets("00 00 00 03 61 62 63");
    for (std::size_t size = 0; size < input.size(); ++size) {
        const auto found = framer().next(first_octets(input, size));
        ASSERT_TRUE(found.has_value());
        EXPECT_FALSE(found->has_value()) << size;
    }
}

TEST(Framer, ReadsTheLengthBigEndian) {
    std::string input("\x00\x00\x01\x02", 4);
    input.append(0x102, 'x');
    const auto found = framer().next(as_bytes(input));
    ASSERT_TRUE(found && *found);
    EXPECT_EQ((*found)->payload.size(), 0x102u);
}

TEST(Framer, AcceptsExactlyTheLimitAndNotOneMore) {
    const framer three(3);
    EXPECT_TRUE(three.next(octets("00 00 00 03 61 62 63")).has_value());
    const auto refused = three.next(octets("00 00 00 04"));
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error(), errc::frame_too_long);
}

TEST(Framer, LimitIsHalfAMebibyteUnlessSaidOtherwise) {
    EXPECT_TRUE(framer().next(octets("00 08 00 00")).has_value());
    EXPECT_FALSE(framer().next(octets("00 08 00 01")).has_value());
    EXPECT_FALSE(framer().next(octets("ff ff ff ff")).has_value());
    EXPECT_FALSE(framer().next(octets("80 00 00 00")).has_value());
}

}  // namespace
}  // namespace relayauth::rpc
