#include "relayauth/credential/usual_mistakes.hpp"

#include "hand_made.hpp"
#include "notes_credential.hpp"

#include "relayauth/base/base64.hpp"
#include "relayauth/base/hex.hpp"
#include "relayauth/credential/form.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace relayauth::credential {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

const std::string v2(notes::v2_username);
const std::string v1(notes::v1_username);
const std::string rest = "1893553445:alice";

std::vector<std::string> names_in(const std::string& text) {
    std::vector<std::string> names;
    for (const auto& each : find_mistakes(text, {}).mistakes) names.push_back(each.name);
    return names;
}

std::string hex_of(std::string_view username) {
    return to_hex(*octets_of(username));
}

std::string url_form(std::string text) {
    std::replace(text.begin(), text.end(), '+', '-');
    std::replace(text.begin(), text.end(), '/', '_');
    return text;
}

std::string with(char separator, const std::string& digits) {
    std::string text;
    for (std::size_t i = 0; i < digits.size(); i += 2) {
        if (i > 0) text += separator;
        text += digits.substr(i, 2);
    }
    return text;
}

// in_c is `0x02, 0x00, ` or the like.
std::string in_c(const std::string& digits, std::string_view before, std::string_view after) {
    std::string text;
    for (std::size_t i = 0; i < digits.size(); i += 2) {
        text += before;
        text += digits.substr(i, 2);
        text += after;
    }
    return text;
}

struct broken {
    std::string text;
    std::string mended;
    std::vector<std::string> names;
};

TEST(UsualMistakes, AreNamedAndUndone) {
    const broken cases[] = {
        {hex_of(v2), v2, {"hexadecimal"}},
        {"0x" + hex_of(v1), v1, {"hexadecimal"}},
        {with(':', hex_of(v2)), v2, {"hexadecimal"}},
        {with(':', hex_of(v1)) + "\n", v1, {"white_space", "hexadecimal"}},
        {with('-', hex_of(v1)), v1, {"hexadecimal"}},
        {"username=" + v2, v2, {"labelled"}},
        {"Username: " + rest, rest, {"labelled"}},
        {"\"username\": \"" + v1 + "\"", v1, {"quoted", "labelled"}},
        {"username:" + v2, v2, {"labelled"}},
        {"alice: 1893553445", rest, {"white_space", "wrong_way_round"}},
        {"\"" + v2, v2, {"quoted"}},
        {v2 + "\"", v2, {"quoted"}},
        {v2 + ",", v2, {"quoted"}},
        {"\"" + v2 + "\",", v2, {"quoted"}},
        {"  \"username\": \"" + v2 + "\",\n", v2, {"white_space", "quoted", "labelled"}},
        {"{\"username\":\"" + v2 + "\",\"password\":\"" + std::string(hand_made::v2_password) +
             "\"}",
         v2,
         {"quoted", "labelled", "more_follows"}},
        {"\xE2\x80\x9C" + v2 + "\xE2\x80\x9D", v2, {"quoted"}},
        {"<username>" + v2 + "</username>", v2, {"labelled"}},
        {"<u a=\"b\">" + rest + "</u>", rest, {"labelled"}},
        {"<sip:a@b>:1893553445", "1893553445:<sip:a@b>", {"wrong_way_round"}},
        {"a...b:1893553445", "1893553445:a...b", {"wrong_way_round"}},
        {v2 + "=", v2, {"extra_padding"}},
        {v1 + "==", v1, {"extra_padding"}},
        {v2 + "...", v2, {"ellipsis"}},
        {with(',', hex_of(v2)), v2, {"hexadecimal"}},
        {in_c(hex_of(v2), "0x", " "), v2, {"white_space", "white_space", "hexadecimal"}},
        {"{" + in_c(hex_of(v1), "0x", ",") + "};", v1, {"quoted", "hexadecimal"}},
        {in_c(hex_of(v1), "\\x", ""), v1, {"hexadecimal"}},
        {"user_name=" + v2.substr(0, 75), v2, {"labelled", "lost_padding"}},
        {url_form(v2), v2, {"url_base64"}},
        {url_form(v2.substr(0, 75)), v2, {"url_base64", "lost_padding"}},
        {v2.substr(0, 75), v2, {"lost_padding"}},
        {v1.substr(0, 70), v1, {"lost_padding"}},
        {v2 + "\n", v2, {"white_space"}},
        {"\xC2\xA0" + v2 + "\r\n", v2, {"white_space"}},
        {v2.substr(0, 40) + "\r\n" + v2.substr(40), v2, {"white_space"}},
        {v2.substr(0, 40) + "\xE2\x80\x8B" + v2.substr(40), v2, {"white_space"}},
        {"\"" + v2 + "\"", v2, {"quoted"}},
        {" '" + v2 + "' ", v2, {"white_space", "quoted"}},
        {v2.substr(0, 75) + "%3D", v2, {"percent_encoded"}},
        {"1893553445%3Aalice", rest, {"percent_encoded"}},
        {v2 + ":" + std::string(hand_made::v2_password), v2, {"more_follows"}},
        {v1 + " " + std::string(hand_made::v1_password), v1, {"more_follows"}},
        {"alice:1893553445", rest, {"wrong_way_round"}},
        {"a b:c:1893553445", "1893553445:a b:c", {"wrong_way_round"}},
        {"1001:1893553445", "1893553445:1001", {"wrong_way_round"}},
        {"1893553445000:alice", rest, {"milliseconds"}},
        {"1893553445000", "1893553445", {"milliseconds"}},
        {"1893553445000000:alice", rest, {"microseconds"}},
        {"1893553445000000000:alice", rest, {"nanoseconds"}},
        {"alice:1893553445000", rest, {"wrong_way_round", "milliseconds"}},
        {"135380270450000000:alice", rest, {"filetime"}},
        {encode_base64(as_bytes(rest)), rest, {"other_dialect"}},
        {"1893553445:" + v2, v2, {"other_dialect"}},
        {encode_base64(as_bytes(v2)), v2, {"encoded_twice"}},
        {rest + "\n", rest, {"white_space"}},
    };
    for (const auto& each : cases) {
        const auto found = find_mistakes(each.text, {});
        EXPECT_EQ(found.mended, each.mended) << each.text;
        EXPECT_EQ(names_in(each.text), each.names) << each.text;
        EXPECT_FALSE(found.arguments_exchanged);
    }
}

