#include "http_peer.hpp"
#include "lab_commands.hpp"
#include "moved_clock.hpp"
#include "own_client.hpp"
#include "running_server.hpp"
#include "sanitizer.hpp"
#include "service_request.hpp"

#include "relayauth/base/base64.hpp"
#include "relayauth/token/token.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <mutex>
#include <thread>

// A server whose clock is set from outside while it serves: libfaketime, read from a file.
namespace relayauth::lab {
namespace {

using testing::HasSubstr;
using testing::Not;

class ClockGuard : public ::testing::Test {
protected:
    void SetUp() override {
        if (thread_sanitizer)
            GTEST_SKIP() << "libfaketime and ThreadSanitizer report races that are none";
    }
    std::vector<std::string> holding() const {
        return {"--clock-guard", "hold", "--max-connections", "100"};
    }
    steered_clock clock_;
};

std::string asked(sip_peer& peer) {
    const auto answer = peer.ask(service());
    EXPECT_TRUE(answer);
    return answer ? answer->attribute("reasonPhrase") : "NO ANSWER";
}

TEST_F(ClockGuard, HoldsFromTheFirstRequestAfterAStepUntilTheClockIsBack) {
    running_server server(holding(), shared_certificate(), clock_.environment());
    auto peer = server.tcp();
    EXPECT_EQ(asked(peer), "OK");
    EXPECT_EQ(get_page(server.http_port(), "/readyz").status, 200);

    clock_.set("+8h");
    const auto held = peer.ask(service());
    ASSERT_TRUE(held);
    EXPECT_EQ(held->attribute("reasonPhrase"), "Server Busy");
    EXPECT_THAT(held->header("Warning"), HasSubstr("Server Busy: this server's clock is held"));
    EXPECT_THAT(held->header("Warning"), HasSubstr("+8 h off from where it was; looks like a time "
                                                   "zone error of +8 h"));
    const auto page = get_page(server.http_port(), "/readyz");
    EXPECT_EQ(page.status, 503);
    EXPECT_THAT(page.body, HasSubstr("looks like a time zone error of +8 h"));
    EXPECT_EQ(get_page(server.http_port(), "/healthz").status, 200);
    const auto numbers = scrape(server.http_port());
    EXPECT_EQ(numbers.sum("relayauth_clock_held"), 1);
    EXPECT_EQ(numbers.sum("relayauth_clock_steps_total"), 1);
    EXPECT_EQ(numbers.sum("relayauth_ready"), 0);
    // What a worker says of it grows old, and is renewed.
    EXPECT_TRUE(eventually([&] {
        const auto again = peer.ask(service());
        return again && again->header("Warning").find("clock is held, for ") != std::string::npos;
    }));

    clock_.set("+0");
    EXPECT_EQ(asked(peer), "OK");
    EXPECT_EQ(get_page(server.http_port(), "/readyz").status, 200);
    EXPECT_NE(server.wait_for_line({"warning clock_stepped", "by=\"+8 h\""}), "");
    EXPECT_NE(server.wait_for_line({"error clock_held"}), "");
    EXPECT_NE(server.wait_for_line({"clock_stepped", "by=\"-8 h\"", "back where it was"}), "");
    EXPECT_NE(server.wait_for_line({"info clock_released"}), "");
    server.stop();
}

TEST_F(ClockGuard, NoticesAStepOfAnIdleServer) {
    running_server server(holding(), shared_certificate(), clock_.environment());
    clock_.set("-19800");
    EXPECT_NE(
        server.wait_for_line({"clock_stepped", "looks like a time zone error of -5 h 30 min"}), "");
    EXPECT_EQ(get_page(server.http_port(), "/readyz").status, 503);
}

TEST_F(ClockGuard, OnlyWarnsByDefault) {
    running_server server({}, shared_certificate(), clock_.environment());
    auto peer = server.tcp();
    clock_.set("+8h");
    EXPECT_EQ(asked(peer), "OK");
    EXPECT_NE(server.wait_for_line({"clock_stepped", "by=\"+8 h\""}), "");
    const auto page = get_page(server.http_port(), "/readyz");
    EXPECT_EQ(page.status, 200);
    EXPECT_THAT(page.body, HasSubstr("; it is +8 h off from where it was trusted; looks like"));
    EXPECT_NEAR(scrape(server.http_port()).sum("relayauth_clock_off_seconds"), 28800, 1);
    EXPECT_EQ(server.count_lines("clock_held"), 0u);
    const auto status = administer(server, {"clock", "status"}).output;
    EXPECT_NE(status.find("; the clock it goes by was set once since the start: "),
              std::string::npos)
        << status;
    EXPECT_NE(status.find("; it is +8 h off from where it was trusted"), std::string::npos);
    const auto found = administer(server, {"clock", "accept", "--json"}).output;
    EXPECT_THAT(found, HasSubstr(R"("watched":true,"held":false,"reason":"","off_ms":0})"));
}

TEST_F(ClockGuard, ClaimsNothingOfAClockThatNobodyWatches) {
    running_server server({"--clock-guard", "off"}, shared_certificate(), clock_.environment());
    clock_.set("+8h");
    const auto accepted = administer(server, {"clock", "accept", "--json"}).output;
    EXPECT_THAT(accepted, HasSubstr("--clock-guard off"));
    EXPECT_THAT(accepted, HasSubstr(R"("watched":false,"held":false,"reason":""})"));
}

struct step {
    const char* offset;
    const char* by;
    const char* words;
    bool holds;
};

TEST_F(ClockGuard, SaysWhatEachStepIs) {
    running_server server(holding(), shared_certificate(), clock_.environment());
    auto peer = server.tcp();
    for (const auto& each : {step{"-8h", "-8 h", "looks like a time zone error of -8 h", true},
                             step{"+1h", "+1 h", "looks like a time zone error of +1 h", true},
                             step{"+6m", "+6 min", "from the future", true},
                             step{"-4m", "-4 min", "within the tolerance", false}}) {
        clock_.set(each.offset);
        EXPECT_EQ(asked(peer), each.holds ? "Server Busy" : "OK") << each.offset;
        const auto line =
            server.wait_for_line({"clock_stepped", std::string("by=\"") + each.by + "\""});
        EXPECT_THAT(line, HasSubstr(each.words));
        if (std::string(each.by).find("min") != std::string::npos) {
            EXPECT_THAT(line, Not(HasSubstr("time zone")));
        }
        clock_.set("+0");
        EXPECT_EQ(asked(peer), "OK");
    }
}

// steady_load asks on some connections, one request after the other, until it is told to stop.
class steady_load {
public:
    struct outcome {
        std::string reason;
        wall_time issued_at;  // of a credential
    };

