#include "relayauth/stun/attributes.hpp"

#include "vectors.hpp"

#include <gtest/gtest.h>

namespace relayauth::stun {
namespace {

const std::string sixteen = "00112233445566778899aabbccddeeff";

std::optional<errc> why_not(std::string_view list_hex, form dialect = form::rfc) {
    const auto list = octets(list_hex);
    const auto found = read_attributes(list, dialect);
    return found ? std::nullopt : std::optional(found.error());
}

std::optional<errc> why_not_ms(std::string_view list_hex) {
    return why_not(list_hex, form::ms_turn);
}

TEST(StunAttributes, NoneIsFine) {
    const auto found = read_attributes({}, form::rfc);
    ASSERT_TRUE(found);
    EXPECT_FALSE(found->username || found->realm || found->nonce || found->userhash);
    EXPECT_FALSE(found->password_algorithm || found->integrity || found->integrity_sha256);
    EXPECT_FALSE(found->fingerprint);
}

TEST(StunAttributes, AreReadWithoutHeaderAndPadding) {
    const auto list = octets(
        "0006 0003 757372 00  0014 0001 72 ffffff  0015 0002 6e6f 2020  001d 0004 0002 0000"
        " 001e 0020 " +
        sixteen + sixteen + " 8028 0004 01020304");
    const auto found = read_attributes(list, form::rfc);
    ASSERT_TRUE(found);
    EXPECT_EQ(as_text(*found->username), "usr");
    EXPECT_EQ(found->username->data(), &list[4]);
    EXPECT_EQ(as_text(*found->realm), "r");
    EXPECT_EQ(as_text(*found->nonce), "no");
    EXPECT_EQ(found->password_algorithm, 2);
    EXPECT_EQ(to_hex(*found->userhash), sixteen + sixteen);
    EXPECT_EQ(to_hex(*found->fingerprint), "01020304");
}

TEST(StunAttributes, AreUnpaddedAndNonceAndRealmSwappedInMsTurn) {
    const auto list =
        octets("0006 0003 757372  0014 0002 6e6f  0015 0001 72  0008 0014 " + sixteen + "01020304");
    const auto found = read_attributes(list, form::ms_turn);
    ASSERT_TRUE(found);
    EXPECT_EQ(as_text(*found->username), "usr");
    EXPECT_EQ(as_text(*found->nonce), "no");
    EXPECT_EQ(as_text(*found->realm), "r");
    EXPECT_EQ(to_hex(*found->integrity), sixteen + "01020304");
}

TEST(StunAttributes, OfNoOctetAreThereAndEmpty) {
    for (const auto dialect : {form::rfc, form::ms_turn}) {
        const auto list = octets("0006 0000  0014 0000  0015 0000");
        const auto found = read_attributes(list, dialect);
        ASSERT_TRUE(found);
        ASSERT_TRUE(found->username && found->realm && found->nonce);
        EXPECT_TRUE(found->username->empty() && found->realm->empty() && found->nonce->empty());
    }
}

TEST(StunAttributes, ThatMsTurnDoesNotKnowAreSkippedThere) {
    const auto list = octets("001c 0001 00  001d 0001 00  001e 0001 00  8028 0001 00  0006 0000");
    const auto found = read_attributes(list, form::ms_turn);
    ASSERT_TRUE(found);
    EXPECT_FALSE(found->integrity_sha256 || found->password_algorithm || found->userhash);
    EXPECT_FALSE(found->fingerprint);
    EXPECT_TRUE(found->username);
}

TEST(StunAttributes, ThatNobodyKnowsAreSkippedAndMayRepeat) {
    EXPECT_EQ(why_not("0019 0004 11000000  7fff 0001 aa 000000  0019 0004 11000000"), std::nullopt);
    EXPECT_EQ(why_not_ms("000f 0004 72c64bc6  7fff 0001 aa  000f 0004 72c64bc6"), std::nullopt);
}

TEST(StunAttributes, OverrunWhenHeaderOrValueOrPaddingEndsBeyond) {
    for (const auto* list : {"00", "0006", "0006 00", "0006 0001", "0006 0005 01020304",
                             "0006 ffff 01020304", "0006 fffd 01020304", "0006 0001 61",
                             "0006 0001 61 0000", "0006 0000 0015 0001", "8022 0004 010203"}) {
        EXPECT_EQ(why_not(list), errc::attribute_overruns) << list;
    }
    for (const auto* list : {"00", "0006", "0006 00", "0006 0001", "0006 0005 01020304",
                             "0006 ffff 01020304", "0006 0001 61 00"}) {
        EXPECT_EQ(why_not_ms(list), errc::attribute_overruns) << list;
    }
}

TEST(StunAttributes, RefuseEachThatIsThereTwice) {
    const auto userhash = "001e 0020 " + sixteen + sixteen;
    for (const auto& each :
         {std::string("0006 0001 61 000000"), std::string("0014 0000"), std::string("0015 0000"),
          std::string("001d 0004 00010000"), userhash, "0008 0014 01020304" + sixteen,
          "001c 0010" + sixteen, std::string("8028 0004 01020304")}) {
        EXPECT_EQ(why_not(each), std::nullopt) << each;
        EXPECT_EQ(why_not(each + each), errc::attribute_repeated) << each;
    }
    for (const auto& each : {std::string("0006 0001 61"), std::string("0014 0000"),
                             std::string("0015 0000"), "0008 0014 01020304" + sixteen}) {
        EXPECT_EQ(why_not_ms(each), std::nullopt) << each;
        EXPECT_EQ(why_not_ms(each + each), errc::attribute_repeated) << each;
    }
}

TEST(StunAttributes, RefuseARepeatWithAnotherAttributeBetween) {
    EXPECT_EQ(why_not("0006 0001 61 000000  0014 0000  0006 0001 62 000000"),
              errc::attribute_repeated);
    EXPECT_EQ(why_not_ms("0014 0001 61  0006 0000  0014 0001 61"), errc::attribute_repeated);
}

TEST(StunAttributes, RefuseAUserhashThatIsNoSha256) {
    for (const std::size_t size : {0u, 28u, 31u, 33u, 36u}) {
        const std::string value((size + 3) / 4 * 8, '0');
        const std::string header = "001e 00" + to_hex(std::vector{static_cast<std::uint8_t>(size)});
        EXPECT_EQ(why_not(header + value), errc::userhash_size) << size;
    }
}

std::optional<std::uint16_t> algorithm_in(std::string_view list_hex) {
    const auto list = octets(list_hex);
    const auto found = read_attributes(list, form::rfc);
    EXPECT_TRUE(found) << list_hex;
    return found ? found->password_algorithm : std::nullopt;
}

TEST(PasswordAlgorithm, IsReadKnownOrNot) {
    EXPECT_EQ(algorithm_in("001d 0004 0001 0000"), 1);
    EXPECT_EQ(algorithm_in("001d 0004 0002 0000"), 2);
    EXPECT_EQ(algorithm_in("001d 0004 0000 0000"), 0);
    EXPECT_EQ(algorithm_in("001d 0004 0102 0000"), 0x0102);
}

TEST(PasswordAlgorithm, MayHaveParametersWhenUnknownPaddedOrNot) {
    EXPECT_EQ(algorithm_in("001d 0008 0003 0003 aabbcc00"), 3);
    EXPECT_EQ(algorithm_in("001d 0007 0003 0003 aabbcc 00"), 3);
    EXPECT_EQ(algorithm_in("001d 0008 0003 0004 aabbccdd"), 3);
}

TEST(PasswordAlgorithm, RefusesParametersForMd5AndSha256) {
    EXPECT_EQ(why_not("001d 0008 0001 0004 aabbccdd"), errc::password_algorithm_malformed);
    EXPECT_EQ(why_not("001d 0008 0002 0001 aa000000"), errc::password_algorithm_malformed);
}

TEST(PasswordAlgorithm, RefusesSizesThatDisagree) {
    for (const auto* list :
         {"001d 0000", "001d 0003 000100 00", "001d 0008 0001 0000 00000000", "001d 0004 0001 0001",
          "001d 0004 0003 0004", "001d 0008 0003 0005 aabbccdd", "001d 0008 0003 0000 00000000",
          "001d 0006 0003 0001 aabb 0000", "001d 0004 0003 ffff"}) {
        EXPECT_EQ(why_not(list), errc::password_algorithm_malformed) << list;
    }
}

}  // namespace
}  // namespace relayauth::stun