TEST(UsualMistakes, AreNotFoundInAGoodCredential) {
    for (const auto& text :
         {v1, v2, rest, std::string(notes::rest_name), std::string("1893553445")}) {
        const auto found = find_mistakes(text, "password");
        EXPECT_TRUE(found.mistakes.empty()) << text;
        EXPECT_EQ(found.mended, std::nullopt) << text;
    }
}

TEST(UsualMistakes, AreNotFoundInWhatLeadsNowhere) {
    for (const std::string text :
         {"", " ", "\n", "hello", "hello world", "deadbeef", "\"\"", "%3D", "%", "%zz", "a:b", ":",
          "AAAA", "18935534450000:alice", "==", "\xFF\xFE", "<>", "0x", "9999999999:"}) {
        EXPECT_EQ(find_mistakes(text, {}).mended, std::nullopt) << text;
        EXPECT_TRUE(find_mistakes(text, {}).mistakes.empty()) << text;
    }
    EXPECT_TRUE(find_mistakes(std::string(max_explained_octets, ' ') + v2, {}).mistakes.empty());
}

TEST(UsualMistakes, KnowAPasswordByItsSizeAndDoNotQuoteIt) {
    const std::string password(hand_made::v1_password);
    for (const auto& text : {password, password.substr(0, 27), hex_of(password), password + "\n"}) {
        const auto found = find_mistakes(text, {});
        ASSERT_FALSE(found.mistakes.empty()) << text;
        EXPECT_EQ(found.mistakes.back().name, "pasted_password") << text;
        EXPECT_EQ(found.mended, std::nullopt);
        for (const auto& each : found.mistakes) {
            EXPECT_THAT(each.words, Not(HasSubstr(password.substr(0, 8))));
        }
    }
}

TEST(UsualMistakes, KnowAnExchangedPair) {
    const auto found = find_mistakes(hand_made::v2_password, hand_made::v2_username);
    ASSERT_EQ(found.mistakes.size(), 1u);
    EXPECT_EQ(found.mistakes[0].name, "arguments_exchanged");
    EXPECT_EQ(found.mended, v2);
    EXPECT_TRUE(found.arguments_exchanged);
    EXPECT_THAT(names_in(std::string(hand_made::v2_password)), ElementsAre("pasted_password"));
}

