#include "moved_clock.hpp"

#include "own_client.hpp"
#include "running_server.hpp"
#include "sanitizer.hpp"
#include "service_request.hpp"

#include <gtest/gtest.h>

// A machine whose clock really is wrong, by libfaketime: not our own setting.
namespace relayauth::lab {
namespace {

class MovedClock : public ::testing::Test {
protected:
    void SetUp() override {
        if (thread_sanitizer) {
            GTEST_SKIP() << "libfaketime and ThreadSanitizer report races that are none";
        }
    }

    static std::vector<std::string> by(const char* offset) { return moved_clock(offset); }
};

TEST_F(MovedClock, EightHoursAheadCallsAFreshCredentialExpired) {
    const running_server right;
    const auto minted = request_credential(right.address());
    running_server ahead({}, shared_certificate(), by("+8h"));
    const auto refused = validate(ahead.address(), minted);
    EXPECT_EQ(refused.code, 3);
    EXPECT_EQ(text_of(refused.output, "reason"), "expired") << refused.output;
    EXPECT_NEAR(number_of(refused.output, "server_ahead_seconds"), 8 * 3600, 2);
    EXPECT_EQ(number_of(refused.output, "clock_offset_seconds"), 0);
    ahead.stop();
}

TEST_F(MovedClock, EightHoursBehindSaysTimeZone) {
    const running_server right;
    const auto minted = request_credential(right.address());
    // The certificate is made now, which is the future there.
    running_server behind({"--allow-expired-certificate"}, shared_certificate(), by("-8h"));
    const auto refused = validate(behind.address(), minted);
    EXPECT_EQ(text_of(refused.output, "reason"), "not_yet_valid") << refused.output;
    EXPECT_NEAR(number_of(refused.output, "offset_seconds"), -8 * 3600, 30);
    EXPECT_NE(text_of(refused.output, "words").find("looks like a time zone error of -8 h"),
              std::string::npos);
    behind.stop();
}

TEST_F(MovedClock, LeavesTimersAlone) {
    running_server server({"--idle-timeout", "1s"}, shared_certificate(), by("+8h"));
    auto peer = server.tls();
    const auto answer = peer.ask(service());
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 200);
    const stopwatch running;
    EXPECT_TRUE(peer.is_closed());
    EXPECT_GE(running.elapsed(), 900ms);
    EXPECT_LT(running.elapsed(), 4s);
    server.stop();
}

}  // namespace
}  // namespace relayauth::lab
