#include "relayauth/stun/fingerprint.hpp"

#include "vectors.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace relayauth::stun {
namespace {

// One bit at a time, as the polynomial says.
std::uint32_t slow_fingerprint(bytes_view text) {
    std::uint32_t crc = 0xFFFFFFFF;
    for (const auto octet : text) {
        crc ^= octet;
        for (int bit = 0; bit < 8; ++bit) {
            const bool odd = (crc & 1) != 0;
            crc >>= 1;
            if (odd) crc ^= 0xEDB88320;
        }
    }
    return crc ^ 0xFFFFFFFF ^ 0x5354554E;
}

TEST(Fingerprint, IsThePublishedCheckValueOfCrc32UnderTheMask) {
    EXPECT_EQ(fingerprint(as_bytes("123456789")), 0xCBF43926u ^ 0x5354554Eu);
}

TEST(Fingerprint, IsThatOfRfc5769) {
    const auto message = octets(rfc5769_2_1.hex);
    EXPECT_EQ(fingerprint(bytes_view(message).first(message.size() - 8)), 0xE57A3BCFu);
}

TEST(Fingerprint, AgreesWithOneBitAtATimeForEveryLength) {
    for (std::size_t size = 0; size <= 100; ++size) {
        std::vector<std::uint8_t> text(size);
        for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<std::uint8_t>(i * 151 + 3);
        EXPECT_EQ(fingerprint(text), slow_fingerprint(text)) << size;
    }
}

TEST(Fingerprint, OfNothingIsTheMask) {
    EXPECT_EQ(fingerprint({}), 0x5354554Eu);
}

}  // namespace
}  // namespace relayauth::stun
