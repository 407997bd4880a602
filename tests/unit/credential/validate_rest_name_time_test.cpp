#include "relayauth/credential/validate.hpp"
#include "relayauth/credential/words.hpp"

#include "hand_made.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

// TURN REST names in time: every edge one tick before, at and after it, and what is said of it.

namespace relayauth::credential {
namespace {

using hand_made::expiry_2030;
using hand_made::rest_name;
using hand_made::rest_password;
using std::chrono::hours;
using std::chrono::seconds;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

constexpr std::optional<refusal> good;

const keyring::ring& keys() {
    static const auto ring = hand_made::ring_of(hand_made::minting(
        hand_made::rest_key("rest", {{"example.test", hand_made::rest_secret}})));
    return ring;
}

verdict decided(wall_time now, const validity_limits& time = {},
                std::string_view name = rest_name) {
    validate_limits limits;
    limits.time = time;
    validate_request request{name};
    request.proof_follows = true;
    return validate(request, keys(), limits, now);
}

struct edge_case {
    ticks tolerance, grace;
};

class RestNameEdges : public testing::TestWithParam<edge_case> {
protected:
    std::optional<refusal> refused_at(wall_time now) const {
        return decided(now, {GetParam().tolerance, GetParam().grace, hours(10)}).refused;
    }
};

TEST_P(RestNameEdges, OpensAtTheAcceptedLifetimePlusToleranceInclusive) {
    const auto opens = expiry_2030 - hours(10) - GetParam().tolerance;
    EXPECT_EQ(refused_at(opens - hours(24)), refusal::minted_ahead);
    EXPECT_EQ(refused_at(opens - ticks{1}), refusal::minted_ahead);
    EXPECT_EQ(refused_at(opens), good);
    EXPECT_EQ(refused_at(opens + ticks{1}), good);
}

TEST_P(RestNameEdges, ClosesAtExpiryPlusGraceExclusive) {
    const auto closes = expiry_2030 + GetParam().grace;
    EXPECT_EQ(refused_at(closes - ticks{1}), good);
    EXPECT_EQ(refused_at(closes), refusal::expired);
    EXPECT_EQ(refused_at(closes + ticks{1}), refusal::expired);
    EXPECT_EQ(refused_at(closes + hours(24)), refusal::expired);
}

INSTANTIATE_TEST_SUITE_P(All, RestNameEdges,
                         testing::Values(edge_case{ticks{0}, ticks{0}},
                                         edge_case{seconds(300), ticks{0}},
                                         edge_case{ticks{0}, seconds(60)},
                                         edge_case{seconds(300), seconds(60)}));

// By the names themselves: the bound is 1893553445 at a clock 8 h 5 min before it.
TEST(RestNameAhead, IsASecondPastTheBound) {
    const auto now = expiry_2030 - hours(8) - seconds(300);
    EXPECT_EQ(decided(now, {}, "1893553444:a").refused, good);
    EXPECT_EQ(decided(now, {}, "1893553445:a").refused, good);
    EXPECT_EQ(decided(now, {}, "1893553446:a").refused, refusal::minted_ahead);
    EXPECT_EQ(decided(now, {}, "999999999999:a").refused, refusal::minted_ahead);
}

TEST(RestNameAhead, IsGoodFromTheTickThatThePasswordsNameAllowsToo) {
    validate_limits limits;
    const validate_request shown{rest_name, rest_password};
    const auto opens = expiry_2030 - hours(8) - seconds(300);
    EXPECT_EQ(validate(shown, keys(), limits, opens - ticks{1}).refused, refusal::minted_ahead);
    EXPECT_TRUE(validate(shown, keys(), limits, opens).good());
}

TEST(RestNameTime, KnowsTheYears1970And33658) {
    EXPECT_EQ(decided(expiry_2030, {}, "0:a").refused, refusal::expired);
    const auto first = wall_time::from_unix(seconds(0));
    EXPECT_EQ(decided(first, {}, "0:a").refused, refusal::expired);
    EXPECT_EQ(decided(first - ticks{1}, {}, "0:a").refused, good);
    const auto last = wall_time::from_unix(seconds(999'999'999'999));
    EXPECT_EQ(decided(last - ticks{1}, {}, "999999999999:a").refused, good);
    EXPECT_EQ(decided(last, {}, "999999999999:a").refused, refusal::expired);
    EXPECT_EQ(decided(wall_time::max(), {}, "999999999999:a").refused, refusal::expired);
}

TEST(RestNameWords, SayExpiredWithBothClocksAndNoOffset) {
    const auto late = expiry_2030 + hours(8);
    const auto text = words(decided(late), ticks{0});
    EXPECT_THAT(text, HasSubstr("8 h after expiry"));
    EXPECT_THAT(text, EndsWith("; server clock 2030-01-02T11:04:05Z, token expires "
                               "2030-01-02T03:04:05Z"));
    EXPECT_THAT(text, Not(HasSubstr("time zone")));
    EXPECT_THAT(text, Not(HasSubstr("offset")));
}

TEST(RestNameWords, SayMintedAheadWithBothClocksAndNoTimeZone) {
    const auto text = words(decided(expiry_2030 - hours(16)), ticks{0});
    EXPECT_THAT(text, HasSubstr("at least 8 h later"));
    EXPECT_THAT(text, HasSubstr("accepted lifetime 8 h"));
    EXPECT_THAT(text, HasSubstr("server clock 2030-01-01T11:04:05Z"));
    EXPECT_THAT(text, HasSubstr("expires 2030-01-02T03:04:05Z"));
    EXPECT_THAT(text, Not(HasSubstr("time zone")));
}

TEST(RestNameWords, QuoteNoPartOfTheNameOrThePassword) {
    validate_limits limits;
    limits.realms = {"example.test"};
    const std::string long_name = "1893553445000:sip:alice@example.test";
    const auto now = expiry_2030 - hours(1);
    for (const auto& got :
         {validate({rest_name, rest_password}, keys(), limits, now),
          validate({rest_name}, keys(), limits, now),
          validate({rest_name, "wrong-password"}, keys(), limits, now),
          validate({rest_name, rest_password, "third.test"}, keys(), limits, now),
          validate({rest_name, rest_password, {}, "sip:bob@x"}, keys(), limits, now),
          validate({rest_name, rest_password}, keys(), limits, expiry_2030),
          validate({rest_name, rest_password}, keys(), limits, expiry_2030 - hours(24)),
          validate({long_name, rest_password}, keys(), limits, now)}) {
        const auto text = words(got, ticks{0});
        EXPECT_FALSE(text.empty());
        for (const auto* part : {"1893553445", "alice", "bob", "third", "lRkG", "wrong-"}) {
            EXPECT_THAT(text, Not(HasSubstr(part)));
        }
    }
}

}  // namespace
}  // namespace relayauth::credential
