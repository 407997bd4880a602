#include "relayauth/verify/verifier.hpp"

#include "key_text.hpp"
#include "requests.hpp"

#include <gtest/gtest.h>

// What the end of a credential means to a session that it opened: each policy at one tick before,
// at, and one tick after its edge.

namespace relayauth::verify {
namespace {

using key_text::at;
using std::chrono::hours;
using std::chrono::seconds;

struct live_case {
    live_policy live;
    ticks expiry_grace;
    ticks allocate_ends;             // after the expiry
    std::optional<ticks> live_ends;  // nothing: never
};

class LiveSessions : public testing::TestWithParam<live_case> {
protected:
    LiveSessions() : judge_(ready()) {}

    static verifier ready() {
        settings chosen;
        chosen.live = GetParam().live;
        chosen.expiry_grace = GetParam().expiry_grace;
        return key_text::ready(key_text::file_of(key_text::notes_key()), chosen);
    }

    std::optional<refusal> refused(const requests::octets& request, std::optional<bool> live,
                                   ticks when) const {
        return judge_.check_message(request, "rtcmedia", live, at(when)).refused();
    }
    std::optional<refusal> key_refused(bool live, ticks when) const {
        return judge_
            .long_term_key({.username = key_text::v2_username, .realm = "rtcmedia", .live = live},
                           at(when))
            .verdict.refused();
    }

    // ends_at expects that `ask` finds a credential good until `end` after its expiry.
    template <class Ask>
    static void ends_at(std::optional<ticks> end, Ask ask) {
        if (!end) {
            EXPECT_EQ(ask(hours(24 * 365)), std::nullopt);
            return;
        }
        EXPECT_EQ(ask(*end - ticks{1}), std::nullopt);
        EXPECT_EQ(ask(*end), refusal::expired);
        EXPECT_EQ(ask(*end + ticks{1}), refusal::expired);
    }

    verifier judge_;
};

TEST_P(LiveSessions, AnAllocateEndsWithTheCredential) {
    for (const auto& request : {requests::rfc_allocate(), requests::ms_allocate()}) {
        ends_at(GetParam().allocate_ends,
                [&](ticks when) { return refused(request, std::nullopt, when); });
    }
    ends_at(GetParam().allocate_ends,
            [&](ticks when) { return judge_.check(key_text::v2_username, at(when)).refused(); });
    ends_at(GetParam().allocate_ends, [&](ticks when) { return key_refused(false, when); });
}

TEST_P(LiveSessions, ARefreshEndsAsThePolicySays) {
    ends_at(GetParam().live_ends,
            [&](ticks when) { return refused(requests::rfc_refresh(), std::nullopt, when); });
    ends_at(GetParam().live_ends, [&](ticks when) { return key_refused(true, when); });
}

TEST_P(LiveSessions, TheRelayCanSayWhetherThereIsASession) {
    ends_at(GetParam().live_ends,
            [&](ticks when) { return refused(requests::ms_allocate(), true, when); });
    ends_at(GetParam().allocate_ends,
            [&](ticks when) { return refused(requests::rfc_refresh(), false, when); });
}

TEST_P(LiveSessions, TheDeadlineIsWhereALiveSessionEnds) {
    const auto expected =
        GetParam().live_ends ? std::optional(at(*GetParam().live_ends)) : std::nullopt;
    EXPECT_EQ(judge_.check(key_text::v2_username, at(-hours(1))).deadline(), expected);
    EXPECT_EQ(
        judge_.check_message(requests::rfc_refresh(), "rtcmedia", {}, at(-hours(1))).deadline(),
        expected);
}

constexpr ticks grace = seconds(60), expiry_grace = seconds(5);
INSTANTIATE_TEST_SUITE_P(
    Policies, LiveSessions,
    testing::Values(
        live_case{{live_rule::allocate_only, ticks{0}}, ticks{0}, ticks{0}, std::nullopt},
        live_case{{live_rule::allocate_only, grace}, expiry_grace, expiry_grace, std::nullopt},
        live_case{{live_rule::refresh_grace, ticks{0}}, ticks{0}, ticks{0}, ticks{0}},
        live_case{{live_rule::refresh_grace, grace}, ticks{0}, ticks{0}, grace},
        live_case{
            {live_rule::refresh_grace, grace}, expiry_grace, expiry_grace, grace + expiry_grace},
        live_case{{live_rule::hard, ticks{0}}, ticks{0}, ticks{0}, ticks{0}},
        live_case{{live_rule::hard, grace}, expiry_grace, expiry_grace, expiry_grace}));

TEST(LiveWords, SayThatOnlyTheSessionKeepsItGood) {
    settings chosen;
    chosen.live.grace = grace;
    chosen.expiry_grace = expiry_grace;
    const auto judge = key_text::ready(key_text::file_of(key_text::notes_key()), chosen);
    const auto key_words = [&judge](ticks when) {
        return judge
            .long_term_key({.username = key_text::v2_username, .realm = "rtcmedia", .live = true},
                           at(when))
            .verdict.words();
    };
    const auto message_words = [&judge](ticks when) {
        return judge.check_message(requests::rfc_refresh(), "rtcmedia", {}, at(when)).words();
    };
    EXPECT_EQ(key_words(expiry_grace),
              "good only because its session is live: 5 s after expiry (2030-01-02T03:04:05Z)");
    EXPECT_EQ(message_words(expiry_grace), key_words(expiry_grace));
    EXPECT_TRUE(key_words(expiry_grace - ticks{1}).starts_with("good only by the expiry grace"));
    EXPECT_TRUE(key_words(-hours(1)).starts_with("good for another 1 h"));
}

TEST(LiveDefaults, AreRefusedFromTheExpiryOnUnlessSettingsSayOtherwise) {
    const auto judge = key_text::ready(key_text::file_of(key_text::notes_key()));
    EXPECT_EQ(judge.check(key_text::v2_username, at(-hours(1))).deadline(), at(ticks{0}));
    EXPECT_EQ(judge.check_message(requests::rfc_refresh(), "rtcmedia", {}, at(ticks{0})).refused(),
              refusal::expired);
}

}  // namespace
}  // namespace relayauth::verify
