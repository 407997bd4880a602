#include "relayauth/cli/admin_text.hpp"

#include "relayauth/base/time_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relayauth::cli {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

server::admin_reply state() {
    server::admin_reply reply;
    reply.lab = true;
    reply.server_time = *parse_utc("2026-11-22T09:30:54Z");
    return reply;
}

TEST(AdminText, TellsAClockThatIsTheMachines) {
    EXPECT_THAT(admin_text(state()), HasSubstr("2026-11-22T09:30:54Z, as the machine's\n"));
}

TEST(AdminText, TellsWhatIsWrongOnPurpose) {
    auto reply = state();
    reply.words = "all is wrong";
    reply.clock_offset = 8h;
    reply.drift_ppm = -200;
    reply.rules.push_back(*session::make_lab_rule("sip:bob@*", session::lie::delay, 1500ms));
    const auto text = admin_text(reply);
    EXPECT_THAT(text, testing::StartsWith("all is wrong\n"));
    EXPECT_THAT(text, HasSubstr("moved on purpose by +8 h, 200 ppm slow on purpose\n"));
    EXPECT_THAT(text, HasSubstr("sip:bob@*  delay 1.5 s\n"));
    reply.drift_ppm = 50;
    EXPECT_THAT(admin_text(reply), HasSubstr("50 ppm fast on purpose\n"));
    EXPECT_THAT(text, Not(HasSubstr("without --lab")));
}

TEST(AdminText, TellsThatThereIsNoLab) {
    auto reply = state();
    reply.lab = false;
    EXPECT_THAT(admin_text(reply), HasSubstr("off: this server runs without --lab\n"));
}

TEST(AdminText, PrintsNothingThatATerminalObeys) {
    auto reply = state();
    reply.words = "\x1b[31m";
    EXPECT_THAT(admin_text(reply), Not(HasSubstr("\x1b")));
}

}  // namespace
}  // namespace relayauth::cli