TEST(UsualMistakes, TellWhatIsLeftOfACredentialThatWasCutShort) {
    for (std::size_t size = 8; size < 75; ++size) {
        const auto found = find_mistakes(v2.substr(0, size), {});
        ASSERT_EQ(found.mistakes.size(), 1u) << size;
        EXPECT_EQ(found.mistakes[0].name, "cut_short");
        EXPECT_EQ(found.mended, std::nullopt);
        EXPECT_THAT(found.mistakes[0].words,
                    HasSubstr("which has 75 characters before its =, and " + std::to_string(size) +
                              " are here"));
        // Twelve octets, sixteen characters, hold the expiry.
        const bool tells =
            found.mistakes[0].words.find("2030-01-02T03:04:05Z") != std::string::npos;
        EXPECT_EQ(tells, size >= 16) << size;
    }
    // The size of a password, but the beginning of a credential.
    EXPECT_THAT(names_in(v2.substr(0, 27) + "="), ElementsAre("cut_short"));
    EXPECT_THAT(names_in(v1.substr(0, 69)), ElementsAre("cut_short"));
    EXPECT_THAT(names_in(hex_of(v2).substr(0, 101)), ElementsAre("hexadecimal", "cut_short"));
    EXPECT_THAT(names_in(v2.substr(0, 30) + "\n"), ElementsAre("white_space", "cut_short"));
}

// Each of its characters is here: nothing was cut.
TEST(UsualMistakes, TellAWholeTokenOfAnotherKindFromAPart) {
    const std::string flagged =
        "AgAAJNvm14AB3X10zrBSLa3hTWvj9MMFbgbAGw3aPLwDAA4Q7UW4wcTmwjyI7CZ0xgK+DeoXHFw=";
    EXPECT_TRUE(names_in(flagged).empty());
    EXPECT_THAT(read_form(flagged).not_a_credential, HasSubstr("flags of a kind"));
    const auto found = find_mistakes(hex_of(flagged), {});
    EXPECT_EQ(found.mended, std::nullopt);
    EXPECT_THAT(names_in(hex_of(flagged)), ElementsAre("hexadecimal", "unknown_flags"));
    EXPECT_THAT(found.mistakes.back().words, HasSubstr("flags of a kind that is not known here"));
    auto stray = v2;
    stray[74] = static_cast<char>(stray[74] + 1);
    EXPECT_THAT(names_in(stray), ElementsAre("stray_bits"));
    EXPECT_THAT(names_in(stray.substr(0, 75)), ElementsAre("lost_padding", "stray_bits"));
    EXPECT_EQ(find_mistakes(stray, {}).mended, v2);
    EXPECT_THAT(find_mistakes(hex_of(v2).substr(0, 111), {}).mistakes.back().words,
                HasSubstr("56 octets, and 55 whole ones are here"));
}

TEST(UsualMistakes, KnowAPlusThatBecameASpace) {
    const std::string whole =
        "AgAAJMv/+jwB3X10zrBSLa3hTWvj9MMFbgbAGw3aPLwBAHCAtoclawu7f9CQ+ad8NiasBsSrlKY=";
    auto text = whole;
    std::replace(text.begin(), text.end(), '+', ' ');
    EXPECT_EQ(find_mistakes(text, {}).mended, whole);
    EXPECT_THAT(names_in(text), ElementsAre("plus_as_space"));
    EXPECT_THAT(names_in("\"" + text + "\"\n"),
                ElementsAre("white_space", "quoted", "plus_as_space"));
    // One more is missing: nothing is known of a +, nor of an expiry.
    const auto found = find_mistakes(text.substr(0, 20) + text.substr(21), {});
    EXPECT_THAT(found.mistakes.back().words, Not(HasSubstr("expires")));
}

TEST(UsualMistakes, CountNoEllipsisAsCharacters) {
    for (const std::string dots : {"...", "....", "\xE2\x80\xA6"}) {
        for (const auto& text :
             {v2.substr(0, 40) + dots, "\"" + v2.substr(0, 30) + dots + v2.substr(66)}) {
            const auto found = find_mistakes(text, {});
            ASSERT_FALSE(found.mistakes.empty()) << text;
            EXPECT_EQ(found.mistakes[found.mistakes.size() - 2].name, "ellipsis") << text;
            EXPECT_EQ(found.mistakes.back().name, "cut_short");
            EXPECT_THAT(found.mistakes.back().words,
                        HasSubstr("and " + std::to_string(text[0] == '"' ? 39 : 40) + " are here"));
        }
    }
    EXPECT_TRUE(names_in("...").empty());
    EXPECT_TRUE(names_in("hello...").empty());
}

TEST(UsualMistakes, TakeNoOctetOrTwoForAPassword) {
    const auto words = [](const std::string& text) {
        return find_mistakes(text, {}).mistakes.at(0).words;
    };
    EXPECT_THAT(words(v2 + "!x"), HasSubstr("then 2 octets more (not shown)"));
    EXPECT_THAT(words(v2 + ":" + std::string(hand_made::v2_password)),
                HasSubstr("then 29 octets more, perhaps its password (not shown)"));
}

