#include "relayauth/credential/spelling.hpp"

#include "hand_made.hpp"
#include "notes_credential.hpp"

#include "relayauth/base/hex.hpp"
#include "relayauth/credential/form.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace relayauth::credential {
namespace {

const std::string v1(notes::v1_username);
const std::string v2(notes::v2_username);
// It has two +; it expires 2026-11-26T07:07:28Z.
const std::string with_plus =
    "AgAAJMv/+jwB3X10zrBSLa3hTWvj9MMFbgbAGw3aPLwBAHCAtoclawu7f9CQ+ad8NiasBsSrlKY=";

std::string as_form(std::string text) {
    std::replace(text.begin(), text.end(), '+', ' ');
    return text;
}

TEST(Spelling, TakesSpacesForPlusWhereThatMakesAWholeToken) {
    const auto found = plus_as_space(as_form(with_plus));
    ASSERT_TRUE(found);
    EXPECT_EQ(found->text, with_plus);
    EXPECT_EQ(found->what.name, "plus_as_space");
    EXPECT_EQ(found->what.words,
              "spaces in the place of +, as the decoding of a web form leaves them: 2 of them, the "
              "first at octet 9");
    EXPECT_EQ(plus_as_space(as_form(with_plus.substr(0, 75)))->text, with_plus.substr(0, 75));
    // A line break is left to the next step.
    const auto folded = as_form(with_plus).insert(40, "\n");
    EXPECT_EQ(plus_as_space(folded)->text, std::string(with_plus).insert(40, "\n"));
    EXPECT_TRUE(plus_as_space(as_form("ab+lmv8PVtY9tvdql0ZYgxDgMc0=")));  // a password
    for (std::size_t place = 1; place < v2.size(); ++place) {
        for (const auto& whole : {v1, v2, v1.substr(0, 70), v2.substr(0, 75)}) {
            if (place >= whole.size()) continue;
            EXPECT_FALSE(plus_as_space(std::string(whole).insert(place, " "))) << place;
            EXPECT_FALSE(plus_as_space(std::string(whole).insert(place, "  "))) << place;
        }
    }
    EXPECT_FALSE(plus_as_space(as_form(with_plus.substr(0, 74))));
    EXPECT_FALSE(plus_as_space("a b"));
}

TEST(Spelling, ClearsTheBitsThatNoOctetTakes) {
    for (const auto& [whole, last, step] :
         {std::tuple{v2, 74, 1}, {v2, 74, 3}, {v1, 69, 1}, {v1, 69, 15}}) {
        auto stray = whole;
        const auto place = static_cast<std::size_t>(last);
        stray[place] =
            base64_alphabet[base64_alphabet.find(stray[place]) + static_cast<std::size_t>(step)];
        EXPECT_FALSE(octets_of(stray));
        const auto found = stray_bits(stray);
        ASSERT_TRUE(found) << stray;
        EXPECT_EQ(found->text, whole);
        EXPECT_EQ(found->what.name, "stray_bits");
        // Also without its padding, which is the first to be mended.
        const auto padded = lost_padding(stray.substr(0, place + 1));
        ASSERT_TRUE(padded);
        EXPECT_EQ(padded->text, stray);
    }
    for (const auto& text : {v1, v2, v2.substr(0, 75), std::string("AB=="), std::string("=")}) {
        EXPECT_FALSE(stray_bits(text)) << text;
    }
}

TEST(Spelling, CountsAHalfOctetOfHexadecimal) {
    const auto digits = to_hex(*octets_of(v2));
    EXPECT_EQ(hexadecimal(digits)->what.words,
              "112 hexadecimal digits, which stand for 56 octets; a credential is such octets in "
              "base64");
    EXPECT_EQ(hexadecimal(digits.substr(0, 111))->what.words,
              "111 hexadecimal digits, which stand for 55 octets and a half; a credential is such "
              "octets in base64");
}

}  // namespace
}  // namespace relayauth::credential
