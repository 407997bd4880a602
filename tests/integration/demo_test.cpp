#include "running_server.hpp"
#include "temporary_folder.hpp"

#include <gtest/gtest.h>

#include <signal.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

// However a demo ends, its servers end too; interrupted, it leaves no keys behind either.
namespace relayauth::lab {
namespace {

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

class Demo : public ::testing::TestWithParam<int> {
protected:
    void SetUp() override {
        ASSERT_TRUE(eventually([this] { return programs_of(place_) > 0; })) << demo_.errors();
    }

    temporary_folder place_;
    child_process demo_{{relayauth_program, "demo"}, {"TMPDIR=" + place_.path()}};
};

TEST_P(Demo, InterruptedLeavesNothingBehind) {
    demo_.signal(GetParam());
    EXPECT_EQ(demo_.wait(), 128 + GetParam()) << demo_.errors();
    EXPECT_EQ(demo_.errors(), "");
    EXPECT_EQ(programs_of(place_), 0u);
    EXPECT_TRUE(std::filesystem::is_empty(place_.path()));
}

INSTANTIATE_TEST_SUITE_P(BySignal, Demo, ::testing::Values(SIGINT, SIGTERM));

class KilledDemo : public Demo {};

TEST_P(KilledDemo, LeavesNoServerBehind) {
    demo_.signal(GetParam());
    EXPECT_EQ(demo_.wait(), 128 + GetParam());
    EXPECT_TRUE(eventually([this] { return programs_of(place_) == 0; }));
}

INSTANTIATE_TEST_SUITE_P(BySignal, KilledDemo, ::testing::Values(SIGKILL));

}  // namespace
}  // namespace relayauth::lab
