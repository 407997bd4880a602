#include "relayauth/token/rest_name.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace relayauth::token {
namespace {

using std::chrono::seconds;

wall_time unix_time(std::int64_t since_1970) {
    return wall_time::from_unix(seconds(since_1970));
}

constexpr std::int64_t in_2030 = 1'893'553'445;        // 2030-01-02T03:04:05Z
constexpr std::int64_t last_second = 999'999'999'999;  // in the year 33658
constexpr std::string_view plain_marks = "._@+:=;/-";  // issue of the service, item 2

bool is_letter_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

rest_errc problem_of(std::string_view name) {
    const auto read = decode_rest_name(name);
    EXPECT_FALSE(read.has_value()) << name.substr(0, 20);
    return read.has_value() ? rest_errc() : read.error();
}

TEST(IsRestName, WantsDigitsAndThenAColonOrTheEnd) {
    for (const auto* name : {"0", "1893553445", "1893553445:", "1893553445:alice", "1::", "1:2:3",
                             "1234567890123:alice", "1234567890123", "1: ", "007:bond"}) {
        EXPECT_TRUE(is_rest_name(name)) << name;
    }
    using namespace std::string_view_literals;
    for (const auto name : {""sv, ":"sv, ":alice"sv, "alice:1893553445"sv, "a1:b"sv, "1a:b"sv,
                            "-1:b"sv, "+1:b"sv, " 1:b"sv, "1 :b"sv, "1.5:b"sv, "1\0:b"sv, "1/b"sv,
                            "1;b"sv, "1\xB2:b"sv, "\xD9\xA1:b"sv}) {
        EXPECT_FALSE(is_rest_name(name)) << name;
    }
}

TEST(IsRestName, IsNoMrasUsername) {
    EXPECT_FALSE(
        is_rest_name("AQAAIIHEwIAB4Peju1pZsFHPXNEsv2iO0WRWTh/Vn0Tp29QqOLgTLT9Q6pTowv/g02nFIg=="));
}

TEST(DecodeRestName, ReadsExpiryAndIdentity) {
    const auto read = decode_rest_name("1893553445:sip:alice@example.test");
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(read->expires_at, wall_time(135'380'270'450'000'000));
    EXPECT_EQ(read->identity, "sip:alice@example.test");
    EXPECT_EQ(read->window().expires_at, read->expires_at);
    EXPECT_FALSE(read->window().issued_at) << "it does not say when it was minted";
}

TEST(DecodeRestName, TakesTheIdentityAsItStands) {
    using namespace std::string_view_literals;
    for (const auto identity : {""sv, ":"sv, "a:b"sv, "=c2lw"sv, "%n \"\\"sv, "\0\xFF"sv}) {
        const auto name = "1893553445:" + std::string(identity);
        const auto read = decode_rest_name(name);
        ASSERT_TRUE(read.has_value());
        EXPECT_EQ(read->identity, identity);
        EXPECT_EQ(read->identity.data(), name.data() + 11) << "a view into the name";
    }
    EXPECT_EQ(decode_rest_name("1893553445")->identity, "");
}

TEST(DecodeRestName, Takes12DigitsAndNot13) {
    EXPECT_EQ(decode_rest_name("999999999999:a")->expires_at, unix_time(last_second));
    EXPECT_EQ(decode_rest_name("999999999999")->expires_at, unix_time(last_second));
    EXPECT_EQ(decode_rest_name("000000000001:a")->expires_at, unix_time(1));
    for (const auto* name : {"1000000000000:a", "1893553445000:a", "1893553445000",
                             "0000000000001:a", "99999999999999999999999999:a"}) {
        EXPECT_EQ(problem_of(name), rest_errc::expiry_too_long) << name;
    }
}

TEST(DecodeRestName, KnowsEveryYear) {
    EXPECT_EQ(decode_rest_name("0:a")->expires_at, wall_time(116'444'736'000'000'000));
    EXPECT_EQ(decode_rest_name("2147483647:a")->expires_at, wall_time(137'919'572'470'000'000));
    EXPECT_EQ(decode_rest_name("2147483648:a")->expires_at, wall_time(137'919'572'480'000'000));
    EXPECT_EQ(decode_rest_name("4294967296:a")->expires_at, wall_time(159'394'408'960'000'000));
    EXPECT_EQ(decode_rest_name("999999999999:a")->expires_at,
              wall_time(10'116'444'735'990'000'000u));
}

TEST(DecodeRestName, Takes512OctetsAndNot513) {
    const auto name = "1893553445:" + std::string(501, 'a');
    ASSERT_EQ(name.size(), 512u);
    EXPECT_EQ(decode_rest_name(name)->identity.size(), 501u);
    EXPECT_EQ(problem_of(name + "a"), rest_errc::name_too_long);
}

TEST(SpellIdentity, KeepsWhatIsPlain) {
    for (const auto* identity : {"", "alice", "sip:alice@example.test", "a=b", "._@+:;/-",
                                 "a==", "sip:+441632960083@x;user=phone", "0", "AZaz09"}) {
        EXPECT_EQ(spell_identity(identity), identity);
    }
}

TEST(SpellIdentity, EncodesAnIdentityThatCoturnWouldTakeForAFormat) {
    EXPECT_EQ(spell_identity("sip:a b%n@x"), "=c2lwOmEgYiVuQHg");
    EXPECT_EQ(read_identity("=c2lwOmEgYiVuQHg"), "sip:a b%n@x");
}

// RFC 4648 5: `-` and `_` for `+` and `/`; no padding, whatever the length.
TEST(SpellIdentity, WritesBase64urlWithoutPadding) {
    EXPECT_EQ(spell_identity("\xFB\xFF\xFE"), "=-__-");
    EXPECT_EQ(spell_identity("%"), "=JQ");
    EXPECT_EQ(spell_identity("%%"), "=JSU");
    EXPECT_EQ(spell_identity("%%%"), "=JSUl");
    EXPECT_EQ(spell_identity("="), "=PQ");
    EXPECT_EQ(spell_identity("=c2lw"), "=PWMybHc");
}

TEST(SpellIdentity, KeepsExactlyTheOctetsOfTheRuleAloneAndInTheMiddle) {
    for (int octet = 0; octet < 256; ++octet) {
        const auto c = static_cast<char>(octet);
        const bool plain = is_letter_or_digit(c) || plain_marks.find(c) != std::string_view::npos;
        const std::string alone(1, c), middle = "a" + alone + "b", last = "a" + alone;
        EXPECT_EQ(spell_identity(alone) == alone, plain && c != '=') << octet;
        EXPECT_EQ(spell_identity(middle) == middle, plain) << octet;
        EXPECT_EQ(spell_identity(last) == last, plain) << octet;
    }
}

TEST(SpellIdentity, ComesBackAndIsNeverSharedForAnyOctetAnywhere) {
    std::set<std::string> spellings;
    std::size_t identities = 0;
    const auto look_at = [&](const std::string& identity) {
        const auto spelled = spell_identity(identity);
        EXPECT_EQ(read_identity(spelled), identity);
        for (const char c : spelled) {
            const bool safe =
                is_letter_or_digit(c) || plain_marks.find(c) != std::string_view::npos;
            EXPECT_TRUE(safe || c == '_') << static_cast<int>(c);
        }
        EXPECT_TRUE(spellings.insert(spelled).second) << spelled;
        ++identities;
    };
    look_at("");
    for (int octet = 0; octet < 256; ++octet) {
        const std::string one(1, static_cast<char>(octet));
        for (const auto& identity :
             {one, "a" + one + "b", "=" + one, "=c2l" + one, "%" + one + "="})
            look_at(identity);
    }
    // What an identity is spelled as is an identity too.
    for (const auto* identity : {"=c2lwOmEgYiVuQHg", "c2lwOmEgYiVuQHg", "=PWMybHc", "=c2lwOg="})
        look_at(identity);
    EXPECT_EQ(spellings.size(), identities);
}

TEST(ReadIdentity, KnowsWhatIsNoBase64url) {
    for (const auto* spelled : {"=A", "=AAAAA", "=PR", "=c2lw=", "=c2 w", "=c2+w", "=c2/w", "=%%%%",
                                "=PQ==", "==", "=c2l\x80"}) {
        EXPECT_EQ(read_identity(spelled), std::nullopt) << spelled;
    }
    EXPECT_EQ(read_identity("=-__-"), "\xFB\xFF\xFE");
}

TEST(ReadIdentity, LeavesWhatOthersMintedAsItIs) {
    EXPECT_EQ(read_identity("sip:a b%n@x"), "sip:a b%n@x");
    EXPECT_EQ(read_identity(""), "");
}

TEST(EncodeRestName, WritesExpiryAndIdentity) {
    EXPECT_EQ(encode_rest_name(unix_time(in_2030), "sip:alice@example.test"),
              "1893553445:sip:alice@example.test");
    EXPECT_EQ(encode_rest_name(unix_time(in_2030), "sip:a b%n@x"), "1893553445:=c2lwOmEgYiVuQHg");
    EXPECT_EQ(encode_rest_name(unix_time(in_2030), ""), std::nullopt) << "nobody's";
}

TEST(EncodeRestName, RoundsDownToWholeSeconds) {
    EXPECT_EQ(encode_rest_name(unix_time(in_2030) + ticks{1}, "a"), "1893553445:a");
    EXPECT_EQ(encode_rest_name(unix_time(in_2030 + 1) - ticks{1}, "a"), "1893553445:a");
    EXPECT_EQ(encode_rest_name(unix_time(in_2030 + 1), "a"), "1893553446:a");
}

TEST(EncodeRestName, BeginsIn1970AndEndsAfter12Digits) {
    EXPECT_EQ(encode_rest_name(unix_time(0) - ticks{1}, "a"), std::nullopt);
    EXPECT_EQ(encode_rest_name(wall_time(0), "a"), std::nullopt);
    EXPECT_EQ(encode_rest_name(unix_time(0), "a"), "0:a");
    EXPECT_EQ(encode_rest_name(unix_time(2'147'483'648), "a"), "2147483648:a");
    EXPECT_EQ(encode_rest_name(unix_time(last_second), "a"), "999999999999:a");
    EXPECT_EQ(encode_rest_name(unix_time(last_second + 1) - ticks{1}, "a"), "999999999999:a");
    EXPECT_EQ(encode_rest_name(unix_time(last_second + 1), "a"), std::nullopt);
    EXPECT_EQ(encode_rest_name(wall_time::max(), "a"), std::nullopt) << "time saturates there";
}

TEST(EncodeRestName, FillsAStunUsernameAndNoMore) {
    const auto longest = encode_rest_name(unix_time(in_2030), std::string(501, 'a'));
    ASSERT_TRUE(longest);
    EXPECT_EQ(longest->size(), max_rest_name_size);
    EXPECT_TRUE(decode_rest_name(*longest).has_value());
    EXPECT_EQ(encode_rest_name(unix_time(in_2030), std::string(502, 'a')), std::nullopt);
    EXPECT_EQ(encode_rest_name(unix_time(in_2030), std::string(1 << 20, 'a')), std::nullopt);
    // 375 octets make 500 characters behind the `=`, 376 make 502.
    EXPECT_EQ(encode_rest_name(unix_time(in_2030), std::string(375, ' '))->size(), 512u);
    EXPECT_EQ(encode_rest_name(unix_time(in_2030), std::string(376, ' ')), std::nullopt);
}

}  // namespace
}  // namespace relayauth::token
