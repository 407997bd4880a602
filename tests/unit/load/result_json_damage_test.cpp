#include "relayauth/load/result_json.hpp"

#include "typed_result.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace relayauth::load {
namespace {

using testing::HasSubstr;

std::string problem_of(std::string_view text) {
    auto value = read_json(text);
    return value ? "" : value.error();
}

std::string with(std::string_view from, std::string_view to) {
    auto text = typed_result;
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
}

TEST(DamagedJson, IsRefusedAtEveryTruncation) {
    // The last octet is the line's end.
    for (std::size_t size = 0; size + 1 < typed_result.size(); ++size) {
        const std::vector<char> exact(typed_result.begin(),
                                      typed_result.begin() + static_cast<std::ptrdiff_t>(size));
        EXPECT_THAT(problem_of({exact.data(), exact.size()}),
                    HasSubstr("it is no JSON, or not whole"))
            << size;
    }
}

TEST(DamagedJson, WithOneBitFlippedIsReadOrRefusedInOneLine) {
    for (std::size_t at = 0; at < typed_result.size(); ++at) {
        for (int bit = 0; bit < 8; ++bit) {
            auto text = typed_result;
            text[at] = static_cast<char>(text[at] ^ (1 << bit));
            const auto problem = problem_of(text);
            ASSERT_EQ(std::count(problem.begin(), problem.end(), '\n'), 0) << at;
        }
    }
}

TEST(DamagedJson, WithoutAnyOneMemberSaysWhichIsMissing) {
    for (const auto* name : {"options",        "machines",
                             "started",        "measured_seconds",
                             "closed_loop",    "tls",
                             "warm_up",        "requests",
                             "incidents",      "refused_by",
                             "wrong_by",       "latency",
                             "service",        "handshake",
                             "time_line",      "good_in_time",
                             "left_in_flight", "behind_seconds",
                             "self",           "sample",
                             "goals",          "verdict",
                             "format"}) {
        const auto text = with("\"" + std::string(name) + "\":", "\"renamed\":");
        EXPECT_THAT(problem_of(text), HasSubstr(std::string(name) + ": it is missing")) << name;
    }
}

TEST(DamagedJson, OfAnotherKindSaysWhatItWouldTake) {
    EXPECT_THAT(problem_of("[]"), HasSubstr("it is no object"));
    EXPECT_THAT(problem_of("{}"), HasSubstr("format: it is missing"));
    EXPECT_THAT(problem_of(with("relayauth load 1", "relayauth load 2")),
                HasSubstr("format: it is not \"relayauth load 1\": is this the --json of relayauth "
                          "load, of the same version?"));
    EXPECT_THAT(problem_of(std::string(100'000, '[')), HasSubstr("it is no JSON"));
    EXPECT_THAT(problem_of(std::string(max_result_bytes + 1, ' ')),
                HasSubstr("it is longer than 16777216 octets"));
}

struct damage {
    const char* from;
    const char* to;
    const char* problem;
};

class Damage : public testing::TestWithParam<damage> {};

TEST_P(Damage, IsNamedWithItsPlace) {
    EXPECT_EQ(problem_of(with(GetParam().from, GetParam().to)), GetParam().problem);
}

INSTANTIATE_TEST_SUITE_P(
    DamagedJson, Damage,
    testing::Values(
        damage{"\"planned\":78", "\"planned\":77",
               "requests.planned: it is not the sum of the outcomes"},
        damage{"\"good\":12", "\"good\":-12", "requests.good: it is no whole number, 0 or more"},
        damage{"\"good\":12", "\"good\":1000000000000001",
               "requests.good: it is over 1000000000000000"},
        damage{"\"CSeq\":3", "\"CSeq\":\"3\"", "wrong_by.CSeq: it is no whole number, 0 or more"},
        damage{"[[5,2],", "[[5],",
               "latency.histogram.buckets[0]: it is no pair of an index and a count"},
        damage{"[[5,2],[2048,1]]", "[[2048,1],[5,2]]",
               "latency.histogram.buckets[1]: its index is not above the one before"},
        damage{"[2048,1]", "[27648,1]", "latency.histogram.buckets[1][0]: it is over 27647"},
        damage{"[[5,2],", "[[5,0],", "latency.histogram.buckets[0]: it is an empty bucket"},
        damage{"[[5,2],[2048,1]]", "[[5,1000000000000000],[2048,1]]",
               "latency.histogram: it has too many values"},
        damage{"\"min_ns\":5", "\"min_ns\":6",
               "latency.histogram: min_ns and max_ns are not in the outer buckets"},
        damage{"\"max_ns\":2049", "\"max_ns\":9999",
               "latency.histogram: min_ns and max_ns are not in the outer buckets"},
        damage{"\"sum_ns\":2059", "\"sum_ns\":7000", "latency.histogram: sum_ns cannot be the sum"},
        damage{"\"sum_ns\":2059", "\"sum_ns\":3", "latency.histogram: sum_ns cannot be the sum"},
        damage{"\"sum_ns\":2059", "\"sum_ns\":-1", "latency.histogram.sum_ns: it is out of range"},
        damage{"[863,3]", "[864,3]", "time_line.intervals[0].latency[1][0]: it is over 863"},
        damage{"\"interval_seconds\":2", "\"interval_seconds\":0",
               "time_line.interval_seconds: it is 0"},
        damage{"10.000000001", "1e9", "measured_seconds: it is out of range"},
        damage{"1795339854", "253402300800", "started: it is over 253402300799"},
        damage{"\"void\"", "\"fine\"", "verdict.kind: it is no verdict that is known"},
        damage{"\"two\"", "2", "verdict.reasons[1]: it is no text"}));

TEST(DamagedJson, OfManyIntervalsIsRefused) {
    std::string many = "[]";
    for (int i = 0; i < 100'000; ++i) many += ",[]";
    EXPECT_EQ(problem_of(with("\"intervals\":[", "\"intervals\":[" + many + ",")),
              "time_line.intervals: it has over 100000 items");
}

}  // namespace
}  // namespace relayauth::load
