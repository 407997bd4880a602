#include "relayauth/base/bytes.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace relayauth {
namespace {

TEST(Bytes, LoadsBigEndian) {
    const std::array<std::uint8_t, 4> from = {0x81, 0x02, 0x83, 0x04};
    EXPECT_EQ(load_be16(from.data()), 0x8102u);
    EXPECT_EQ(load_be32(from.data()), 0x81028304u);
}

TEST(Bytes, StoresBigEndianAndNothingElse) {
    std::array<std::uint8_t, 6> to{};
    to.fill(0xEE);
    store_be16(to.data() + 1, 0x8102);
    EXPECT_EQ(to, (std::array<std::uint8_t, 6>{0xEE, 0x81, 0x02, 0xEE, 0xEE, 0xEE}));
    store_be32(to.data() + 1, 0xF1E2D3C4);
    EXPECT_EQ(to, (std::array<std::uint8_t, 6>{0xEE, 0xF1, 0xE2, 0xD3, 0xC4, 0xEE}));
}

TEST(Bytes, TextAndBytesAreTheSameOctets) {
    const std::string text("a\0\xFFz", 4);
    const auto bytes = as_bytes(text);
    ASSERT_EQ(bytes.size(), 4u);
    EXPECT_EQ(bytes[1], 0);
    EXPECT_EQ(bytes[2], 0xFF);
    EXPECT_EQ(as_text(bytes), text);
    EXPECT_EQ(as_text(bytes).data(), text.data());
}

}  // namespace
}  // namespace relayauth
