#include "free_port.hpp"
#include "load_run.hpp"
#include "running_server.hpp"
#include "sanitizer.hpp"

#include <gtest/gtest.h>

#include <signal.h>

#include <thread>

// Servers and generators that stand still, die or are interrupted while `relayauth load` runs.
namespace relayauth::lab {
namespace {

using load::incident;
using load::outcome;
using load::verdict_kind;

constexpr std::uint64_t rate = 200;

// The first progress comes after 1.5 s.
std::vector<std::string> with_plan(const std::string& length,
                                   const std::vector<std::string>& more) {
    std::vector<std::string> all = {"--protocol", "sip-tcp", "--warm-up", "0s",
                                    "--duration", length,    "--rate",    std::to_string(rate)};
    all.insert(all.end(), more.begin(), more.end());
    return all;
}

void pause(const child_process& program, std::chrono::milliseconds how_long) {
    program.signal(SIGSTOP);
    std::this_thread::sleep_for(how_long);
    program.signal(SIGCONT);
}

// A server that has not caught up until the end had more pauses than the one that it was given.
bool is_behind(const load::result& result) {
    return result.behind > 0ms;
}

// How many values lie from `from` on and below `to`.
std::uint64_t count_between(const load::histogram& values, std::chrono::nanoseconds from,
                            std::chrono::nanoseconds to) {
    std::uint64_t count = 0;
    for (const auto& each : values.buckets()) {
        const auto end = load::histogram::upper_end(each.index);
        if (end >= from && end < to) count += each.count;
    }
    return count;
}

// What pauses of the server are looked at with: one request at a time.
constexpr std::uint64_t dense_rate = address_sanitizer || thread_sanitizer ? 250 : 1000;
constexpr std::uint64_t dense_planned = 2 * dense_rate;

// run_with_pause stops the server for 200 ms in mid-run.
std::unique_ptr<load_run> run_with_pause(running_server& server, const std::string& connections) {
    const std::vector<std::string> options = {
        "--protocol",  "sip-tcp", "--warm-up",     "0s",
        "--duration",  "2s",      "--rate",        std::to_string(dense_rate),
        "--in-flight", "1",       "--connections", connections};
    return fair_run(
        [&] {
            auto run = std::make_unique<load_run>(server.address(), options);
            EXPECT_TRUE(run->is_under_way());
            pause(server.process(), 200ms);
            run->finish();
            EXPECT_EQ(run->result().counts.planned(), dense_planned);
            return run;
        },
        is_behind);
}

// Latency counts from the planned time: so all that would have been sent during the pause show it,
// those planned at its begin the whole of it, those near its end next to nothing. The service time
// shows it for those that were really sent.
TEST(Pause, OfTheServerIsSeenByAllThatWerePlannedInIt) {
    running_server server;
    const auto run = run_with_pause(server, "1");
    const auto& result = run->result();
    EXPECT_GE(result.latency.max(), 190ms);
    if (run->is_void() || is_behind(result)) return;  // there were other pauses
    EXPECT_EQ(outcomes_of(result), (numbers{{"good", dense_planned}}));
    constexpr auto band = 20ms;
    constexpr auto in_band = dense_rate / 50;
    for (auto from = band; from + band <= 180ms; from += band) {
        const auto count = count_between(result.latency, from, from + band);
        EXPECT_GE(count, in_band / 2) << "from " << from.count() << " ms on";
        EXPECT_LE(count, in_band * 3 / 2 + 1) << "from " << from.count() << " ms on";
    }
    EXPECT_EQ(result.service.count_above(150ms), 1u);
    expect_verdict(*run, verdict_kind::good);
}

TEST(Pause, OfTheServerHoldsUpOneRequestOfEachConnection) {
    running_server server;
    const auto run = run_with_pause(server, "4");
    const auto& result = run->result();
    EXPECT_GE(result.service.count_above(150ms), 1u);
    EXPECT_LE(result.service.count_above(150ms), 4u);
    EXPECT_GT(result.latency.count_above(100ms), dense_rate / 20);
    if (run->is_void() || is_behind(result)) return;
    EXPECT_EQ(outcomes_of(result), (numbers{{"good", dense_planned}}));
    expect_verdict(*run, verdict_kind::good);
}

TEST(Pause, OfTheGeneratorMakesTheRunVoid) {
    const running_server server;
    load_run run(server.address(), with_plan("2s", {}));
    ASSERT_TRUE(run.is_under_way());
    pause(run.process(), 300ms);
    run.finish();
    EXPECT_EQ(outcomes_of(run.result()), (numbers{{"good", 2 * rate}})) << "all the same";
    EXPECT_GE(run.result().self.longest_stall, 250ms);
    EXPECT_TRUE(run.says("the generator itself stood still for ")) << run.output();
    expect_verdict(run, verdict_kind::invalid);
}

class Death : public ::testing::Test {
protected:
    // A port that the next server can have too.
    const std::string address_ = "127.0.0.1:" + std::to_string(free_port());
    std::optional<running_server> server_{std::in_place,
                                          std::vector<std::string>{"--listen", address_}};
};

TEST_F(Death, OfTheServerIsOvercomeIfItComesBack) {
    load_run run(address_, with_plan("3s", {"--connections", "4"}));
    ASSERT_TRUE(run.is_under_way());
    server_->process().kill();
    server_.emplace(std::vector<std::string>{"--listen", address_});
    run.finish();
    const auto& counts = run.result().counts;
    EXPECT_EQ(counts.planned(), 3 * rate);
    EXPECT_EQ(counts[incident::connected], 8u);
    EXPECT_EQ(counts[incident::reconnected], 4u);
    const auto cut = counts[outcome::closed] + counts[outcome::reset];
    EXPECT_EQ(counts[outcome::good] + cut, 3 * rate) << "but what was in flight, all is well";
    EXPECT_EQ(run.result().sample.refused_by, numbers{}) << "its keys are the same";
    expect_verdict(run, cut > 0 ? verdict_kind::errors : verdict_kind::good);
}

TEST_F(Death, OfTheServerForGoodEndsTheRunInTime) {
    load_run run(address_, with_plan("2s", {"--connections", "4", "--sample", "0"}));
    ASSERT_TRUE(run.is_under_way());
    server_.reset();
    run.finish();
    const auto& counts = run.result().counts;
    EXPECT_EQ(counts.planned(), 2 * rate);
    EXPECT_GT(counts[outcome::good], rate / 2);
    EXPECT_GT(counts[outcome::unsent], rate / 10);
    EXPECT_EQ(counts[incident::connected], 4u);
    EXPECT_GE(counts[incident::connect_failed], 4u);
    EXPECT_LT(run.took(), 2s + 2s) << "there is nothing to wait for";
    expect_verdict(run, verdict_kind::overloaded);
}

TEST(Interruption, PrintsWhatWasMeasuredSoFar) {
    const running_server server;
    load_run run(server.address(), with_plan("60s", {"--sample", "100"}));
    ASSERT_TRUE(run.is_under_way());
    const stopwatch ending;
    run.process().signal(SIGINT);
    run.finish();
    EXPECT_LT(ending.elapsed(), 2s);
    EXPECT_EQ(run.exit_code(), 130) << run.errors();
    const auto& result = run.result();
    const auto good = result.counts[outcome::good];
    EXPECT_EQ(outcomes_of(result), (numbers{{"good", good}}));
    EXPECT_GE(result.measured, 1400ms);
    EXPECT_NEAR(static_cast<double>(good),
                static_cast<double>(rate) * std::chrono::duration<double>(result.measured).count(),
                2);
    EXPECT_EQ(result.sample.validated, good);
    EXPECT_TRUE(run.is_void() || result.verdict.kind == verdict_kind::interrupted) << run.output();
    EXPECT_NE(run.output().find("latency"), std::string::npos) << run.output();
    EXPECT_NE(run.output().find("verdict"), std::string::npos) << run.output();
}

}  // namespace
}  // namespace relayauth::lab