    steady_load(const running_server& server, int connections) {
        for (int i = 0; i < connections; ++i) {
            threads_.emplace_back([this, peer = server.tcp()]() mutable {
                while (!stopping_) {
                    const auto answer = peer.ask(service());
                    note(answer ? outcome{answer->attribute("reasonPhrase"), issued_at(*answer)}
                                : outcome{"LOST", {}});
                }
            });
        }
    }
    ~steady_load() { finish(); }

    // wait_for waits until `count` more answers of this kind have come.
    void wait_for(const std::string& reason, std::size_t count) {
        const auto wanted = times(reason) + count;
        EXPECT_TRUE(eventually([&] { return times(reason) >= wanted; })) << reason;
    }
    std::size_t times(const std::string& reason) {
        const std::lock_guard lock(noting_);
        return static_cast<std::size_t>(std::ranges::count(all_, reason, &outcome::reason));
    }
    std::vector<outcome> finish() {
        stopping_ = true;
        for (auto& each : threads_) {
            if (each.joinable()) each.join();
        }
        return all_;
    }

private:
    static wall_time issued_at(const sip_answer& answer) {
        std::array<std::uint8_t, 128> octets{};
        const auto size = decode_base64(answer.text("username"), octets);
        if (!size) return {};
        const auto token = token::unverified_token::decode(bytes_view(octets).first(*size));
        return token ? token->claimed().window().issued_at.value_or(wall_time()) : wall_time();
    }
    void note(outcome what) {
        const std::lock_guard lock(noting_);
        all_.push_back(std::move(what));
    }

