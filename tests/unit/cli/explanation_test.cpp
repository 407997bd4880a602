#include "relayauth/cli/explanation.hpp"

#include "notes_credential.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <utility>
#include <vector>

namespace relayauth::cli {
namespace {

using namespace std::chrono_literals;
using credential::refusal;

explanation by_times(std::string_view username, wall_time at = notes::expiry - 1h) {
    return explain({username, nullptr, {}}, at);
}

TEST(Explanation, ReadsV1) {
    const auto told = by_times(notes::v1_username);
    ASSERT_TRUE(told.claimed);
    EXPECT_EQ(told.claimed->version, token::version::v1);
    EXPECT_EQ(told.claimed->expires_at, notes::expiry);
    EXPECT_EQ(told.claimed->lifetime, std::nullopt);
    EXPECT_EQ(told.not_a_credential, "");
    EXPECT_EQ(told.verdict.issued_at(), std::nullopt);
}

TEST(Explanation, ReadsTheLifetimeOfV2) {
    EXPECT_EQ(by_times(notes::v2_username).claimed->lifetime, std::nullopt);
    const auto told = by_times(notes::unsigned_username);
    EXPECT_EQ(told.claimed->lifetime, 8h);
    EXPECT_EQ(told.verdict.issued_at(), notes::expiry - 8h);
}

TEST(Explanation, WithoutAKeyJudgesByTheTimesAlone) {
    const auto at = [](wall_time when) { return by_times(notes::unsigned_username, when); };
    EXPECT_EQ(at(notes::expiry - 8h - 300s).verdict.refused, std::nullopt);
    EXPECT_EQ(at(notes::expiry - 8h - 300s - ticks{1}).verdict.refused, refusal::not_yet_valid);
    EXPECT_EQ(at(notes::expiry - ticks{1}).verdict.refused, std::nullopt);
    EXPECT_EQ(at(notes::expiry).verdict.refused, refusal::expired);
    EXPECT_FALSE(at(notes::expiry).signature_checked());
    EXPECT_EQ(at(notes::expiry).signer, std::nullopt);
    EXPECT_EQ(by_times(notes::v1_username, notes::expiry - 8h - 300s - ticks{1}).verdict.refused,
              refusal::minted_ahead);
    EXPECT_EQ(by_times(notes::v1_username, notes::expiry - 8h - 300s).verdict.refused,
              std::nullopt);
}

TEST(Explanation, JudgesByTheLimitsItIsGivenAndTellsThem) {
    validity_limits wide;
    wide.tolerance = 600s;
    wide.expiry_grace = 60s;
    wide.accept_lifetime = 9h;
    const auto ring = notes::ring();
    for (const keyring::ring* keys : {static_cast<const keyring::ring*>(nullptr), &ring}) {
        const auto at = [&](wall_time when) {
            return explain({notes::v1_username, keys, {}, wide}, when).verdict.refused;
        };
        EXPECT_EQ(at(notes::expiry - 9h - 600s), std::nullopt);
        EXPECT_EQ(at(notes::expiry - 9h - 600s - ticks{1}), refusal::minted_ahead);
        EXPECT_EQ(at(notes::expiry + 60s - ticks{1}), std::nullopt);
        EXPECT_EQ(at(notes::expiry + 60s), refusal::expired);
        const auto told = explain({notes::v1_username, keys, {}, wide}, notes::expiry);
        EXPECT_EQ(told.assumed.tolerance, wide.tolerance);
        EXPECT_EQ(told.assumed.expiry_grace, wide.expiry_grace);
        EXPECT_EQ(told.assumed.accept_lifetime, wide.accept_lifetime);
    }
}

const std::vector<std::string> one_file{"a.pem"};
const std::vector<std::string> two_files{"new.pem", "old.pem"};

TEST(Explanation, WithTheKeySaysThatItSigned) {
    const auto ring = notes::ring();
    for (const auto username : {notes::v1_username, notes::v2_username}) {
        const auto told = explain({username, &ring, one_file}, notes::expiry - 1h);
        EXPECT_TRUE(told.signature_checked());
        EXPECT_EQ(told.signer, 0u);
        EXPECT_EQ(told.tried_keys.at(0).id, "0a1b2c3d");
        EXPECT_EQ(told.tried_keys.at(0).file, "a.pem");
        EXPECT_EQ(told.tried_keys.at(0).verifies_until, std::nullopt);
        EXPECT_TRUE(told.verdict.good());
        EXPECT_EQ(explain({username, &ring, {}}, notes::expiry).verdict.refused, refusal::expired);
    }
}

TEST(Explanation, WithAnotherKeySaysThatItDidNot) {
    const auto other = notes::ring(0x11);
    const auto told = explain({notes::v2_username, &other, {}}, notes::expiry - 1h);
    EXPECT_TRUE(told.signature_checked());
    EXPECT_EQ(told.signer, std::nullopt);
    EXPECT_EQ(told.verdict.refused, refusal::unknown_key);
    EXPECT_TRUE(told.claimed);
}

TEST(Explanation, WithAnEmptyRingIsOneWithoutAKey) {
    const keyring::ring none;
    const auto told = explain({notes::v2_username, &none, one_file}, notes::expiry - 1h);
    EXPECT_FALSE(told.signature_checked());
    EXPECT_EQ(told.verdict.refused, std::nullopt);
    EXPECT_EQ(told.certificate_files, one_file);
}

TEST(Explanation, TriesTheOlderKeyUntilItRetires) {
    const auto at = notes::expiry - 1h;
    const auto serving = notes::rolled_ring(at + ticks{1});
    const auto told = explain({notes::v2_username, &serving, two_files}, at);
    ASSERT_EQ(told.tried_keys.size(), 2u);
    EXPECT_EQ(told.signer, 1u);
    EXPECT_TRUE(told.verdict.good());
    EXPECT_EQ(told.tried_keys[0].file, "new.pem");
    EXPECT_EQ(told.tried_keys[1].file, "old.pem");
    EXPECT_EQ(told.tried_keys[1].id, "0a1b2c3d");
    EXPECT_EQ(told.tried_keys[0].verifies_until, std::nullopt);
    EXPECT_EQ(told.tried_keys[1].verifies_until, at + ticks{1});
    EXPECT_FALSE(told.tried_keys[0].retired);
    EXPECT_FALSE(told.tried_keys[1].retired);
}

TEST(Explanation, TellsWhoSignedThoughTheKeyIsRetired) {
    const auto at = notes::expiry - 1h;
    const auto retired = notes::rolled_ring(at);
    const auto told = explain({notes::v2_username, &retired, two_files}, at);
    EXPECT_EQ(told.signer, 1u);
    EXPECT_TRUE(told.tried_keys.at(1).retired);
    EXPECT_FALSE(told.tried_keys.at(0).retired);
    EXPECT_EQ(told.verdict.refused, refusal::unknown_key);
    EXPECT_EQ(explain({notes::unsigned_username, &retired, two_files}, at).signer, std::nullopt);
}

TEST(Explanation, ReadsARestNameAndItsIdentity) {
    const auto told = by_times(notes::rest_name);
    ASSERT_TRUE(told.rest_name);
    EXPECT_EQ(told.rest_name->spelled, "=c2lwOmEgYiVuQHg");
    EXPECT_EQ(told.rest_name->identity, "sip:a b%n@x");
    EXPECT_EQ(told.verdict.expires_at(), notes::expiry);
    EXPECT_EQ(told.verdict.dialect, credential::dialect::turn_rest);
    EXPECT_EQ(told.not_a_credential, "");
    EXPECT_FALSE(told.claimed);
    EXPECT_EQ(by_times(notes::plain_rest_name).rest_name->identity, "sip:alice@example.com");
    EXPECT_EQ(by_times("1893553445:=!").rest_name->identity, std::nullopt);
    EXPECT_EQ(by_times("1893553445").rest_name->spelled, "");
    EXPECT_FALSE(by_times(notes::v1_username).rest_name);
    EXPECT_EQ(by_times(notes::v1_username).verdict.dialect, credential::dialect::mras);
}

TEST(Explanation, JudgesARestNameByItsTimesWithAndWithoutAKey) {
    validity_limits wide;
    wide.tolerance = 600s;
    wide.expiry_grace = 60s;
    wide.accept_lifetime = 9h;
    const auto ring = notes::ring();
    for (const keyring::ring* keys : {static_cast<const keyring::ring*>(nullptr), &ring}) {
        const auto at = [&](wall_time when) {
            return explain({notes::rest_name, keys, one_file, wide}, when).verdict.refused;
        };
        EXPECT_EQ(at(notes::expiry - 9h - 600s), std::nullopt);
        EXPECT_EQ(at(notes::expiry - 9h - 600s - ticks{1}), refusal::minted_ahead);
        EXPECT_EQ(at(notes::expiry + 60s - ticks{1}), std::nullopt);
        EXPECT_EQ(at(notes::expiry + 60s), refusal::expired);
        const auto told = explain({notes::rest_name, keys, one_file, wide}, notes::expiry);
        EXPECT_EQ(told.verdict.server_time, notes::expiry);
        EXPECT_EQ(told.verdict.accept_lifetime, wide.accept_lifetime);
        EXPECT_FALSE(told.signature_checked());
        EXPECT_EQ(told.certificate_files, one_file);
    }
}

TEST(Explanation, SaysWhatIsWrongWithARestName) {
    const std::pair<std::string, std::string> cases[] = {
        {"1893553445000:=c2lwOmEgYiVuQHg",
         "a TURN REST name with an expiry of 13 digits: milliseconds, and it must be seconds "
         "(1893553445)"},
        {"1893553445000",
         "a TURN REST name with an expiry of 13 digits: milliseconds, and it must be seconds "
         "(1893553445)"},
        {"18935534450000:a:b",
         "a TURN REST name with an expiry of 14 digits, and one in seconds has at most 12"},
        {"1893553445:" + std::string(502, 'a'),
         "a TURN REST name of 513 octets, and a STUN username has at most 512"},
    };
    const auto ring = notes::ring();
    for (const auto& [name, words] : cases) {
        for (const keyring::ring* keys : {static_cast<const keyring::ring*>(nullptr), &ring}) {
            const auto told = explain({name, keys, one_file}, notes::expiry);
            EXPECT_EQ(told.not_a_credential, words);
            EXPECT_FALSE(told.rest_name);
            EXPECT_EQ(told.verdict.refused, refusal::malformed);
            EXPECT_EQ(told.verdict.dialect, credential::dialect::turn_rest);
        }
    }
}

struct junk {
    std::string text;
    std::string words;
};

TEST(Explanation, SaysWhatJunkIs) {
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
         "not base64: 75 characters, and base64 comes in fours: cut off, or its = at the end were "
         "lost"},
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
    const auto ring = notes::ring();
    for (const auto& each : cases) {
        const auto told = by_times(each.text);
        EXPECT_EQ(told.not_a_credential, each.words) << each.text;
        EXPECT_FALSE(told.claimed) << each.text;
        // With a key the words are the same, and so is the refusal.
        const auto checked = explain({each.text, &ring, {}}, notes::expiry);
        EXPECT_EQ(checked.not_a_credential, each.words) << each.text;
        ASSERT_TRUE(told.verdict.refused) << each.text;
        if (each.text.size() == v2.size()) {
            EXPECT_EQ(checked.verdict.refused, told.verdict.refused) << each.text;
        }
    }
}

TEST(Explanation, CallsAnUnknownVersionUnsupported) {
    const auto told = by_times("AwAAJ" + std::string(notes::v2_username.substr(5)));
    EXPECT_EQ(told.verdict.refused, refusal::unsupported_version);
    EXPECT_EQ(by_times("AAAA====").verdict.refused, refusal::malformed);
}

TEST(Explanation, SaysSomethingAboutEveryTruncationAndEveryText) {
    const std::string v2(notes::v2_username);
    for (std::size_t size = 0; size < v2.size(); ++size) {
        EXPECT_NE(by_times(v2.substr(0, size)).not_a_credential, "") << size;
    }
    std::mt19937 random(4711);
    for (int i = 0; i < 5000; ++i) {
        std::string text(random() % 100, '\0');
        for (auto& c : text) c = static_cast<char>(random());
        const auto told = by_times(text);
        EXPECT_NE(told.claimed || told.rest_name, !told.not_a_credential.empty());
    }
}

}  // namespace
}  // namespace relayauth::cli
