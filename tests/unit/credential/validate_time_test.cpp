#include "relayauth/credential/issue.hpp"
#include "relayauth/credential/validate.hpp"

#include "hand_made.hpp"

#include <gtest/gtest.h>

#include <string>

// Every edge in time, one tick before, at, and after it.

namespace relayauth::credential {
namespace {

using hand_made::alice;
using hand_made::expiry_2030;
using hand_made::notes_ring;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using token::version;

std::optional<refusal> refused(std::string_view username, const validity_limits& time,
                               wall_time now) {
    validate_limits limits;
    limits.time = time;
    return validate({username, {}, {}, {}}, notes_ring(), limits, now).refused;
}

constexpr std::optional<refusal> good;

// A lifetime of 8 hours, accepted up to 10 hours: so a window that took the one for the other would
// be seen.
struct edge_case {
    std::optional<std::uint32_t> flags;  // none: version 1
    ticks tolerance, grace;
    wall_time expires_at;

    bool knows_issue_time() const { return flags && *flags != 0; }
};

class TimeEdges : public testing::TestWithParam<edge_case> {
protected:
    std::optional<refusal> refused_at(wall_time now) const {
        const auto& c = GetParam();
        return refused(hand_made::username(c.expires_at, c.flags),
                       {c.tolerance, c.grace, hours(10)}, now);
    }
};

TEST_P(TimeEdges, OpensToleranceBeforeIssueOrAtTheAcceptedLifetimeInclusive) {
    const auto& c = GetParam();
    const auto before = c.knows_issue_time() ? refusal::not_yet_valid : refusal::minted_ahead;
    const auto opens = c.expires_at - (c.knows_issue_time() ? hours(8) : hours(10)) - c.tolerance;
    EXPECT_EQ(refused_at(opens - hours(24)), before);
    EXPECT_EQ(refused_at(opens - ticks{1}), before);
    EXPECT_EQ(refused_at(opens), good);
    EXPECT_EQ(refused_at(opens + ticks{1}), good);
}

TEST_P(TimeEdges, ClosesAtExpiryPlusGraceExclusive) {
    const auto& c = GetParam();
    const auto closes = c.expires_at + c.grace;
    EXPECT_EQ(refused_at(closes - ticks{1}), good);
    EXPECT_EQ(refused_at(closes), refusal::expired);
    EXPECT_EQ(refused_at(closes + ticks{1}), refusal::expired);
    EXPECT_EQ(refused_at(closes + hours(24)), refusal::expired);
}

std::vector<edge_case> all_edge_cases() {
    std::vector<edge_case> all;
    // Years: the vectors', both ends of Unix time in 31 and in 32 bits, nanoseconds in 63 bits.
    for (const auto expires_at :
         {expiry_2030, wall_time(137'919'572'480'000'000u), wall_time(159'394'408'960'000'000u),
          wall_time(208'678'456'368'547'758u)}) {
        for (const std::optional<std::uint32_t> flags :
             {std::optional<std::uint32_t>(), std::optional<std::uint32_t>(0),
              std::optional<std::uint32_t>(hand_made::flags_of_8_hours)}) {
            for (const ticks tolerance : {ticks{0}, ticks(seconds(300))}) {
                for (const ticks grace : {ticks{0}, ticks(seconds(60))}) {
                    all.push_back({flags, tolerance, grace, expires_at});
                }
            }
        }
    }
    return all;
}

std::string name_of(const testing::TestParamInfo<edge_case>& info) {
    const auto& c = info.param;
    const std::string form = !c.flags ? "V1" : *c.flags == 0 ? "V2Undated" : "V2Dated";
    return form + "Tolerance" + std::to_string(c.tolerance / seconds(1)) + "Grace" +
           std::to_string(c.grace / seconds(1)) + "Expiry" +
           std::to_string(c.expires_at.filetime());
}

INSTANTIATE_TEST_SUITE_P(AllForms, TimeEdges, testing::ValuesIn(all_edge_cases()), name_of);

TEST(TimeDefaults, AreFiveMinutesNoGraceAndEightHours) {
    const validate_limits limits;
    EXPECT_EQ(limits.time.tolerance, ticks(seconds(300)));
    EXPECT_EQ(limits.time.expiry_grace, ticks{0});
    EXPECT_EQ(limits.time.accept_lifetime, ticks(hours(8)));
}

// The verdict for a credential of `lifetime` that a mint whose clock is off by `mint_offset` makes
// just now, at a verifier whose clock is off by `verifier_offset`, with the default limits.
std::optional<refusal> between_clocks(version v, ticks mint_offset, ticks verifier_offset,
                                      minutes lifetime = hours(8)) {
    const auto truth = expiry_2030;
    const auto got = issue({alice, lifetime, v}, notes_ring(), {}, truth + mint_offset);
    EXPECT_TRUE(got);
    // What libnice's trap made earlier is given back, so that every edge is exact.
    const auto moved = truth + mint_offset - got->issued_at;
    return refused(got->username(), {}, truth + verifier_offset - moved);
}

TEST(EitherClockWrong, AMintAheadIsSeenBeyondTheTolerance) {
    const ticks edge = seconds(300);
    EXPECT_EQ(between_clocks(version::v2, edge - ticks{1}, ticks{0}), good);
    EXPECT_EQ(between_clocks(version::v2, edge, ticks{0}), good);
    EXPECT_EQ(between_clocks(version::v2, edge + ticks{1}, ticks{0}), refusal::not_yet_valid);
    EXPECT_EQ(between_clocks(version::v2, hours(8), ticks{0}), refusal::not_yet_valid);
    EXPECT_EQ(between_clocks(version::v2, edge + ticks{1}, ticks{0}, minutes(1)),
              refusal::not_yet_valid);
}

TEST(EitherClockWrong, AVerifierBehindIsSeenBeyondTheTolerance) {
    const ticks edge = seconds(-300);
    EXPECT_EQ(between_clocks(version::v2, ticks{0}, edge + ticks{1}), good);
    EXPECT_EQ(between_clocks(version::v2, ticks{0}, edge), good);
    EXPECT_EQ(between_clocks(version::v2, ticks{0}, edge - ticks{1}), refusal::not_yet_valid);
    EXPECT_EQ(between_clocks(version::v2, ticks{0}, -hours(8)), refusal::not_yet_valid);
}

TEST(EitherClockWrong, AVerifierAheadOrAMintBehindShortensTheLifetime) {
    for (const auto v : {version::v1, version::v2}) {
        const ticks edge = hours(8);
        EXPECT_EQ(between_clocks(v, ticks{0}, edge - ticks{1}), good);
        EXPECT_EQ(between_clocks(v, ticks{0}, edge), refusal::expired);
        EXPECT_EQ(between_clocks(v, ticks{0}, edge + ticks{1}), refusal::expired);
        EXPECT_EQ(between_clocks(v, -edge + ticks{1}, ticks{0}), good);
        EXPECT_EQ(between_clocks(v, -edge, ticks{0}), refusal::expired);
        EXPECT_EQ(between_clocks(v, -edge - ticks{1}, ticks{0}), refusal::expired);
    }
}

TEST(EitherClockWrong, Version1OfTheLongestLifetimeShowsAMintAhead) {
    const ticks edge = seconds(300);
    EXPECT_EQ(between_clocks(version::v1, edge - ticks{1}, ticks{0}), good);
    EXPECT_EQ(between_clocks(version::v1, edge, ticks{0}), good);
    EXPECT_EQ(between_clocks(version::v1, edge + ticks{1}, ticks{0}), refusal::minted_ahead);
    EXPECT_EQ(between_clocks(version::v1, ticks{0}, -edge), good);
    EXPECT_EQ(between_clocks(version::v1, ticks{0}, -edge - ticks{1}), refusal::minted_ahead);
}

// Protocol notes 8: the price of a form that does not say when it was issued.
TEST(EitherClockWrong, SkewOnAShortVersion1CredentialGoesUnseen) {
    EXPECT_EQ(between_clocks(version::v1, hours(7), ticks{0}, hours(1)), good);
    EXPECT_EQ(between_clocks(version::v2, hours(7), ticks{0}, hours(1)), refusal::not_yet_valid);
}

TEST(EitherClockWrong, TwoClocksWrongByTheSameAreRight) {
    for (const auto v : {version::v1, version::v2}) {
        EXPECT_EQ(between_clocks(v, hours(24 * 365), hours(24 * 365)), good);
        EXPECT_EQ(between_clocks(v, -hours(24 * 365), -hours(24 * 365)), good);
    }
}

// A FILETIME of all ones is no end to the checks: nothing may wrap around.
TEST(ExpiryOverflow, AllOnesIsAheadOfEveryClock) {
    const auto last = wall_time::max();
    for (const auto now : {wall_time(0), expiry_2030, wall_time(208'678'456'368'547'758u)}) {
        EXPECT_EQ(refused(hand_made::username(last, {}), {}, now), refusal::minted_ahead);
        EXPECT_EQ(refused(hand_made::username(last, 0), {}, now), refusal::minted_ahead);
        EXPECT_EQ(refused(hand_made::username(last, hand_made::flags_of_8_hours), {}, now),
                  refusal::not_yet_valid);
        EXPECT_EQ(refused(hand_made::username(last, 0x01FF'FFFF), {}, now), refusal::not_yet_valid);
    }
}

TEST(ExpiryOverflow, AllOnesIsSeenAsFarAsASpanReaches) {
    const auto username = hand_made::username(wall_time::max(), hand_made::flags_of_8_hours);
    const auto decided = validate({username, {}, {}, {}}, notes_ring(), {}, expiry_2030);
    EXPECT_EQ(decided.issued_at(), wall_time::max() - hours(8));
    EXPECT_EQ(decided.offset(), ticks::min());
}

TEST(ExpiryOverflow, GraceSaturatesAtTheEndOfTime) {
    const validity_limits hour_of_grace{ticks{0}, hours(1), hours(8)};
    const auto last = wall_time::max();
    EXPECT_EQ(refused(hand_made::username(last, 0), hour_of_grace, last - ticks{1}), good);
    EXPECT_EQ(refused(hand_made::username(last, 0), hour_of_grace, last), refusal::expired);
}

TEST(ExpiryOverflow, TheYear1601DoesNotWrapToTheEndOfTime) {
    const auto first = wall_time(0);
    for (const std::optional<std::uint32_t> flags :
         {std::optional<std::uint32_t>(), std::optional<std::uint32_t>(0),
          std::optional<std::uint32_t>(hand_made::flags_of_8_hours)}) {
        EXPECT_EQ(refused(hand_made::username(first, flags), {}, first), refusal::expired);
        EXPECT_EQ(refused(hand_made::username(first + ticks{1}, flags), {}, first), good);
    }
}

// OfficeSIP never filled the expiry and its relay never looked: those tokens were eternal.
TEST(ExpiryOverflow, ACredentialWithoutExpiryIsExpired) {
    EXPECT_EQ(refused(hand_made::username(wall_time(0), {}), {}, expiry_2030), refusal::expired);
}

}  // namespace
}  // namespace relayauth::credential
