#include "running_server.hpp"
#include "temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <signal.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <ostream>
#include <regex>
#include <sstream>
#include <tuple>

// However a demo ends, its servers end too; interrupted, it leaves no keys behind either. Its story
// is told only where it happens.
namespace relayauth::lab {
namespace {

using testing::HasSubstr;
using testing::Not;

bool is_number(const std::string& text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// How many programs have files below `folder` on their command line.
std::size_t programs_of(const temporary_folder& folder) {
    std::size_t count = 0;
    for (const auto& each : std::filesystem::directory_iterator("/proc")) {
        if (!is_number(each.path().filename().string())) continue;
        std::ifstream file(each.path() / "cmdline");
        const std::string words{std::istreambuf_iterator<char>(file),
                                std::istreambuf_iterator<char>()};
        if (words.find(folder.path()) != std::string::npos) ++count;
    }
    return count;
}

struct kind {
    std::vector<std::string> command;
    std::size_t programs;  // that run beside it at the same time, at least
};
const kind experiments{{relayauth_program, "demo"}, 1};
// Two servers, and a relay beside each. Without the flip it waits some seconds for what never
// comes: time to be interrupted in.
const kind long_story{{relayauth_program, "demo", "--story", "--no-flip"}, 4};

std::ostream& operator<<(std::ostream& out, const kind& each) {
    return out << (each.programs == long_story.programs ? "story" : "experiments");
}

class Demo : public ::testing::TestWithParam<std::tuple<kind, int>> {
protected:
    void SetUp() override {
        const auto wanted = std::get<kind>(GetParam()).programs;
        ASSERT_TRUE(eventually([&] { return programs_of(place_) >= wanted; })) << demo_.errors();
    }
    static int chosen_signal() { return std::get<int>(GetParam()); }

    temporary_folder place_;
    child_process demo_{std::get<kind>(GetParam()).command, {"TMPDIR=" + place_.path()}};
};

TEST_P(Demo, InterruptedLeavesNothingBehind) {
    demo_.signal(chosen_signal());
    EXPECT_EQ(demo_.wait(), 128 + chosen_signal()) << demo_.errors();
    EXPECT_EQ(demo_.errors(), "");
    EXPECT_THAT(demo_.output(), Not(HasSubstr("as it must be:"))) << "it went on to its end";
    EXPECT_EQ(programs_of(place_), 0u);
    EXPECT_TRUE(std::filesystem::is_empty(place_.path()));
}

INSTANTIATE_TEST_SUITE_P(BySignal, Demo,
                         ::testing::Combine(::testing::Values(experiments, long_story),
                                            ::testing::Values(SIGINT, SIGTERM)));

class KilledDemo : public Demo {};

TEST_P(KilledDemo, LeavesNoServerBehind) {
    demo_.signal(chosen_signal());
    EXPECT_EQ(demo_.wait(), 128 + chosen_signal());
    EXPECT_TRUE(eventually([this] { return programs_of(place_) == 0; }));
}

INSTANTIATE_TEST_SUITE_P(BySignal, KilledDemo,
                         ::testing::Combine(::testing::Values(experiments, long_story),
                                            ::testing::Values(SIGKILL)));

// What it printed, as one line with single blanks: where it breaks lines is no matter here.
std::string flowing(const std::string& text) {
    static const std::regex blanks("\\s+");
    return std::regex_replace(text, blanks, " ");
}

// told is a whole run of `demo --story`, which must leave nothing behind.
finished told(std::vector<std::string> more_options) {
    std::vector<std::string> command = {relayauth_program, "demo", "--story"};
    command.insert(command.end(), more_options.begin(), more_options.end());
    const temporary_folder place;
    auto done = run(command, {"TMPDIR=" + place.path()}, {}, 60s);
    EXPECT_EQ(programs_of(place), 0u);
    EXPECT_TRUE(std::filesystem::is_empty(place.path()));
    EXPECT_EQ(done.errors, "");
    return done;
}

TEST(Story, QuotesWhatEachSideSaysOfAFlippedClock) {
    const auto done = told({});
    EXPECT_EQ(done.code, 0) << done.output;
    EXPECT_THAT(done.output, Not(HasSubstr("\n  NO  ")));
    const auto text = flowing(done.output);
    // Los Angeles, in winter or in summer.
    for (
        const auto* each : {
            R"(ok lab [0-9]+ --zone America/Los_Angeles: "[^"]+, moved on purpose by -[78] h")",
            R"(ok relay-a [0-9]+ edge-a's credential: "ALLOCATE processed, success")",
            R"(ok relay-b [0-9]+ edge-a's credential: "message processed, error 401)",
            R"(ok relay-a [0-9]+ edge-b's credential: "message processed, error 401)",
            R"(ok relay-b [0-9]+ edge-b's credential: "ALLOCATE processed, success")",
            R"(ok request [0-9]+ edge-b, clocks: "the server's is [78] h behind this machine's)",
            R"(ok edge-b [0-9]+ "clock_stepped: [^"]*looks like a time zone error of -[78] h)",
            R"(ok edge-b [0-9]+ "peer_clock: [^"]*looks like a time zone error of -[78] h)",
            R"(ok edge-b [0-9]+ "validate_refused reason=not_yet_valid: issued [78] h [^"]*zone error of -[78] h)",
            R"(ok edge-a [0-9]+ "validate_refused reason=expired: [34] h (\S+ )*after expiry)",
            R"(ok doctor [0-9]+ edge-b: "the server's clock is [78] h BEHIND this machine's)",
            R"(ok doctor [0-9]+ users see: ""Limited External Calling")",
            R"(ok doctor [0-9]+ the pool: "two clocks answer at 127.0.0.1:[0-9]+)",
            R"(ok edge-b [0-9]+ "clock_stepped: [^"]*it is back where it was")",
            R"(ok doctor [0-9]+ the pool: "all is well" Every line is as it must be)",
        }) {
        EXPECT_TRUE(std::regex_search(text, std::regex(each))) << each << "\n" << done.output;
    }
    EXPECT_THAT(text, HasSubstr("Message expired in the outbound queue before it could be sent"));
}