TEST(UsualMistakes, KnowAnExpiryWithItsWordsSwapped) {
    auto octets = *octets_of(v2);
    std::swap_ranges(octets.begin() + 4, octets.begin() + 8, octets.begin() + 8);
    const auto found = find_mistakes(encode_base64(octets), {});
    ASSERT_EQ(found.mistakes.size(), 1u);
    EXPECT_EQ(found.mistakes[0].name, "swapped_words");
    EXPECT_THAT(found.mistakes[0].words, HasSubstr("high word first it would say "
                                                   "2030-01-02T03:04:05Z"));
    // The signature covers it as it stands: there is nothing to mend.
    EXPECT_EQ(found.mended, std::nullopt);
}

TEST(UsualMistakes, KnowAnExpiryInTheOrderOfAPc) {
    for (const auto& username : {v1, v2}) {
        auto octets = *octets_of(username);
        std::reverse(octets.begin() + 4, octets.begin() + 8);
        std::reverse(octets.begin() + 8, octets.begin() + 12);
        const auto found = find_mistakes(encode_base64(octets), {});
        ASSERT_EQ(found.mistakes.size(), 1u);
        EXPECT_EQ(found.mistakes[0].name, "little_endian");
        EXPECT_THAT(found.mistakes[0].words,
                    HasSubstr("lowest octet first it would say 2030-01-02T03:04:05Z"));
        EXPECT_EQ(found.mended, std::nullopt);
    }
}

TEST(UsualMistakes, KnowACredentialThatLostItsBeginning) {
    const std::string with_lifetime(notes::unsigned_username);
    for (std::size_t lost = 1; lost <= 42; ++lost) {
        for (const auto& each : {v2, with_lifetime}) {
            EXPECT_THAT(names_in(each.substr(lost)), ElementsAre("lost_beginning")) << lost;
        }
    }
    // Of v1, only the expiry tells.
    for (std::size_t lost = 1; lost <= 10; ++lost) {
        EXPECT_THAT(names_in(v1.substr(lost)), ElementsAre("lost_beginning")) << lost;
    }
    EXPECT_TRUE(names_in(v1.substr(20)).empty());
    const auto found = find_mistakes(v2.substr(5), {});
    EXPECT_THAT(found.mistakes.at(0).words,
                HasSubstr("at least 5 are missing, at the beginning or"));
    EXPECT_EQ(found.mended, std::nullopt);
}

TEST(UsualMistakes, KnowAPasswordBehindItsLabel) {
    EXPECT_THAT(names_in("password=" + std::string(hand_made::v1_password)),
                ElementsAre("labelled", "pasted_password"));
}

TEST(UsualMistakes, KnowALifetimeInThePlaceOfTheExpiry) {
    EXPECT_THAT(names_in("86400:alice"), ElementsAre("lifetime_for_expiry"));
    EXPECT_THAT(names_in("31622400:alice"), ElementsAre("lifetime_for_expiry"));
    EXPECT_TRUE(names_in("31622401:alice").empty());
    EXPECT_EQ(find_mistakes("86400:alice", {}).mended, std::nullopt);
}

TEST(UsualMistakes, EndHoweverDeepTheyAre) {
    auto text = v2;
    for (int i = 0; i < 3; ++i) text = encode_base64(as_bytes(text));
    EXPECT_EQ(find_mistakes(text, {}).mended, v2);
    for (int i = 0; i < 6; ++i) text = encode_base64(as_bytes(text));
    EXPECT_EQ(find_mistakes(text, {}).mended, std::nullopt);
    EXPECT_TRUE(find_mistakes(std::string(2000, '"'), {}).mistakes.empty());
}

TEST(UsualMistakes, InAPasswordCountOnlyIfItFitsThen) {
    const std::string own(hand_made::v2_password);
    const auto fits = [&](std::string_view password) { return password == own; };
    const auto words = [&](const std::string& text) {
        std::string all;
        for (const auto& each : find_password_mistakes(text, fits)) {
            all += each.name + ": " + each.words + "\n";
        }
        return all;
    };
    EXPECT_EQ(words(own + " "),
              "password_white_space: the password: white space around it: 0 octets before, 1 "
              "after; without that it is the username's own\n");
    EXPECT_THAT(words("'" + hex_of(own) + "'\n"),
                AllOf(HasSubstr("password_quoted: "), HasSubstr("password_hexadecimal: ")));
    EXPECT_THAT(words(own.substr(0, 27)), HasSubstr("password_lost_padding: "));
    EXPECT_THAT(words("password=" + own), HasSubstr("password_labelled: "));
    EXPECT_EQ(words(std::string(hand_made::v1_password) + " "), "");
    EXPECT_EQ(words(std::string(9000, '"')), "");
}

}  // namespace
}  // namespace relayauth::credential
