#include "relayauth/stun/fingerprint.hpp"

#include <array>
#include <cstddef>

namespace relayauth::stun {
namespace {

constexpr std::uint32_t polynomial = 0xEDB8'8320;  // IEEE 802.3, bits reversed
constexpr std::uint32_t stun_in_ascii = 0x5354'554E;

// Eight octets a step: one at a time, the CRC of a request would cost as much as its HMAC.
constexpr std::size_t stride = 8;
using table = std::array<std::uint32_t, 256>;

// tables[n][octet] is what `octet` leaves in the register once n zero octets have followed it.
constexpr std::array<table, stride> make_tables() {
    std::array<table, stride> tables{};
    for (std::uint32_t octet = 0; octet < 256; ++octet) {
        std::uint32_t left = octet;
        for (int bit = 0; bit < 8; ++bit) left = (left >> 1) ^ ((left & 1) != 0 ? polynomial : 0);
        tables[0][octet] = left;
    }
    for (std::size_t n = 1; n < stride; ++n) {
        for (std::size_t octet = 0; octet < 256; ++octet) {
            const auto left = tables[n - 1][octet];
            tables[n][octet] = (left >> 8) ^ tables[0][left & 0xFF];
        }
    }
    return tables;
}

constexpr auto tables = make_tables();

}  // namespace

std::uint32_t fingerprint(bytes_view text) {
    std::uint32_t crc = 0xFFFF'FFFF;
    for (; text.size() >= stride; text = text.subspan(stride)) {
        std::uint32_t next = 0;
        for (std::size_t i = 0; i < stride; ++i) {
            const std::uint32_t octet = text[i] ^ (i < 4 ? (crc >> (8 * i)) & 0xFF : 0);
            next ^= tables[stride - 1 - i][octet];
        }
        crc = next;
    }
    for (const auto octet : text) crc = (crc >> 8) ^ tables[0][(crc ^ octet) & 0xFF];
    return ~crc ^ stun_in_ascii;
}

}  // namespace relayauth::stun
