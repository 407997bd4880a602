#include "relayauth/stun/attributes.hpp"

#include "vectors.hpp"

#include <gtest/gtest.h>

// What may stand at the end of a request: the integrity attributes and FINGERPRINT.

namespace relayauth::stun {
namespace {

const std::string integrity = "0008 0014 " + std::string(40, '1');
const std::string integrity_sha256 = "001c 0020 " + std::string(64, '2');
const std::string fingerprint = "8028 0004 33333333";
const std::string others[] = {"0006 0000", "8022 0000", "001d 0004 00010000", "7fff 0000"};

std::optional<errc> why_not(std::string_view list_hex, form dialect = form::rfc) {
    const auto list = octets(list_hex);
    const auto found = read_attributes(list, dialect);
    return found ? std::nullopt : std::optional(found.error());
}

std::string sized(std::string_view type_hex, unsigned size, std::size_t padding) {
    return std::string(type_hex) + "00" + to_hex(std::vector{static_cast<std::uint8_t>(size)}) +
           std::string(2 * (size + padding), '4');
}

std::string padded_to_4(std::string_view type_hex, unsigned size) {
    return sized(type_hex, size, (4 - size % 4) % 4);
}

TEST(StunSeals, AreTakenInTheirOrderWhicheverAreThere) {
    for (const auto& list :
         {integrity, integrity_sha256, fingerprint, integrity + integrity_sha256,
          integrity + fingerprint, integrity_sha256 + fingerprint,
          integrity + integrity_sha256 + fingerprint, others[0] + integrity + fingerprint}) {
        EXPECT_EQ(why_not(list), std::nullopt) << list;
    }
}

TEST(StunSeals, RefuseAnythingElseBehindAnIntegrity) {
    for (const auto& other : others) {
        EXPECT_EQ(why_not(integrity + other), errc::integrity_not_last) << other;
        EXPECT_EQ(why_not(integrity_sha256 + other), errc::integrity_not_last) << other;
        EXPECT_EQ(why_not(integrity + other + fingerprint), errc::integrity_not_last) << other;
        EXPECT_EQ(why_not(integrity + other, form::ms_turn), errc::integrity_not_last) << other;
    }
    EXPECT_EQ(why_not(integrity_sha256 + integrity), errc::integrity_not_last);
    EXPECT_EQ(why_not(integrity + integrity_sha256 + integrity), errc::integrity_not_last);
}

TEST(StunSeals, RefuseTheSealsOfTheRfcBehindMsTurnsIntegrity) {
    EXPECT_EQ(why_not(integrity + integrity_sha256, form::ms_turn), errc::integrity_not_last);
    EXPECT_EQ(why_not(integrity + fingerprint, form::ms_turn), errc::integrity_not_last);
    EXPECT_EQ(why_not(fingerprint + integrity, form::ms_turn), std::nullopt);
}

TEST(StunSeals, RefuseAnythingBehindTheFingerprint) {
    for (const auto& other : others) {
        EXPECT_EQ(why_not(fingerprint + other), errc::fingerprint_not_last) << other;
    }
    EXPECT_EQ(why_not(fingerprint + integrity), errc::fingerprint_not_last);
    EXPECT_EQ(why_not(fingerprint + integrity_sha256), errc::fingerprint_not_last);
    EXPECT_EQ(why_not(integrity + fingerprint + integrity), errc::fingerprint_not_last);
}

TEST(StunSeals, IntegrityHas20Octets) {
    for (unsigned size = 0; size <= 36; ++size) {
        const auto expected = size == 20 ? std::nullopt : std::optional(errc::integrity_size);
        EXPECT_EQ(why_not(padded_to_4("0008", size)), expected) << size;
    }
}

TEST(StunSeals, MsTurnIntegrityHas20Or32Octets) {
    for (unsigned size = 0; size <= 36; ++size) {
        const bool known = size == 20 || size == 32;
        EXPECT_EQ(why_not(sized("0008", size, 0), form::ms_turn),
                  known ? std::nullopt : std::optional(errc::integrity_size))
            << size;
    }
}

TEST(StunSeals, Sha256IntegrityHas16To32OctetsInStepsOf4) {
    for (unsigned size = 0; size <= 68; ++size) {
        const bool known = size == 16 || size == 20 || size == 24 || size == 28 || size == 32;
        EXPECT_EQ(why_not(padded_to_4("001c", size)),
                  known ? std::nullopt : std::optional(errc::integrity_size))
            << size;
    }
}

TEST(StunSeals, FingerprintHas4Octets) {
    for (unsigned size = 0; size <= 9; ++size) {
        const auto expected = size == 4 ? std::nullopt : std::optional(errc::fingerprint_size);
        EXPECT_EQ(why_not(padded_to_4("8028", size)), expected) << size;
    }
}

}  // namespace
}  // namespace relayauth::stun
