#include "http_peer.hpp"
#include "lab_commands.hpp"
#include "moved_clock.hpp"
#include "own_client.hpp"
#include "running_server.hpp"
#include "sanitizer.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <ostream>
#include <regex>

// A lab's clock and one that is really wrong, by libfaketime, are the same to whoever asks.
namespace relayauth::lab {
namespace {

std::vector<std::string> moved_by(const std::string& offset) {
    auto environment = moved_clock(offset);
    // libfaketime stands before the sanitizer's library, which minds.
    if (address_sanitizer) environment.push_back("ASAN_OPTIONS=verify_asan_link_order=0");
    return environment;
}

// A server's words with each time and span as `T`, spans counted in seconds beside them, and
// without what only a lab says.
struct said {
    std::string reason, words;
    std::vector<double> spans;
    int offset = 0;
};

double seconds_in(const std::string& span) {
    double sum = 0;
    static const std::regex part("([0-9.]+) (d|h|min|s)");
    for (std::sregex_iterator each(span.begin(), span.end(), part), end; each != end; ++each) {
        const auto unit = (*each)[2].str();
        const double size = unit == "d" ? 86400 : unit == "h" ? 3600 : unit == "min" ? 60 : 1;
        sum += size * std::atof((*each)[1].str().c_str());
    }
    return sum;
}

said taken_apart(const finished& answer) {
    said made{text_of(answer.output, "reason"),
              text_of(answer.output, "words"),
              {},
              number_of(answer.output, "offset_seconds")};
    static const std::regex lab_only("; this server's clock is moved on purpose by .*");
    static const std::regex moment("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z");
    static const std::regex span("([0-9.]+ (d|h|min|s)\\b ?)+");
    made.words = std::regex_replace(made.words, lab_only, "");
    made.words = std::regex_replace(made.words, moment, "T");
    for (std::sregex_iterator each(made.words.begin(), made.words.end(), span), end; each != end;
         ++each) {
        made.spans.push_back(seconds_in(each->str()));
    }
    made.words = std::regex_replace(made.words, span, "T ");
    return made;
}

// What three credentials are judged to be: one that tells its issue time, one that does not, and
// one for five minutes.
std::vector<finished> judged_by(const running_server& judge) {
    static const auto minted = [] {
        const running_server right;
        return std::array{request_credential(right.address()),
                          request_credential(right.address(), {"--mras-version", "1.0"}),
                          request_credential(right.address(), {"--duration", "5"})};
    }();
    std::vector<finished> all;
    for (const auto& each : minted) all.push_back(validate(judge.address(), each));
    return all;
}

struct wrong {
    const char* offset;
    const char* seconds;  // libfaketime takes one unit at a time
};
std::ostream& operator<<(std::ostream& out, const wrong& each) {
    return out << each.offset;
}

class LabClockIsLikeARealOne : public ::testing::TestWithParam<wrong> {};

TEST_P(LabClockIsLikeARealOne, InVerdictOffsetAndWords) {
    if (thread_sanitizer) GTEST_SKIP() << "libfaketime and ThreadSanitizer report races";
    const std::string offset = GetParam().offset;
    static const running_server lab({"--lab"});
    EXPECT_EQ(administer(lab, {"lab", "clock", "--offset", offset}).code, 0);
    // The certificate is made now, which may be the future there.
    const running_server real({"--allow-expired-certificate"}, shared_certificate(),
                              moved_by(GetParam().seconds));
    const auto by_lab = judged_by(lab), by_real = judged_by(real);
    for (std::size_t i = 0; i < by_lab.size(); ++i) {
        const auto ours = taken_apart(by_lab[i]), theirs = taken_apart(by_real[i]);
        EXPECT_EQ(by_lab[i].code, by_real[i].code) << by_lab[i].output << by_real[i].output;
        EXPECT_EQ(ours.reason, theirs.reason);
        EXPECT_EQ(ours.words, theirs.words);
        EXPECT_NEAR(ours.offset, theirs.offset, 2);
        EXPECT_NEAR(number_of(by_lab[i].output, "server_ahead_seconds"),
                    number_of(by_real[i].output, "server_ahead_seconds"), 2);
        ASSERT_EQ(ours.spans.size(), theirs.spans.size());
        for (std::size_t n = 0; n < ours.spans.size(); ++n)
            EXPECT_NEAR(ours.spans[n], theirs.spans[n], 2);
        if (ours.reason.empty()) continue;
        EXPECT_NE(text_of(by_lab[i].output, "words").find("moved on purpose by"),
                  std::string::npos);
        EXPECT_EQ(text_of(by_real[i].output, "words").find("on purpose"), std::string::npos);
    }
}

INSTANTIATE_TEST_SUITE_P(Offsets, LabClockIsLikeARealOne,
                         ::testing::Values(wrong{"+8h", "+28800"}, wrong{"-8h", "-28800"},
                                           wrong{"+1h", "+3600"}, wrong{"-5h30m", "-19800"},
                                           wrong{"+6m", "+360"}, wrong{"-4m", "-240"}));

TEST(LabClock, MovesTheClockThatJudgesAndSaysSo) {
    const running_server server({"--lab"});
    EXPECT_NE(server.wait_for_line({"warning lab ", "--lab"}), "");
    const auto minted = request_credential(server.address());
    const auto moved = administer(server, {"lab", "clock", "--offset", "-8h"});
    EXPECT_EQ(moved.code, 0) << moved.errors;
    EXPECT_EQ(number_of(moved.output, "clock_offset_ms"), -8 * 3600 * 1000);
    const auto refused = validate(server.address(), minted);
    EXPECT_EQ(text_of(refused.output, "reason"), "not_yet_valid") << refused.output;
    EXPECT_NE(text_of(refused.output, "words").find("moved on purpose by -8 h"), std::string::npos);
    EXPECT_EQ(number_of(refused.output, "clock_offset_seconds"), -8 * 3600);
    EXPECT_NE(server.wait_for_line({"lab_clock", "clock_offset=\"-8 h\""}), "");
    const auto left = [&server] {
        return scrape(server.http_port()).sum("relayauth_key_expiry_seconds");
    };
    const auto left_by_moved_clock = left();
    EXPECT_EQ(administer(server, {"lab", "clock", "--reset"}).code, 0);
    EXPECT_NEAR(left_by_moved_clock - left(), 8 * 3600, 60);
    EXPECT_EQ(validate(server.address(), minted).code, 0);
}

TEST(LabClock, IsFoundOffByTheNextLookAtIt) {
    const running_server server({"--lab"});
    for (const auto* move : {"--offset=+8h", "--offset=-1h", "--reset"}) {
        administer(server, {"lab", "clock", move});
        const auto told = administer(server, {"clock", "status"}).output;
        const bool back = std::string_view(move) == "--reset";
        EXPECT_EQ(told.find("off from where it was trusted") == std::string::npos, back) << told;
    }
}

// --clock-offset moves the clock and the ends of certificates alike; a lab the clock alone.
TEST(LabClock, LeavesAKeysEndAloneWhereTheClockIsMovedAtTheStart) {
    const auto left = [](const running_server& server) {
        return scrape(server.http_port()).sum("relayauth_key_expiry_seconds");
    };
    const running_server right, moved({"--clock-offset=-8h"});
    EXPECT_NEAR(left(right), left(moved), 60);
}

TEST(LabClock, TakesAZonesLocalTimeForUtc) {
    const running_server server({"--lab"});
    const auto moved = administer(server, {"lab", "clock", "--zone", "Asia/Kolkata"});
    EXPECT_EQ(number_of(moved.output, "clock_offset_ms"), (5 * 60 + 30) * 60 * 1000);
    EXPECT_EQ(administer(server, {"lab", "clock", "--zone", "Asia/Nowhere"}).code, 2);
}

// Half as fast again: the sessions are told of each second that it gains, and say so.
TEST(LabClock, DriftsAndTheOffsetInForceFollows) {
    const running_server server({"--lab"});
    EXPECT_EQ(administer(server, {"lab", "clock", "--drift", "500000ppm"}).code, 0);
    const auto foreign = [&server] {
        return number_of(validate(server.address(), {"AgAA", "x"}).output, "clock_offset_seconds");
    };
    EXPECT_TRUE(eventually([&] { return foreign() >= 1; }));
}

}  // namespace
}  // namespace relayauth::lab
