#include "relayauth/credential/words.hpp"

#include "hand_made.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace relayauth::credential {
namespace {

using hand_made::expiry_2030;
using hand_made::flags_of_8_hours;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::HasSubstr;
using testing::Not;

constexpr wall_time issued = expiry_2030 - hours(8);

verdict decided_at(wall_time now, std::optional<std::uint32_t> flags,
                   wall_time expires_at = expiry_2030, ticks grace = ticks{0}) {
    validate_limits limits;
    limits.time.expiry_grace = grace;
    return validate({hand_made::username(expires_at, flags), {}, {}, {}}, hand_made::notes_ring(),
                    limits, now);
}

std::string words_at(wall_time now, std::optional<std::uint32_t> flags) {
    return words(decided_at(now, flags), ticks{0});
}

// The words for a credential that was issued `offset` away from this server's clock (negative: we
// are behind).
std::string words_for_offset(ticks offset) {
    return words_at(issued + offset, flags_of_8_hours);
}

std::string words_of(refusal reason) {
    verdict decided;
    decided.refused = reason;
    return words(decided, ticks{0});
}

TEST(Words, OfAGoodOneSayHowLongAndUntilWhen) {
    EXPECT_EQ(words_at(expiry_2030 - hours(1) - seconds(2), 0),
              "good for another 1 h 2 s (until 2030-01-02T03:04:05Z)");
}

TEST(Words, DoNotPromiseMoreTimeThanItsKeyHas) {
    const auto now = expiry_2030 - hours(2);
    const auto keys =
        hand_made::ring_of(hand_made::verifying(hand_made::key("retiring"), now + hours(1)));
    const auto username = hand_made::username(expiry_2030, hand_made::flags_of_8_hours);
    EXPECT_EQ(words(validate({username}, keys, {}, now), ticks{0}),
              "good for another 1 h (until 2030-01-02T02:04:05Z, when its key stops verifying)");
}

TEST(Words, WithinTheGraceDoNotPromiseTimeThatHasPassed) {
    const auto text =
        words(decided_at(expiry_2030 + seconds(10), 0, expiry_2030, seconds(60)), ticks{0});
    EXPECT_THAT(text, Not(HasSubstr("good for another")));
    EXPECT_THAT(text, HasSubstr("10 s after expiry"));
    EXPECT_THAT(text, HasSubstr("grace"));
    EXPECT_THAT(text, HasSubstr("2030-01-02T03:04:05Z"));
    EXPECT_THAT(words(decided_at(expiry_2030, 0, expiry_2030, seconds(60)), ticks{0}),
                HasSubstr("0 s after expiry"));
}

TEST(Words, OfAnExpiredOneBlameNoClockAndShowBoth) {
    EXPECT_EQ(words_at(expiry_2030 + hours(2), flags_of_8_hours),
              "2 h after expiry: an old credential, or this clock is ahead; "
              "server clock 2030-01-02T05:04:05Z, token issued 2030-01-01T19:04:05Z and "
              "expires 2030-01-02T03:04:05Z");
    EXPECT_EQ(words_at(expiry_2030, {}),
              "0 s after expiry: an old credential, or this clock is ahead; "
              "server clock 2030-01-02T03:04:05Z, token expires 2030-01-02T03:04:05Z");
}

TEST(Words, OfOneFromTheFutureShowBothClocksAndTheSignedOffset) {
    EXPECT_EQ(words_for_offset(-minutes(6)),
              "issued 6 min in the future of this server's clock (offset -6 min): this server is "
              "behind the mint, or the mint is ahead; "
              "server clock 2030-01-01T18:58:05Z, token issued 2030-01-01T19:04:05Z and "
              "expires 2030-01-02T03:04:05Z");
}

TEST(Words, OfOneFromTheFutureNameATimeZoneThatFits) {
    EXPECT_THAT(words_for_offset(-hours(8)),
                HasSubstr("(offset -8 h): this server is behind the mint, or the mint is ahead; "
                          "looks like a time zone error of -8 h; server clock "));
    EXPECT_THAT(words_for_offset(-hours(5) - minutes(44)),
                HasSubstr("time zone error of -5 h 45 min"));
}

TEST(Words, NameATimeZoneWithin60SecondsFrom30MinutesTo26Hours) {
    const ticks slack = seconds(60), tick{1};
    for (const ticks size :
         {ticks(minutes(30)), ticks(minutes(45)), ticks(hours(8)), ticks(hours(26))}) {
        EXPECT_THAT(words_for_offset(-size + slack), HasSubstr("time zone"));
        EXPECT_THAT(words_for_offset(-size + slack + tick), Not(HasSubstr("time zone")));
        EXPECT_THAT(words_for_offset(-size - slack), HasSubstr("time zone"));
        EXPECT_THAT(words_for_offset(-size - slack - tick), Not(HasSubstr("time zone")));
    }
    EXPECT_THAT(words_for_offset(-minutes(15)), Not(HasSubstr("time zone")));
    EXPECT_THAT(words_for_offset(-hours(26) - minutes(15)), Not(HasSubstr("time zone")));
}

TEST(Words, NeverNameATimeZoneWhenExpired) {
    for (const auto late : {minutes(0), minutes(30), minutes(480), minutes(26 * 60)}) {
        for (const std::optional<std::uint32_t> flags :
             {std::optional<std::uint32_t>(), std::optional<std::uint32_t>(flags_of_8_hours)}) {
            const auto text = words_at(expiry_2030 + late, flags);
            EXPECT_THAT(text, HasSubstr("after expiry: an old credential, or this clock is ahead"));
            EXPECT_THAT(text, Not(HasSubstr("time zone")));
        }
    }
}

TEST(Words, OfAnotherTimeThanNowNameNoClockAndBlameNone) {
    const auto words_by = [](decider by, ticks since_issue) {
        return words(decided_at(issued + since_issue, flags_of_8_hours), hours(8), by);
    };
    EXPECT_EQ(words_by(decider::asked_time, -hours(8)),
              "issued 8 h in the future of that time (offset -8 h); at that time "
              "2030-01-01T11:04:05Z, token issued 2030-01-01T19:04:05Z and expires "
              "2030-01-02T03:04:05Z");
    EXPECT_EQ(words_by(decider::asked_time, hours(9)),
              "1 h after expiry; at that time 2030-01-02T04:04:05Z, token issued "
              "2030-01-01T19:04:05Z and expires 2030-01-02T03:04:05Z");
    EXPECT_EQ(words_by(decider::this_machine, -hours(1)),
              "issued 1 h in the future of this clock (offset -1 h): it is behind the mint, or the "
              "mint is ahead; looks like a time zone error of -1 h; clock 2030-01-01T18:04:05Z, "
              "token issued 2030-01-01T19:04:05Z and expires 2030-01-02T03:04:05Z");
    EXPECT_THAT(words_by(decider::server, hours(9)),
                HasSubstr("this server's clock is moved on purpose by +8 h"));
    verdict foreign;
    foreign.refused = refusal::unknown_key;
    EXPECT_EQ(words(foreign, ticks{0}, decider::this_machine),
              "signed by none of these keys, or altered");
}

TEST(Words, SayAtLeastOfASpanThatIsTooLongToTell) {
    const auto text =
        words(decided_at(issued, flags_of_8_hours, wall_time(~std::uint64_t{0})), ticks{0});
    EXPECT_THAT(text, HasSubstr("issued at least 10675199 d"));
}

TEST(Words, OfOneMintedAheadSayAtLeastHowFarAndNoTimeZone) {
    // 8 h is accepted; 16 h to go.
    EXPECT_EQ(words_at(expiry_2030 - hours(16), {}),
              "expires at least 8 h later than any credential minted by now could (accepted "
              "lifetime 8 h): a clock ahead, or minted under a longer maximum; "
              "server clock 2030-01-01T11:04:05Z, token expires 2030-01-02T03:04:05Z");
}

TEST(Words, OfTheEndOfTimeStayText) {
    const auto dated = words(decided_at(issued, flags_of_8_hours, wall_time::max()), ticks{0});
    EXPECT_THAT(dated, HasSubstr("expires after the year 9999"));
    EXPECT_THAT(dated, HasSubstr("offset -"));
    EXPECT_THAT(dated, Not(HasSubstr("time zone")));
    const auto undated = words(decided_at(issued, 0, wall_time::max()), ticks{0});
    EXPECT_THAT(undated, HasSubstr("expires at least "));
}

TEST(Words, OfTheOthersSayWhatWasWrong) {
    EXPECT_THAT(words_of(refusal::malformed), HasSubstr("not a media relay credential"));
    EXPECT_THAT(words_of(refusal::unsupported_version), HasSubstr("version"));
    EXPECT_THAT(words_of(refusal::unknown_key),
                HasSubstr("none of this server's keys, or altered"));
    EXPECT_THAT(words_of(refusal::wrong_password), HasSubstr("password"));
    EXPECT_THAT(words_of(refusal::wrong_realm), HasSubstr("realm"));
    EXPECT_THAT(words_of(refusal::wrong_identity), HasSubstr("another identity"));
    EXPECT_THAT(words_of(refusal::forbidden), HasSubstr("may not ask"));
    EXPECT_THAT(words_of(refusal::too_large), HasSubstr("larger"));
    EXPECT_THAT(words_of(refusal::busy), HasSubstr("limit"));
    EXPECT_THAT(words_of(refusal::internal), HasSubstr("log"));
    EXPECT_EQ(words_of(static_cast<refusal>(99)), "");
}

TEST(Words, ShowClocksOnlyWhereTimeDecided) {
    for (const auto reason :
         {refusal::malformed, refusal::unsupported_version, refusal::unknown_key,
          refusal::wrong_password, refusal::wrong_realm, refusal::wrong_identity}) {
        EXPECT_THAT(words_of(reason), Not(HasSubstr("server clock"))) << to_text(reason);
    }
}

TEST(Words, NameTheClockOffsetSettingWhateverTheVerdict) {
    const auto good = decided_at(expiry_2030 - hours(1), 0);
    EXPECT_EQ(words(good, hours(8)),
              "good for another 1 h (until 2030-01-02T03:04:05Z); "
              "this server's clock is moved on purpose by +8 h (--clock-offset or lab)");
    EXPECT_THAT(
        words(decided_at(expiry_2030, 0), -minutes(90)),
        testing::EndsWith(
            "; this server's clock is moved on purpose by -1 h 30 min (--clock-offset or lab)"));
    verdict unread;
    unread.refused = refusal::malformed;
    EXPECT_THAT(words(unread, seconds(1)), testing::EndsWith("by +1 s (--clock-offset or lab)"));
    EXPECT_THAT(words(good, ticks{0}), Not(HasSubstr("--clock-offset")));
}

TEST(Words, QuoteNothingOfTheCredential) {
    for (const auto now : {issued - hours(1), issued, expiry_2030}) {
        const auto username = hand_made::username(expiry_2030, flags_of_8_hours);
        const auto text = words_at(now, flags_of_8_hours);
        for (std::size_t i = 0; i + 8 <= username.size(); ++i) {
            EXPECT_THAT(text, Not(HasSubstr(username.substr(i, 8))));
        }
    }
}

}  // namespace
}  // namespace relayauth::credential
