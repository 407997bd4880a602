#include "relayauth/load/goals.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <initializer_list>

namespace relayauth::load {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using std::chrono::seconds;
using testing::AllOf;
using testing::HasSubstr;

std::vector<goal> goals(std::string_view text) {
    const auto read = parse_goals(text);
    EXPECT_TRUE(read) << text << ": " << (read ? "" : read.error());
    return read ? *read : std::vector<goal>();
}

goal one(std::string_view text) {
    const auto all = goals(text);
    EXPECT_EQ(all.size(), 1u) << text;
    return all.empty() ? goal() : all.front();
}

// A run of 10 s with 1,000 requests; 990 good, 10 lost. Every latency 2 ms, every service time 1.
result some_run() {
    result run;
    run.measured = seconds(10);
    run.counts[outcome::good] = run.good_in_time = 990;
    run.counts[outcome::lost] = 10;
    run.counts[incident::handshakes] = 50;
    for (int i = 0; i < 990; ++i) {
        run.latency.record(milliseconds(2));
        run.service.record(milliseconds(1));
    }
    return run;
}

bool met(std::string_view text, const result& run = some_run()) {
    return missed(goals(text), run).empty();
}

std::string miss(std::string_view text, const result& run = some_run()) {
    const auto lines = missed(goals(text), run);
    EXPECT_EQ(lines.size(), 1u) << text;
    return lines.empty() ? "" : lines.front();
}

TEST(Goals, ReadPercentilesOfLatencyAndService) {
    const auto p99 = one("p99<2ms");
    EXPECT_EQ(p99.what, goal::figure::percentile);
    EXPECT_FALSE(p99.of_service);
    EXPECT_EQ(p99.percent, 99);
    EXPECT_TRUE(p99.at_most);
    EXPECT_EQ(p99.limit, 2e6);
    EXPECT_EQ(p99.text, "p99<2ms");
    const auto service = one("service-p99.9<300us");
    EXPECT_TRUE(service.of_service);
    EXPECT_DOUBLE_EQ(service.percent, 99.9);
    EXPECT_EQ(service.limit, 3e5);
    EXPECT_EQ(one("p50<1s").percent, 50);
    EXPECT_DOUBLE_EQ(one("p99.999<1s").percent, 99.999);
    EXPECT_EQ(one("p0<1s").percent, 0);
    EXPECT_EQ(one("p100<1s").percent, 100);
}

TEST(Goals, ReadMaxAndMean) {
    EXPECT_EQ(one("max<1s").what, goal::figure::max);
    EXPECT_EQ(one("max<1s").limit, 1e9);
    EXPECT_EQ(one("mean<0.5ms").what, goal::figure::mean);
    EXPECT_EQ(one("mean<0.5ms").limit, 5e5);
    EXPECT_EQ(one("service-max<800ns").limit, 800);
    EXPECT_TRUE(one("service-mean<1ms").of_service);
}

TEST(Goals, TellAShareFromANumber) {
    EXPECT_EQ(one("errors<1%").what, goal::figure::errors_share);
    EXPECT_DOUBLE_EQ(one("errors<1%").limit, 0.01);
    EXPECT_EQ(one("errors<1").what, goal::figure::errors);
    EXPECT_EQ(one("errors<1").limit, 1);
    EXPECT_EQ(one("rate>95%").what, goal::figure::rate_share);
    EXPECT_DOUBLE_EQ(one("rate>95%").limit, 0.95);
    EXPECT_FALSE(one("rate>95%").at_most);
    EXPECT_EQ(one("rate>95").what, goal::figure::rate);
    EXPECT_EQ(one("rate>95").limit, 95);
    EXPECT_EQ(one("handshakes>100").what, goal::figure::handshakes);
    EXPECT_FALSE(one("handshakes>100").at_most);
}

TEST(Goals, AreReadInTheirOrder) {
    const auto all = goals("p99<2ms,service-p50<300us,errors<0.01%,rate>95%");
    ASSERT_EQ(all.size(), 4u);
    EXPECT_EQ(all[0].text, "p99<2ms");
    EXPECT_EQ(all[1].text, "service-p50<300us");
    EXPECT_EQ(all[2].text, "errors<0.01%");
    EXPECT_EQ(all[3].text, "rate>95%");
}

TEST(Goals, MayHaveSpacesAroundTheirParts) {
    const auto all = goals(" p99 < 2ms , rate > 95% ");
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(all[0].limit, 2e6);
    EXPECT_EQ(all[1].what, goal::figure::rate_share);
}

void expect_refused_by_name(std::initializer_list<const char*> texts) {
    for (const std::string text : texts) {
        for (const auto& list : {text, "p50<1s," + text + ",rate>1"}) {
            const auto read = parse_goals(list);
            EXPECT_FALSE(read) << list;
            if (read) continue;
            EXPECT_THAT(read.error(), HasSubstr("`" + text + "`")) << list;
        }
    }
}

TEST(Goals, RefuseABadTimeAndNameIt) {
    expect_refused_by_name({"p99", "p99<", "p99<2", "p99<2xs", "p99<ms", "p99<-2ms", "p99<2ms%",
                            "p99<2e3ms", "p99<nanms", "p99<infms", "p99>2ms", "p99=2ms", "p99<<2ms",
                            "p99<2ms<3ms", "max>1ms", "mean>1ms", "max<5"});
}

TEST(Goals, RefuseABadFigureAndNameIt) {
    expect_refused_by_name({"p<2ms", "p100.1<2ms", "p101<2ms", "pxx<2ms", "p-99<2ms", "P99<2ms",
                            "<2ms", "median<1ms", "service<1ms", "service-<1ms", "service-rate>5",
                            "service-errors<1", "service-service-max<1s", "max p99<1s"});
}

TEST(Goals, RefuseABadShareOrNumberAndNameIt) {
    expect_refused_by_name({"errors>1%", "errors<", "errors<x%", "errors<%", "errors<2ms",
                            "errors<-1", "errors<nan", "errors<1e2", "rate<95%", "rate>", "rate>x",
                            "rate>95ms", "rate>%", "rate>inf", "rate>nan%", "handshakes<10",
                            "handshakes>10%", "handshakes>"});
}

TEST(Goals, RefuseAnEmptyOne) {
    for (const auto text : {",", "p99<2ms,", ",p99<2ms", "p99<2ms,,rate>1"}) {
        const auto read = parse_goals(text);
        EXPECT_FALSE(read) << text;
        if (read) continue;
        EXPECT_FALSE(read.error().empty()) << text;
    }
}

// Each bucket ends a little above its value, so the edges stand at max(), which is exact.
TEST(Goals, MissALatencyThatIsExactlyTheLimit) {
    for (const std::string figure : {"p50", "p99.999", "max", "mean"}) {
        EXPECT_FALSE(met(figure + "<2ms")) << figure;
        EXPECT_TRUE(met(figure + "<2000001ns")) << figure;
        EXPECT_FALSE(met("service-" + figure + "<1ms")) << figure;
        EXPECT_TRUE(met("service-" + figure + "<1000001ns")) << figure;
    }
}

TEST(Goals, MissAShareOrNumberThatIsExactlyTheLimit) {
    EXPECT_FALSE(met("errors<1%"));
    EXPECT_TRUE(met("errors<1.001%"));
    EXPECT_FALSE(met("errors<10"));
    EXPECT_TRUE(met("errors<11"));
    EXPECT_FALSE(met("rate>99%"));
    EXPECT_TRUE(met("rate>98.999%"));
    EXPECT_FALSE(met("rate>99"));
    EXPECT_TRUE(met("rate>98.999"));
    EXPECT_FALSE(met("handshakes>5"));
    EXPECT_TRUE(met("handshakes>4.999"));
}

TEST(Goals, LookAtTheirOwnPercentile) {
    auto run = some_run();
    for (int i = 0; i < 110; ++i) run.latency.record(milliseconds(20));  // a tenth of 1,100
    EXPECT_TRUE(met("p90<3ms", run));
    EXPECT_FALSE(met("p90.1<3ms", run));
    EXPECT_FALSE(met("p99<3ms", run));
    EXPECT_FALSE(met("max<20ms", run));
    EXPECT_TRUE(met("mean<3.81ms", run));  // 2 * 0.9 + 20 * 0.1 = 3.8
    EXPECT_FALSE(met("mean<3.79ms", run));
}

TEST(Goals, CountRepeatedAndUnaskedAnswersAsErrors) {
    auto run = some_run();
    run.counts[incident::repeated] = 1;
    EXPECT_FALSE(met("errors<11", run));
    EXPECT_TRUE(met("errors<12", run));
}

TEST(Goals, SayWhatTheyMissedAndByHowMuch) {
    EXPECT_THAT(miss("p99<1ms"), AllOf(HasSubstr("p99<1ms"), HasSubstr("2 ms")));
    EXPECT_THAT(miss("service-max<900us"),
                AllOf(HasSubstr("service-max<900us"), HasSubstr("1 ms")));
    EXPECT_THAT(miss("errors<0.5%"), AllOf(HasSubstr("errors<0.5%"), HasSubstr("missed: 1%")));
    EXPECT_THAT(miss("errors<10"), AllOf(HasSubstr("errors<10"), HasSubstr("missed: 10")));
    EXPECT_THAT(miss("rate>99.5%"), AllOf(HasSubstr("rate>99.5%"), HasSubstr("missed: 99%")));
    EXPECT_THAT(miss("rate>100"), AllOf(HasSubstr("rate>100"), HasSubstr("99")));
    EXPECT_THAT(miss("handshakes>6"), AllOf(HasSubstr("handshakes>6"), HasSubstr("5")));
}

TEST(Goals, SayLargeFiguresInFull) {
    auto run = some_run();
    run.latency.record(milliseconds(12'345));
    run.counts[outcome::lost] = 1'234'567;
    EXPECT_THAT(miss("max<1s", run), HasSubstr("missed: 12345 ms"));
    EXPECT_THAT(miss("errors<5", run), HasSubstr("missed: 1234567"));
    run.counts[outcome::good] = run.good_in_time = 12'345'670;
    EXPECT_THAT(miss("rate>9999999", run), HasSubstr("missed: 1234567"));
}

// Else it would read `p99<2ms missed: 2 ms`.
TEST(Goals, SayALittleTooMuchExactly) {
    auto run = some_run();
    run.latency.record(nanoseconds(2'001'000));
    EXPECT_THAT(miss("max<2ms", run), HasSubstr("missed: 2.001 ms"));
    run.counts[outcome::good] = run.good_in_time = 99'980;
    run.counts[outcome::lost] = 20;
    EXPECT_THAT(miss("rate>99.99%", run), HasSubstr("missed: 99.98%"));
    EXPECT_THAT(miss("errors<0.01%", run), HasSubstr("missed: 0.02%"));
}

TEST(Goals, AreMetByNoErrorsAtAllWhateverTheNumber) {
    auto run = some_run();
    run.counts[outcome::lost] = 0;
    EXPECT_TRUE(met("errors<0,errors<0%", run));
    EXPECT_FALSE(met("errors<0"));
    EXPECT_FALSE(met("errors<0%"));
    EXPECT_FALSE(met("rate>0,handshakes>0", result()));
}

TEST(Goals, AreToldOneByOne) {
    const auto lines = missed(goals("p99<1ms,p50<1s,errors<5"), some_run());
    ASSERT_EQ(lines.size(), 2u);
    EXPECT_THAT(lines[0], HasSubstr("p99<1ms"));
    EXPECT_THAT(lines[1], HasSubstr("errors<5"));
    EXPECT_TRUE(missed({}, some_run()).empty());
}

// Without an answer there is no latency to be below anything, and no rate above anything.
TEST(Goals, AreMissedWhenNothingWasAnswered) {
    result run;
    run.measured = seconds(10);
    run.counts[outcome::lost] = 100;
    for (const auto text : {"p99<1s", "service-p50<1s", "max<1s", "mean<1s", "rate>1%", "rate>0",
                            "handshakes>0", "errors<100%", "errors<100"}) {
        EXPECT_FALSE(met(text, run)) << text;
    }
}

TEST(Goals, AreMissedWhenNothingWasPlanned) {
    for (const auto text : {"p99<1s", "rate>1%", "rate>0"}) EXPECT_FALSE(met(text, {})) << text;
}

TEST(Goals, TolerateErrorsOnlyWhenOneSaysHowMany) {
    EXPECT_FALSE(tolerates_errors({}));
    EXPECT_FALSE(tolerates_errors(goals("p99<1s,rate>95%")));
    EXPECT_TRUE(tolerates_errors(goals("p99<1s,errors<1%")));
    EXPECT_TRUE(tolerates_errors(goals("errors<1")));
}

}  // namespace
}  // namespace relayauth::load
