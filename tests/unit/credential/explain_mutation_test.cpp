#include "relayauth/credential/explain.hpp"

#include "hand_made.hpp"
#include "notes_credential.hpp"

#include "relayauth/base/base64.hpp"
#include "relayauth/base/hex.hpp"
#include "relayauth/credential/validate.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

// Whatever is explained, every statement must be true: checked here against what validate() says
// of the same texts.
namespace relayauth::credential {
namespace {

using namespace std::chrono_literals;

std::optional<refusal> validated(std::string_view username, wall_time at) {
    return validate({username, {}, {}, {}}, hand_made::notes_ring(), {}, at).refused;
}

bool is_by_time(const std::optional<refusal>& why) {
    return !why || why == refusal::expired || why == refusal::not_yet_valid ||
           why == refusal::minted_ahead;
}

void expect_true(std::string_view text, const reading& read, wall_time at) {
    EXPECT_EQ(read.said.claimed || read.said.rest_name, read.said.is_credential());
    EXPECT_FALSE(read.verdict.words.empty());
    EXPECT_EQ(read.verdict.at, at);
    if (read.said.rest_name) {
        // Nothing signs it, so validate() wants its password: but time decides before that.
        EXPECT_FALSE(read.checked);
        const auto why = validated(text, at);
        EXPECT_EQ(read.verdict.refused, why == refusal::wrong_realm ? std::nullopt : why);
        return;
    }
    EXPECT_EQ(read.checked, read.said.is_credential());
    const auto why = validated(text, at);
    if (read.said.is_credential()) {
        EXPECT_EQ(read.verdict.refused, why);
    } else {
        EXPECT_FALSE(is_by_time(why));
    }
    EXPECT_EQ(read.signer.has_value(), is_by_time(why));
    if (!read.has_acceptance()) return;
    EXPECT_EQ(validated(text, *read.opens_at), std::nullopt);
    EXPECT_EQ(validated(text, *read.closes_at - ticks{1}), std::nullopt);
    EXPECT_EQ(validated(text, *read.closes_at), refusal::expired);
    if (*read.opens_at > wall_time()) {
        EXPECT_NE(validated(text, *read.opens_at - ticks{1}), std::nullopt);
    }
}

explanation expect_truth(std::string_view text, wall_time at = notes::expiry - 1h) {
    SCOPED_TRACE(to_hex(as_bytes(text)));
    explain_request made{text};
    made.keys = &hand_made::notes_ring();
    auto told = explain(made, at);
    expect_true(text, told.as_given, at);
    for (const auto& each : told.mistakes) {
        EXPECT_FALSE(each.name.empty() || each.words.empty());
    }
    if (!told.mended) return told;
    EXPECT_FALSE(told.mistakes.empty());
    EXPECT_TRUE(told.mended->read.said.is_credential());
    expect_true(told.mended->username, told.mended->read, at);
    return told;
}

const std::string seeds[] = {std::string(notes::v1_username),
                             std::string(notes::v2_username),
                             std::string(notes::unsigned_username),
                             std::string(notes::rest_name),
                             std::string(notes::plain_rest_name),
                             "1893553445000:alice",
                             "alice:1893553445",
                             std::string(hand_made::v2_password)};

TEST(ExplainMutation, SaysOnlyTrueThingsOfEveryTruncation) {
    for (const auto& seed : seeds) {
        for (std::size_t size = 0; size <= seed.size(); ++size) {
            expect_truth(seed.substr(0, size));
            expect_truth(seed.substr(size));
        }
    }
}

TEST(ExplainMutation, SaysOnlyTrueThingsOfEveryFlippedBit) {
    for (const auto& seed : seeds) {
        for (std::size_t bit = 0; bit < seed.size() * 8; ++bit) {
            auto text = seed;
            text[bit / 8] = static_cast<char>(text[bit / 8] ^ (1 << bit % 8));
            expect_truth(text);
        }
    }
}

// What people and programs do on the way; none of it changes what was meant.
std::string disguised(std::string text, std::mt19937& random) {
    const auto insert = [&](std::string_view what) {
        text.insert(random() % (text.size() + 1), what);
    };
    switch (random() % 7) {
        case 0:
            insert("\n");
            return text;
        case 1:
            insert(" ");
            return text;
        case 2:
            return "'" + text + "'";
        case 3: {
            std::string url;
            for (const char c : text)
                url += c == '+' ? "%2B" : c == '/' ? "%2F" : std::string(1, c);
            return url;
        }
        case 4:
            return to_hex(*octets_of(text));
        case 5:
            for (auto& c : text) c = c == '+' ? ' ' : c;
            return text;
        default:
            for (auto& c : text) c = c == '+' ? '-' : c == '/' ? '_' : c;
            return text;
    }
}

TEST(ExplainMutation, MendsWhatWasDisguisedToTheTextThatItWas) {
    std::mt19937 random(4711);
    for (int i = 0; i < 2000; ++i) {
        const auto flags = random() % 2 == 0
                               ? std::nullopt
                               : std::optional<std::uint32_t>(hand_made::flags_of_8_hours);
        const auto whole =
            hand_made::username(wall_time(notes::expiry.filetime() + random()), flags);
        const auto text = disguised(whole, random);
        const auto at =
            notes::expiry + std::chrono::seconds(static_cast<int>(random() % 80000) - 40000);
        const auto told = expect_truth(text, at);
        if (text == whole) {
            EXPECT_FALSE(told.mended);
            continue;
        }
        ASSERT_TRUE(told.mended) << text;
        EXPECT_EQ(told.mended->username, whole);
        EXPECT_EQ(told.mended->read.verdict.refused, validated(whole, at));
    }
}

bool names_a_part(const explanation& told) {
    return std::any_of(told.mistakes.begin(), told.mistakes.end(), [](const mistake& each) {
        return each.name == "cut_short" || each.name == "lost_beginning" ||
               each.name == "lost_inside";
    });
}

TEST(ExplainMutation, CallsNothingCutThatIsWhole) {
    std::mt19937 random(905);
    for (int i = 0; i < 2000; ++i) {
        auto flags = static_cast<std::uint32_t>(random());
        if (i % 4 == 0) flags = i % 8 == 0 ? 0x0100'0000 : 0x8000'0001;
        auto text = hand_made::username(notes::expiry, flags);
        if (i % 3 == 0) text[74] = base64_alphabet[base64_alphabet.find(text[74]) + random() % 4];
        EXPECT_FALSE(names_a_part(expect_truth(text))) << text;
        EXPECT_FALSE(names_a_part(expect_truth(text.substr(0, 75)))) << text;
        const auto place = random() % 75;
        const auto part = expect_truth(text.substr(0, place) + text.substr(place + 1));
        for (const auto& each : part.mistakes) {
            EXPECT_EQ(each.words.find("after the year 9999"), std::string::npos) << text << place;
        }
    }
}

TEST(ExplainMutation, MendsAPasswordOnlyToTheUsernamesOwn) {
    std::mt19937 random(1299);
    const std::string own(hand_made::v2_password);
    for (int i = 0; i < 1000; ++i) {
        auto text = disguised(own, random);
        const bool broken = i % 4 == 0;
        if (broken) text[text.size() / 2] = 'x';
        explain_request made{notes::v2_username, text};
        made.keys = &hand_made::notes_ring();
        const auto told = explain(made, notes::expiry - 1h);
        const bool changed = text != own;
        EXPECT_EQ(told.as_given.password_fits, !changed) << text;
        EXPECT_EQ(!told.mistakes.empty(), changed && !broken) << text;
        for (const auto& each : told.mistakes) {
            EXPECT_TRUE(each.name.starts_with("password_"));
            EXPECT_EQ(each.words.find(own.substr(0, 8)), std::string::npos);
        }
        EXPECT_EQ(told.mended, std::nullopt);
    }
}

TEST(ExplainMutation, SaysOnlyTrueThingsOfPiecesPutTogether) {
    constexpr std::string_view pieces[] = {":",  " ",          "\n",   "=",        "%3D",
                                           "\"", "1893553445", "0x",   "-",        "_",
                                           "a",  "\0",         "\xFF", "\xC2\xA0", "000"};
    std::mt19937 random(1711);
    for (int i = 0; i < 5000; ++i) {
        std::string text;
        for (auto n = random() % 4; n > 0; --n) {
            const auto& seed = seeds[random() % std::size(seeds)];
            const auto from = random() % 2 == 0 ? 0 : random() % seed.size();
            text += seed.substr(from, random() % 2 == 0 ? seed.size() : random() % seed.size());
            text += pieces[random() % std::size(pieces)];
        }
        expect_truth(text, wall_time(notes::expiry.filetime() + random() - 2'000'000'000));
    }
}

TEST(ExplainMutation, SaysOnlyTrueThingsAtTheEndsOfTime) {
    for (const auto at : {wall_time(), wall_time(1), wall_time::max()}) {
        for (const auto& seed : seeds) expect_truth(seed, at);
        for (const auto expiry : {wall_time(), wall_time(1), wall_time::max()}) {
            expect_truth(hand_made::username(expiry, hand_made::flags_of_8_hours), at);
            expect_truth(hand_made::username(expiry, std::nullopt), at);
        }
        expect_truth("0:a", at);
        expect_truth("999999999999:a", at);
    }
}

}  // namespace
}  // namespace relayauth::credential
