#include "relayauth/base/hex.hpp"
#include "relayauth/credential/message.hpp"

#include "hand_made.hpp"
#include "requests.hpp"

#include <gtest/gtest.h>

#include <string>

// What the end of a credential means to a session that began while it was good.

namespace relayauth::credential {
namespace {

using hand_made::expiry_2030;
using std::chrono::hours;
using std::chrono::seconds;

constexpr live_policy allocate_only{live_rule::allocate_only};
constexpr live_policy refresh_grace{live_rule::refresh_grace, seconds(600)};
constexpr live_policy hard{live_rule::hard};
// `hard` and `allocate_only` have no use for a grace.
constexpr live_policy hard_with_grace{live_rule::hard, seconds(600)};

const keyring::ring& rest_ring() {
    static const auto ring = hand_made::ring_of(hand_made::minting(
        hand_made::rest_key("rest", {{"example.test", hand_made::rest_secret}})));
    return ring;
}

// taken is a request and when it is taken.
struct taken {
    std::string_view hex;
    std::string_view realm = "rtcmedia";
    std::optional<bool> live = {};
    ticks expiry_grace{0};

    std::optional<refusal> at(wall_time now, const live_policy& policy) const {
        validate_limits limits;
        limits.realms = {"rtcmedia", "example.test"};
        limits.time.expiry_grace = expiry_grace;
        const auto message = *from_hex(hex);
        return check_message({message, realm, live}, rest_ring(), limits, policy, now).refused;
    }
    // Whether it is taken until `grace` past the expiry, and refused from that tick on.
    void until(ticks grace, const live_policy& policy) const {
        const auto closes = expiry_2030 + grace;
        EXPECT_EQ(at(expiry_2030 - ticks{1}, policy), std::nullopt);
        EXPECT_EQ(at(closes - ticks{1}, policy), std::nullopt);
        EXPECT_EQ(at(closes, policy), refusal::expired);
        EXPECT_EQ(at(closes + hours(24), policy), refusal::expired);
    }
    void always(const live_policy& policy) const {
        EXPECT_EQ(at(expiry_2030 - ticks{1}, policy), std::nullopt);
        EXPECT_EQ(at(expiry_2030, policy), std::nullopt);
        EXPECT_EQ(at(expiry_2030 + hours(24 * 365 * 1000), policy), std::nullopt);
    }
};

const taken allocate{requests::v2_allocate};
const taken refresh{requests::v2_refresh};
const taken permission{requests::v2_permission};
const taken ms_allocate{requests::ms_v2};
const taken ms_send{requests::ms_v2_send};

TEST(LivePolicy, NeverReachesAnAllocate) {
    for (const auto& policy : {allocate_only, refresh_grace, hard, live_policy()}) {
        allocate.until(ticks{0}, policy);
    }
}

TEST(LivePolicy, GraceHoldsForEveryOtherRequestOfTheRfcs) {
    refresh.until(seconds(600), refresh_grace);
    permission.until(seconds(600), refresh_grace);
    EXPECT_EQ(refresh.at(expiry_2030, refresh_grace), std::nullopt);
}

TEST(LivePolicy, WithoutGraceRefusesARefreshAtTheExpiry) {
    refresh.until(ticks{0}, live_policy());
    refresh.until(ticks{0}, {live_rule::refresh_grace, ticks{0}});
}

TEST(LivePolicy, GraceAddsToTheExpiryGrace) {
    const taken with_setting{requests::v2_refresh, "rtcmedia", {}, seconds(60)};
    with_setting.until(seconds(660), refresh_grace);
    with_setting.until(seconds(60), hard);
    with_setting.until(seconds(60), live_policy());
}

TEST(LivePolicy, HardRefusesARefreshAtTheExpiry) {
    refresh.until(ticks{0}, hard);
    refresh.until(ticks{0}, hard_with_grace);
    permission.until(ticks{0}, hard);
}

TEST(LivePolicy, AllocateOnlyNeverRefusesAnythingElse) {
    refresh.always(allocate_only);
    permission.always(allocate_only);
}

TEST(LivePolicy, GoesByWhatTheRelaySaysOfTheSession) {
    const taken live_allocate{requests::v2_allocate, "rtcmedia", true};
    live_allocate.until(seconds(600), refresh_grace);
    live_allocate.always(allocate_only);
    live_allocate.until(ticks{0}, hard);
    const taken first_refresh{requests::v2_refresh, "rtcmedia", false};
    first_refresh.until(ticks{0}, refresh_grace);
    first_refresh.until(ticks{0}, allocate_only);
}

// There a refresh is another Allocate, so nothing in the request tells.
TEST(LivePolicy, TakesNoMsTurnRequestForALiveOneUnlessToldSo) {
    for (const auto& each : {ms_allocate, ms_send}) {
        each.until(ticks{0}, refresh_grace);
        each.until(ticks{0}, allocate_only);
        auto live = each;
        live.live = true;
        live.until(seconds(600), refresh_grace);
        live.always(allocate_only);
        live.until(ticks{0}, hard);
    }
}

TEST(LivePolicy, HoldsForTurnRestNamesToo) {
    const taken name{requests::rest_allocate, "example.test", true};
    name.until(seconds(600), refresh_grace);
    name.always(allocate_only);
    name.until(ticks{0}, hard);
    taken first = name;
    first.live = false;
    first.until(ticks{0}, refresh_grace);
}

TEST(LivePolicy, ChangesNothingElse) {
    const taken altered{requests::v2_not_its_password, "rtcmedia", true};
    for (const auto& policy : {allocate_only, refresh_grace}) {
        EXPECT_EQ(altered.at(expiry_2030, policy), refusal::wrong_password);
        EXPECT_EQ(refresh.at(expiry_2030 - hours(24), policy), refusal::minted_ahead);
    }
}

TEST(LiveLimits, AreTheLimitsBentAtTheirEnd) {
    const validity_limits usual{seconds(7), seconds(60), hours(9)};
    for (const auto& policy : {allocate_only, refresh_grace, hard}) {
        EXPECT_EQ(live_limits(usual, policy).tolerance, ticks(seconds(7)));
        EXPECT_EQ(live_limits(usual, policy).accept_lifetime, ticks(hours(9)));
    }
    EXPECT_EQ(live_limits(usual, refresh_grace).expiry_grace, ticks(seconds(660)));
    EXPECT_EQ(live_limits(usual, hard_with_grace).expiry_grace, ticks(seconds(60)));
    EXPECT_EQ(live_limits(usual, allocate_only).expiry_grace, ticks::max());
}

verdict good_until(wall_time expires_at) {
    verdict decided;
    decided.refused = std::nullopt;
    decided.window = validity_window{std::nullopt, expires_at};
    return decided;
}

TEST(DeadlineOf, IsTheTickFromWhichLiveRequestsAreRefused) {
    const auto decided = good_until(expiry_2030);
    const validity_limits usual{seconds(7), seconds(60), hours(9)};
    EXPECT_EQ(deadline_of(decided, usual, hard), expiry_2030 + seconds(60));
    EXPECT_EQ(deadline_of(decided, usual, hard_with_grace), expiry_2030 + seconds(60));
    EXPECT_EQ(deadline_of(decided, usual, refresh_grace), expiry_2030 + seconds(660));
    EXPECT_EQ(deadline_of(decided, usual, allocate_only), std::nullopt);
    EXPECT_EQ(deadline_of(good_until(wall_time::max()), usual, refresh_grace), wall_time::max());
}

// Its requests get no key from then on, however long it may live.
TEST(DeadlineOf, IsNotAfterTheEndOfItsKey) {
    const auto keys =
        hand_made::ring_of(hand_made::verifying(hand_made::key(), expiry_2030 + seconds(30)));
    auto decided = good_until(expiry_2030);
    decided.signer = &keys.entries().front();
    EXPECT_EQ(deadline_of(decided, {}, hard), expiry_2030);
    EXPECT_EQ(deadline_of(decided, {}, refresh_grace), expiry_2030 + seconds(30));
    EXPECT_EQ(deadline_of(decided, {}, allocate_only), std::nullopt);
}

}  // namespace
}  // namespace relayauth::credential