TEST(Story, FitsOnAScreenAndShowsNoCredential) {
    const auto done = told({});
    std::istringstream lines(done.output);
    int count = 0;
    for (std::string line; std::getline(lines, line); ++count) EXPECT_LE(line.size(), 100u) << line;
    EXPECT_LE(count, 70);
    // What every username of version 2 begins with.
    EXPECT_THAT(done.output, Not(HasSubstr("AgAA")));
}

TEST(Story, CannotBeToldWithoutTheFlip) {
    const auto done = told({"--no-flip"});
    EXPECT_EQ(done.code, 1) << done.output;
    const auto text = flowing(done.output);
    for (const auto* each : {
             R"(NO relay-b [0-9]+ edge-a's credential: "ALLOCATE processed, success")",
             R"(NO relay-a [0-9]+ edge-b's credential: "ALLOCATE processed, success")",
             R"(NO request [0-9]+ edge-b, clocks: not a word)",
             R"((NO edge-b [0-9]+ not a word ){3}NO edge-a [0-9]+ not a word)",
             R"(NO doctor [0-9]+ edge-b: "all is well")",
             R"(NO doctor [0-9]+ the pool: "all is well")",
             R"(At least one line is not as it must be)",
         }) {
        EXPECT_TRUE(std::regex_search(text, std::regex(each))) << each << "\n" << done.output;
    }
}

TEST(Story, SaysWhatToInstallWhereThereIsNoRelay) {
    const temporary_folder place;
    const auto done = run({relayauth_program, "demo", "--story"},
                          {"TMPDIR=" + place.path(), "PATH=" + place.path()});
    EXPECT_EQ(done.code, 2);
    EXPECT_EQ(done.output, "");
    EXPECT_THAT(done.errors, HasSubstr("install coturn"));
    EXPECT_TRUE(std::filesystem::is_empty(place.path()));
}

TEST(Story, AloneCanDoWithoutTheFlip) {
    const auto done = run({relayauth_program, "demo", "--no-flip"});
    EXPECT_EQ(done.code, 2);
    EXPECT_THAT(done.errors, HasSubstr("--story"));
}

}  // namespace
}  // namespace relayauth::lab
