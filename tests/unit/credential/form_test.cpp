#include "relayauth/credential/form.hpp"

#include "notes_credential.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <utility>

namespace relayauth::credential {
namespace {

std::string after_size(const std::string& text, const std::string& words) {
    return std::to_string(text.size()) + (text.size() == 1 ? " octet, " : " octets, ") + words;
}

TEST(Form, SaysWhatIsWrongWithARestName) {
    const std::pair<std::string, std::string> cases[] = {
        {"1893553445000:=c2lwOmEgYiVuQHg",
         "a TURN REST name with an expiry of 13 digits (milliseconds have 13), and one in seconds "
         "has at most 12"},
        {"1893553445000",
         "a TURN REST name with an expiry of 13 digits (milliseconds have 13), and one in seconds "
         "has at most 12"},
        {"18935534450000:a:b",
         "a TURN REST name with an expiry of 14 digits, and one in seconds has at most 12"},
        {"1893553445:" + std::string(502, 'a'),
         "a TURN REST name, and a STUN username has at most 512"},
    };
    for (const auto& [name, words] : cases) {
        const auto said = read_form(name);
        EXPECT_EQ(said.not_a_credential, after_size(name, words));
        EXPECT_FALSE(said.rest_name);
        EXPECT_EQ(said.reason, refusal::malformed);
        EXPECT_EQ(said.dialect, dialect::turn_rest);
    }
}

struct junk {
    std::string text;
    std::string words;
};

TEST(Form, SaysWhatJunkIs) {
    const std::string v2(notes::v2_username);
    const junk cases[] = {
        {"", "empty: there is no username here"},
        {"====", "not base64: too many = at the end"},
        {"hello world", "not base64: character 6 is ' '"},
        {"AgAA\n", "not base64: character 5 is '\\n'"},
        {"AgAA\x1b", "not base64: character 5 is '\\x1b'"},
        {"日本語", "not base64: character 1 is '日'"},
        {"\xFF", "not base64: character 1 is '\\xff'"},
        {"ab-d", "not base64: character 3 is '-' (only the URL form has that)"},
        {"ab_d", "not base64: character 3 is '_' (only the URL form has that)"},
        {"ab=d", "not base64: character 3 is '='"},
        {v2.substr(0, 75),
         "not base64: 75 characters, and base64 comes in fours: some are missing, perhaps = at the "
         "end, or there are too many"},
        {v2 + "==", "not base64: too many = at the end"},
        {"A===", "not base64: too many = at the end"},
        {"AB==", "not base64: its last character before the = has bits set that must be zero"},
        {"AA==", "base64 of 1 octet: too short for a credential, which has 52 or 56"},
        {"AAAAAAAAAAAAAAAA", "base64 of 12 octets: too short for a credential, which has 52 or 56"},
        {"Q47qmv8PVtY9tvdql0ZYgxDgMc0=",
         "base64 of 20 octets: the size of a password; the username is the longer of the two"},
        {v2.substr(0, 72),
         "base64 of 54 octets: not a whole credential, or more than one: it says of itself that it "
         "has 56"},
        {v2 + v2.substr(0, 4), "not base64: character 76 is '='"},
        {"AwAAJ" + v2.substr(5),
         "base64 of 56 octets: version 3.0, which is not known here: not a credential, or of "
         "another product"},
        {"AgEAJ" + v2.substr(5),
         "base64 of 56 octets: version 2.1, which is not known here: not a credential, or of "
         "another product"},
        // Flags 0x02000000 and 0x01000000 in place of 0.
        {"AgAAJIHEwIAB4Peju1pZsFHPXNEsv2iO0WRWTh/Vn0QCAAAAIzrDf1m9PS2EzcrvwPNt3HDNpws=",
         "base64 of 56 octets: version 2.0 with flags of a kind that is not known here"},
        {"AgAAJIHEwIAB4Peju1pZsFHPXNEsv2iO0WRWTh/Vn0QBAAAAIzrDf1m9PS2EzcrvwPNt3HDNpws=",
         "base64 of 56 octets: a credential with a lifetime of 0, which nobody mints"},
    };
    for (const auto& each : cases) {
        const auto said = read_form(each.text);
        EXPECT_EQ(said.not_a_credential, after_size(each.text, each.words)) << each.text;
        EXPECT_FALSE(said.claimed) << each.text;
        EXPECT_FALSE(said.is_credential());
    }
}

TEST(Form, CallsAnUnknownVersionUnsupported) {
    const auto v3 = "AwAAJ" + std::string(notes::v2_username.substr(5));
    EXPECT_EQ(read_form(v3).reason, refusal::unsupported_version);
    EXPECT_EQ(read_form("AAAA====").reason, refusal::malformed);
}

TEST(Form, CallsAPasswordMalformedWhateverItBeginsWith) {
    for (const auto* begin : {"AAAA", "AQAA", "AgAA", "AwAA", "Q47q", "/+//"}) {
        EXPECT_EQ(read_form(begin + std::string("mv8PVtY9tvdql0ZYgxDgMc0=")).reason,
                  refusal::malformed)
            << begin;
    }
}

TEST(Form, LooksAtNothingThatIsTooLong) {
    const std::string most(max_explained_octets, 'A');
    EXPECT_NE(read_form(most).not_a_credential.find("base64 of 3072 octets"), std::string::npos);
    EXPECT_EQ(read_form(most + "AAAA").not_a_credential,
              "4100 octets, too long: the longest username has 512, and over 4096 are not looked "
              "at");
    EXPECT_FALSE(octets_of(most + "AAAA"));
}

TEST(Form, SaysSomethingAboutEveryTruncationAndEveryText) {
    const std::string v2(notes::v2_username);
    for (std::size_t size = 0; size < v2.size(); ++size) {
        EXPECT_FALSE(read_form(v2.substr(0, size)).is_credential()) << size;
    }
    std::mt19937 random(4711);
    for (int i = 0; i < 5000; ++i) {
        std::string text(random() % 100, '\0');
        for (auto& c : text) c = static_cast<char>(random());
        const auto said = read_form(text);
        EXPECT_EQ(said.claimed || said.rest_name, said.is_credential());
        EXPECT_EQ(said.window.has_value(), said.is_credential());
    }
}

}  // namespace
}  // namespace relayauth::credential
