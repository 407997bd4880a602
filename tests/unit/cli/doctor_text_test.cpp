#include "relayauth/cli/doctor_text.hpp"

#include "relayauth/base/time_text.hpp"
#include "relayauth/cli/exit_codes.hpp"

#include <gmock/gmock.h>

namespace relayauth::cli {
namespace {

using namespace std::chrono_literals;
using doctor::check;
using doctor::verdict;
using testing::HasSubstr;
using testing::Not;

doctor::report made() {
    doctor::report value;
    value.server = "edge.example.test:5062";
    value.at = *parse_utc("2026-11-22T12:00:00Z");
    value.checks = {{"port", verdict::ok, "answers", {{"connect_ms", 12}}},
                    {"tls name", verdict::skipped, "an address"},
                    {"clock", verdict::fail, "8 h AHEAD"}};
    value.conclusion = {doctor::health::hurt,
                        "the clock",
                        "Limited External Calling",
                        "queue",
                        {"mend it", "try again"}};
    value.clock = doctor::clock_reading{8h, 2ms, 8, doctor::clock_reading::source::rpc};
    return value;
}

TEST(DoctorText, HasAnAlignedLineForEachCheck) {
    EXPECT_EQ(report_text(made()),
              "edge.example.test:5062 at 2026-11-22T12:00:00Z\n"
              "\n"
              "ok      port       answers\n"
              "skipped tls name   an address\n"
              "fail    clock      8 h AHEAD\n"
              "\n"
              "conclusion         the clock\n"
              "users see          Limited External Calling\n"
              "you may meet it as queue\n"
              "to do              1. mend it\n"
              "                   2. try again\n");
}

TEST(DoctorJson, IsOneObjectWithTheMeasuredNumbers) {
    const auto text = report_json(made());
    EXPECT_THAT(text, HasSubstr(R"("state":"hurt","conclusion":"the clock")"));
    EXPECT_THAT(text, HasSubstr(R"("offset_ms":28800000,"error_ms":2)"));
    EXPECT_THAT(text,
                HasSubstr(R"({"name":"port","verdict":"ok","words":"answers","connect_ms":12})"));
    EXPECT_THAT(text, HasSubstr(R"("next":["mend it","try again"])"));
    EXPECT_THAT(text, Not(HasSubstr("\n")));
    auto unknown = made();
    unknown.clock.reset();
    EXPECT_THAT(report_json(unknown), HasSubstr(R"("offset_ms":null,"error_ms":null)"));
}

TEST(DoctorChanges, AreNoneWhileOnlyNumbersChange) {
    auto now = made();
    now.at = now.at + 5min;
    now.checks[0].words = "answers in 13 ms";
    now.checks[0].numbers[0].second = 13;
    auto before = made();
    before.checks[1].troubles.push_back({doctor::trouble::weight::note, "it took 5 ms", "", ""});
    now.checks[1].troubles.push_back({doctor::trouble::weight::note, "it took 67 ms", "", ""});
    EXPECT_EQ(changes_text(before, now), "");
}

TEST(DoctorChanges, AreTheLinesWithAnotherVerdictAndTheConclusion) {
    auto now = made();
    now.at = now.at + 5min;
    now.checks[2] = {"clock", verdict::ok, "equal"};
    now.conclusion = {doctor::health::well, "all is well", "nothing", "", {}};
    EXPECT_EQ(changes_text(made(), now),
              "2026-11-22T12:05:00Z ok      clock      equal\n"
              "2026-11-22T12:05:00Z         conclusion all is well\n");
}

TEST(DoctorChanges, AreAlsoAnotherTroubleOfTheSameVerdict) {
    auto now = made();
    now.checks[2].troubles.push_back({doctor::trouble::weight::clock, "two clocks", "", ""});
    EXPECT_THAT(changes_text(made(), now), HasSubstr("fail    clock"));
}

TEST(DoctorChanges, AreAlsoAClockThatStepped) {
    auto now = made();
    now.clock->ahead = ticks(8h) + ticks(2s);
    EXPECT_EQ(changes_text(made(), now), "");
    now.clock->ahead = 3h;
    EXPECT_THAT(changes_text(made(), now), HasSubstr("fail    clock"));
    now.clock.reset();
    EXPECT_EQ(changes_text(made(), now), "");
}

TEST(DoctorExitCode, IsTheHealth) {
    EXPECT_EQ(exit_code_of(doctor::health::well), 0);
    EXPECT_EQ(exit_code_of(doctor::health::attention), 1);
    EXPECT_EQ(exit_code_of(doctor::health::hurt), 2);
}

}  // namespace
}  // namespace relayauth::cli