    std::mutex noting_;
    std::vector<outcome> all_;
    std::atomic<bool> stopping_{false};
    std::vector<std::thread> threads_;
};

TEST_F(ClockGuard, MintsNothingOnAWrongClockUnderLoadAndLosesNothing) {
    running_server server(holding(), shared_certificate(), clock_.environment());
    const auto now = wall_time::from_unix(std::chrono::seconds(std::time(nullptr)));
    steady_load load(server, 4);
    load.wait_for("OK", 200);
    clock_.set("+8h");
    load.wait_for("Server Busy", 200);
    clock_.set("+0");
    load.wait_for("OK", 200);
    const auto all = load.finish();
    for (const auto& each : all) {
        EXPECT_TRUE(each.reason == "OK" || each.reason == "Server Busy") << each.reason;
        if (each.reason != "OK") continue;
        EXPECT_LT(each.issued_at, now + std::chrono::minutes(10));
        EXPECT_GT(each.issued_at, now - std::chrono::minutes(1));
    }
    // Held without a gap: OK, then Busy, then OK again, give or take what four threads overtake.
    EXPECT_EQ(server.count_lines("error clock_held"), 1u);
    EXPECT_EQ(server.count_lines("info clock_released"), 1u);
    EXPECT_THAT(server.stop(), HasSubstr("issue_refused_busy="));
}

TEST_F(ClockGuard, TellsOfAClockThatRunsTooFast) {
    running_server server({}, shared_certificate(), clock_.environment());
    auto peer = server.tcp();
    EXPECT_EQ(asked(peer), "OK");
    clock_.set("+0 x20");  // nearly 5 s between two looks
    EXPECT_NE(server.wait_for_line({"warning clock_", "by=\"+"}), "");
    EXPECT_EQ(asked(peer), "OK");
}

class PeerClock : public ClockGuard {};

finished request_by(const std::vector<std::string>& clock, const running_server& server,
                    const std::vector<std::string>& more = {}) {
    std::vector<std::string> command = {relayauth_program, "request",    "--server",
                                        server.address(),  "--identity", "sip:alice@example.test"};
    command.insert(command.end(), more.begin(), more.end());
    return run(command, clock);
}

TEST_F(PeerClock, IsNamedInTheLogOnceAndInTheMetrics) {
    running_server server;
    for (int i = 0; i < 2; ++i) EXPECT_EQ(request_by(moved_clock("+8h"), server).code, 0);
    EXPECT_EQ(request_by(moved_clock("-4m"), server).code, 0);
    const auto line = server.wait_for_line({"warning peer_clock"});
    EXPECT_THAT(line, HasSubstr("door=sip"));
    EXPECT_THAT(line, HasSubstr("looks like a time zone error of -8 h"));
    EXPECT_EQ(server.count_lines("warning peer_clock"), 1u);
    const auto numbers = scrape(server.http_port());
    EXPECT_EQ(numbers.sum("relayauth_peer_clock_offset_seconds_count"), 3);
}

TEST_F(PeerClock, IsRefusedWithBothClocksOnEitherWire) {
    running_server server({"--refuse-skewed-peers"});
    const auto refused = request_by(moved_clock("-19800"), server);
    EXPECT_EQ(refused.code, 3);
    EXPECT_THAT(refused.output + refused.errors, HasSubstr("Forbidden"));
    EXPECT_THAT(refused.output + refused.errors,
                HasSubstr("this server's clock is 5 h 30 min ahead of this peer's"));
    EXPECT_THAT(refused.output + refused.errors, HasSubstr("peer clock 20"));
    EXPECT_THAT(refused.output + refused.errors,
                HasSubstr("the server's is 5 h 30 min ahead of this machine's"));
    EXPECT_EQ(request_by({}, server).code, 0);
    EXPECT_EQ(request_by(moved_clock("+4m"), server).code, 0);
    EXPECT_NE(server.wait_for_line({"issue_refused", "reason=forbidden", "peer_time=20",
                                    "5 h 30 min ahead", "; server clock 20"}),
              "");
    // A relay whose clock is wrong may ask all the same.
    const auto good = request_credential(server.address());
    const auto verdict =
        run({relayauth_program, "validate", "--server", server.address(), "--tcp", good.username},
            moved_clock("+8h"));
    EXPECT_EQ(verdict.code, 0) << verdict.output << verdict.errors;
}

// The client in turn: what it says of the server's clock, and what the server says of its own.
TEST_F(PeerClock, IsMeasuredByBothEndsForEveryOffset) {
    struct moved {
        const char* clock;
        int seconds;
        const char* offset;  // in the log; nothing within the tolerance
        bool zone;
    };
    for (const auto& each :
         {moved{"+8h", 8 * 3600, "-8 h", true}, moved{"-8h", -8 * 3600, "+8 h", true},
          moved{"+1h", 3600, "-1 h", true}, moved{"-19800", -19800, "+5 h 30 min", true},
          moved{"+6m", 360, "-6 min", false}, moved{"-4m", -240, nullptr, false},
          moved{"+0 x1.01", 0, nullptr, false}}) {
        running_server server;
        const auto minted = request_credential(server.address());
        const auto asked = run({relayauth_program, "validate", "--server", server.address(),
                                "--tcp", "--json", minted.username},
                               moved_clock(each.clock));
        EXPECT_EQ(asked.code, 0) << asked.errors;
        EXPECT_NEAR(number_of(asked.output, "server_ahead_seconds"), -each.seconds, 2)
            << each.clock << asked.output;
        if (each.offset == nullptr) {
            EXPECT_NE(server.wait_for_line({"info validated"}), "");
            EXPECT_EQ(server.count_lines("peer_clock"), 0u) << each.clock;
            continue;
        }
        const auto line = server.wait_for_line({"warning peer_clock"});
        EXPECT_THAT(line, HasSubstr(std::string("offset=\"") + each.offset)) << each.clock;
        const auto zone = std::string("looks like a time zone error of ") + each.offset;
        EXPECT_EQ(line.find(zone) != std::string::npos, each.zone) << line;
    }
}

}  // namespace
}  // namespace relayauth::lab
