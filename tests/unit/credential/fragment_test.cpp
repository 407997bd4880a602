#include "relayauth/credential/fragment.hpp"

#include "notes_credential.hpp"

#include "relayauth/base/base64.hpp"
#include "relayauth/credential/form.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace relayauth::credential {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string v1(notes::v1_username);
const std::string v2(notes::v2_username);
const std::string with_lifetime(notes::unsigned_username);
constexpr auto characters = counted_in::characters;

std::string name_of(std::string_view text) {
    const auto found = fragment_of(text, characters);
    return found ? found->name : "";
}

std::string words_of(std::string_view text, counted_in unit = characters) {
    const auto found = fragment_of(text, unit);
    return found ? found->words : "";
}

// v2 with these flags: whole, and nobody here knows what it means.
std::string with_flags(std::uint32_t flags) {
    auto octets = *octets_of(v2);
    store_be32(&octets[token::flags_offset], flags);
    return encode_base64(octets);
}

TEST(Fragment, IsNotFoundInAWholeToken) {
    const std::string flagged =
        "AgAAJNvm14AB3X10zrBSLa3hTWvj9MMFbgbAGw3aPLwDAA4Q7UW4wcTmwjyI7CZ0xgK+DeoXHFw=";
    auto stray = v2;
    stray[74] = static_cast<char>(stray[74] + 1);
    for (const auto& text : {v1, v2, with_lifetime, flagged, stray, with_flags(0x8000'0001),
                             with_flags(0x0100'0000), with_flags(0x0200'0000), v2.substr(0, 75),
                             v1.substr(0, 70), v1.substr(0, 71), v2 + "=", v2 + v2}) {
        EXPECT_EQ(name_of(text), "") << text;
    }
}

TEST(Fragment, CountsWhatIsMissingAndDoesNotSayWhere) {
    EXPECT_EQ(
        words_of(v2.substr(0, 74)),
        "only a part of a credential: it begins as v2, which has 75 characters before its =, "
        "and 74 are here: at least 1 is missing, at the end or inside; if at the end only, it "
        "says that it expires 2030-01-02T03:04:05Z, and nobody can check that");
    EXPECT_THAT(words_of(v1.substr(0, 68)),
                HasSubstr("as v1, which has 70 characters before its ==, and 68 are here: at least "
                          "2 are missing, at the end or inside; "));
    // The padding of what was cut counts for nothing.
    EXPECT_THAT(words_of(v2.substr(0, 74) + "=="), HasSubstr("and 74 are here"));
    EXPECT_THAT(words_of(encode_base64(bytes_view(*octets_of(v2)).first(55)), counted_in::octets),
                HasSubstr("which has 56 octets, and 55 whole ones are here: the others are "
                          "missing, at the end or inside"));
}

TEST(Fragment, IsNoneWithAStrangeCharacterAtItsEnd) {
    EXPECT_EQ(name_of(v2.substr(0, 40)), "cut_short");
    for (const auto* end : {"...", ",", "\xE2\x80\xA6"}) {
        EXPECT_EQ(name_of(v2.substr(0, 40) + end), "") << end;
    }
}

TEST(Fragment, TellsNoExpiryThatMakesNoSense) {
    for (std::size_t place = 5; place < 74; ++place) {
        const auto words = words_of(v2.substr(0, place) + v2.substr(place + 1));
        // Behind the expiry, from the sixteenth character on, it is as it was.
        const bool same = place >= 16 || v2[place] == v2[place + 1];
        if (same) {
            EXPECT_THAT(words, HasSubstr("it expires 2030-01-02T03:04:05Z")) << place;
        }
        EXPECT_THAT(words, Not(HasSubstr("after the year 9999"))) << place;
    }
    // The low word lost a character, and the high one is what stood behind it.
    EXPECT_THAT(words_of(v2.substr(0, 8) + v2.substr(9)), Not(HasSubstr("expires")));
}

TEST(Fragment, LacksItsBeginningOrWhatFollowsIt) {
    EXPECT_EQ(words_of(v2.substr(5)),
              "only a part of a credential: it ends as v2 does, which has 75 characters before its "
              "=, and 70 are here: at least 5 are missing, at the beginning or inside");
    EXPECT_EQ(name_of(v2.substr(5)), "lost_beginning");
    EXPECT_EQ(words_of(v2.substr(0, 4) + v2.substr(8)),
              "only a part of a credential: it begins and ends as v2 does, which has 75 characters "
              "before its =, and 71 are here: at least 4 are missing, inside");
    EXPECT_EQ(name_of(v1.substr(0, 2) + v1.substr(8)), "lost_inside");
}

}  // namespace
}  // namespace relayauth::credential
