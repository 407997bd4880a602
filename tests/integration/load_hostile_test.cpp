#include "hostile_peer.hpp"
#include "hostile_plan.hpp"
#include "load_run.hpp"

#include <gtest/gtest.h>

// Servers that do wrong in other ways than load_spoiled_test.cpp has them: what `relayauth load`
// counts, that it ends in time, and what it says in the end.
namespace relayauth::lab {
namespace {

using load::verdict_kind;

// On their own these answers are all right: only the server that issued them can tell.
TEST_F(Hostile, AlteredCredentialsAreFoundByTheSample) {
    const hostile_peer peer(server_->port(), [](auto number) {
        return is_to_be_spoiled(number) ? deed::altered_username : deed::none;
    });
    const auto run = finished_run(peer.address(), usual_and({"--sample", "100"}));
    const auto& result = run->result();
    EXPECT_EQ(outcomes_of(result), (numbers{{"good", planned}}));
    EXPECT_EQ(result.sample.validated, planned);
    std::uint64_t refused = 0;
    for (const auto& [reason, count] : result.sample.refused_by) {
        EXPECT_TRUE(reason == "unknown_key" || reason == "malformed") << reason;
        refused += count;
    }
    EXPECT_EQ(refused, spoiled_ones);
    expect_verdict(*run, verdict_kind::faulty);
}

TEST_F(Hostile, RightAnswersAfterTheTimeoutAreLate) {
    constexpr std::uint64_t late = spoiled_ones;
    const hostile_peer peer(
        server_->port(),
        [](auto number) { return is_to_be_spoiled(number) ? deed::delayed : deed::none; }, 700ms);
    const auto run =
        finished_run(peer.address(), with_plan({"--rate", "200", "--duration", "1500ms",
                                                "--timeout", "500ms", "--sample", "100"}));
    const auto& result = run->result();
    EXPECT_EQ(outcomes_of(result), (numbers{{"good", 300 - late}, {"late", late}}));
    EXPECT_EQ(incidents_of(result), (numbers{{"connected", connections}}));
    EXPECT_EQ(result.latency.count(), 300u) << "a late answer has its latency too";
    EXPECT_GE(result.latency.max(), 700ms);
    EXPECT_EQ(result.sample.validated, 300 - late);
    expect_verdict(*run, verdict_kind::errors);
}

// Two after each other are on two connections: the generator goes round.
TEST_F(Hostile, AnswersOnEachOthersConnectionAreSwapped) {
    const hostile_peer peer(server_->port(), [](auto number) {
        const bool pair = is_to_be_spoiled(number) || is_to_be_spoiled(number - 1);
        return pair ? deed::answers_swapped : deed::none;
    });
    const auto run = finished_run(peer.address(), usual_and({"--in-flight", "1"}));
    const std::uint64_t swapped = 2 * spoiled_ones;
    EXPECT_EQ(outcomes_of(run->result()),
              (numbers{{"good", planned - swapped}, {"swapped", swapped}}));
    EXPECT_EQ(incidents_of(run->result()), (numbers{{"connected", connections}}));
    expect_verdict(*run, verdict_kind::faulty);
}

// What has no answer when its connection goes silent, and what is sent on it afterwards.
TEST_F(Hostile, AnAnswerThatNeverEndsLosesWhatIsInFlight) {
    for (const auto how : {deed::head_begun, deed::body_begun}) {
        const hostile_peer peer(server_->port(),
                                [how](auto number) { return number == 10 ? how : deed::none; });
        const auto run = finished_run(peer.address(), usual_and({"--in-flight", "4"}));
        EXPECT_EQ(outcomes_of(run->result()), (numbers{{"good", planned - 4}, {"lost", 4}}));
        EXPECT_EQ(incidents_of(run->result()), (numbers{{"connected", connections}}));
        EXPECT_LT(run->took(), usual_end);
        expect_verdict(*run, verdict_kind::errors);
    }
}

TEST_F(Hostile, AServerThatStallsLosesAllSinceAndEndsTheRunInTime) {
    const hostile_peer peer(server_->port(),
                            [](auto number) { return number == 61 ? deed::stalled : deed::none; });
    const auto run = finished_run(peer.address(), usual_and({"--sample", "0"}));
    EXPECT_EQ(outcomes_of(run->result()), (numbers{{"good", 60}, {"lost", 60}}));
    EXPECT_EQ(incidents_of(run->result()), (numbers{{"connected", connections}}));
    EXPECT_LT(run->took(), usual_end);
    expect_verdict(*run, verdict_kind::errors);
}

TEST_F(Hostile, ASampleThatCannotBeHadIsNoSuccess) {
    const hostile_peer peer(server_->port(), [](auto number) {
        return number == planned ? deed::stalled : deed::none;
    });
    const auto run = finished_run(peer.address(), usual_and({"--expect", "errors<50%"}));
    EXPECT_EQ(outcomes_of(run->result()), (numbers{{"good", planned - 1}, {"lost", 1}}));
    EXPECT_EQ(run->result().sample.validated, 0u);
    EXPECT_NE(run->result().sample.problem, "");
    EXPECT_LT(run->took(), usual_end + 1s) << "the sample has a timeout of its own";
    expect_verdict(*run, verdict_kind::faulty);
}

TEST_F(Hostile, AServerSlowerThanTheRateIsOverloaded) {
    const hostile_peer peer(
        server_->port(), [](auto) { return deed::delayed; }, 50ms);
    const auto run = fair_run([&peer] {
        return finished_run(peer.address(), usual_and({"--in-flight", "1", "--connections", "2"}));
    });
    const auto& counts = run->result().counts;
    EXPECT_EQ(counts.planned(), planned);
    EXPECT_GT(counts[load::outcome::good], 0u);
    EXPECT_LE(counts[load::outcome::good], 2 * 9u) << "400 ms of 50 ms each";
    EXPECT_EQ(counts[load::outcome::unsent], planned - counts[load::outcome::good]);
    EXPECT_GT(run->result().behind, 100ms);
    EXPECT_LT(run->took(), usual_end);
    expect_verdict(*run, verdict_kind::overloaded);
    EXPECT_TRUE(run->is_void() || run->says("behind its plan")) << run->output();
}

// What waits behind one slow answer near the end is still sent: it is not the plan that was too
// much.
TEST_F(Hostile, ASlowAnswerAtTheEndOverloadsNobody) {
    const auto run = fair_run([] {
        const hostile_peer peer(
            server_->port(),
            [](auto number) { return number == planned - 5 ? deed::delayed : deed::none; }, 40ms);
        return finished_run(peer.address(), usual_and({"--in-flight", "1", "--connections", "1"}));
    });
    EXPECT_EQ(run->result().counts.planned(), planned);
    if (run->is_void()) return;
    EXPECT_EQ(outcomes_of(run->result()), (numbers{{"good", planned}}));
    EXPECT_GT(run->result().behind, 5ms);
    EXPECT_LT(run->result().behind, 100ms);
    expect_verdict(*run, verdict_kind::good);
}

TEST_F(Hostile, ErrorsArePutUpWithIfTheGoalsSaySo) {
    const auto made = [](deed what, const std::string& goals) {
        return fair_run([what, &goals] {
            const hostile_peer peer(server_->port(), [what](auto number) {
                return is_to_be_spoiled(number) ? what : deed::none;
            });
            return finished_run(peer.address(), usual_and({"--expect", goals}));
        });
    };
    expect_verdict(*made(deed::status_500, "errors<50%"), verdict_kind::good);
    expect_verdict(*made(deed::status_500, "errors<7"), verdict_kind::good);
    expect_verdict(*made(deed::status_500, "errors<6"), verdict_kind::missed);
    expect_verdict(*made(deed::status_500, "p99<10s"), verdict_kind::errors);
    expect_verdict(*made(deed::other_cseq, "errors<50%"), verdict_kind::faulty);
}

// As many requests as the peer has seen, whatever becomes of their connections.
TEST_F(Hostile, AClosedLoopLosesCountOfNothing) {
    const hostile_peer peer(server_->port(), [](auto number) {
        if (number % 50 == 7) return deed::closed;
        return number % 50 == 33 ? deed::reset : deed::none;
    });
    const auto run = finished_run(
        peer.address(), with_plan({"--closed", "--in-flight", "1", "--duration", "500ms"}));
    const auto& counts = run->result().counts;
    EXPECT_GT(peer.requests(), 100u);
    EXPECT_EQ(counts.planned(), peer.requests());
    EXPECT_EQ(counts[load::outcome::closed], (peer.requests() + 43) / 50);
    EXPECT_EQ(counts[load::outcome::reset], (peer.requests() + 17) / 50);
    EXPECT_EQ(counts.errors(), counts[load::outcome::closed] + counts[load::outcome::reset]);
    expect_verdict(*run, verdict_kind::errors);
}

// Each thread counts its own, and together they count all.
TEST_F(Hostile, TwoThreadsCountAsOneDoes) {
    const hostile_peer peer(server_->port(), [](auto number) {
        return is_to_be_spoiled(number) ? deed::repeated : deed::none;
    });
    const auto run = finished_run(peer.address(), usual_and({"--threads", "2", "--sample", "100"}));
    EXPECT_EQ(outcomes_of(run->result()), (numbers{{"good", planned}}));
    EXPECT_EQ(incidents_of(run->result()),
              (numbers{{"connected", connections}, {"repeated", spoiled_ones}}));
    EXPECT_EQ(run->result().sample.validated, planned);
    expect_verdict(*run, verdict_kind::faulty);
}

}  // namespace
}  // namespace relayauth::lab
