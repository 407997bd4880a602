#include "key_text.hpp"

#include "relayauth/base/hex.hpp"
#include "relayauth/crypto/sha256.hpp"

#include <gtest/gtest.h>

namespace relayauth::verify::key_text {

time_point at(ticks after_expiry) {
    // 1893553445 s since 1970, by `date -u -d 2030-01-02T03:04:05Z +%s`.
    return time_point(std::chrono::seconds(1'893'553'445)) + after_expiry;
}

std::string notes_key(std::string_view stage) {
    return "key notes " + std::string(stage) +
           "\nusername-tag 101112131415161718191a1b1c1d1e1f20212223\n"
           "password 505152535455565758595a5b5c5d5e5f60616263\n"
           "client-id 909192939495969798999a9b9c9d9e9fa0a1a2a3\n";
}

std::string rsa_key(std::string_view stage) {
    return "key 168e9d81 " + std::string(stage) +
           "\nusername-tag a487df323f671d5b4f67eaabcf9e23fed0c13904b708849d3710174499b43221\n"
           "password 36510ca25646a50986e4e1e5c0cbe5eab6940f70b53194e6a68fb3b2eba2909e\n"
           "client-id bd119654dbbfcfa7c90c2c21718484a63f6ea48f4111d151106b07ec84981125\n";
}

std::string with_checksum(std::string text) {
    const auto digest = to_hex(crypto::sha256(as_bytes(text)));
    return text + "checksum " + digest.substr(0, 16) + "\n";
}

std::string file_of(std::string_view keys) {
    return with_checksum(std::string(start) + std::string(keys));
}

verifier ready(std::string_view file, settings chosen) {
    auto made = verifier::parse(file, std::move(chosen));
    EXPECT_TRUE(made) << made.error();
    return std::move(*made);
}

std::vector<std::uint8_t> octets(std::string_view digits) {
    const auto read = from_hex(digits);
    EXPECT_TRUE(read) << digits;
    return read.value_or(std::vector<std::uint8_t>());
}

}  // namespace relayauth::verify::key_text
