#include "relayauth/load/html_tables.hpp"

#include "made_result.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relayauth::load {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(LatencyTable, HasAColumnForEachThatWasMeasured) {
    auto run = made_result();
    EXPECT_THAT(latency_table(run), HasSubstr(">handshake</th>"));
    run.handshake.clear();
    EXPECT_THAT(latency_table(run), Not(HasSubstr("handshake")));
    EXPECT_EQ(latency_table(result()), "");
}

TEST(LatencyTable, TellsTheTrueMaximumOfWhatIsLongerThanItsBuckets) {
    EXPECT_THAT(latency_table(slow_result()),
                HasSubstr("max</th><td class=\"n\">69.0&nbsp;s</td>"));
}

TEST(OutcomeTable, HasGoodAndWhateverElseCame) {
    const auto table = outcome_table(made_result());
    EXPECT_THAT(table, HasSubstr("good<small>the right answer, in time</small></th>"
                                 "<td class=\"n\">299,947</td><td class=\"n\">99.98 %</td>"));
    EXPECT_THAT(table, HasSubstr("wrong<"));
    EXPECT_THAT(table, HasSubstr("&lt;0.01 %"));
    EXPECT_THAT(table, Not(HasSubstr("swapped")));
    EXPECT_THAT(outcome_table(result()), HasSubstr("good<"));
}

TEST(IncidentTable, HasWhatHappenedOnly) {
    EXPECT_THAT(incident_table(made_result()), HasSubstr("resumed<"));
    EXPECT_THAT(incident_table(made_result()), Not(HasSubstr("connect_failed<")));
    EXPECT_EQ(incident_table(result()), "");
}

TEST(GeneratorTable, HasItsStateAndTheSample) {
    auto run = made_result();
    EXPECT_THAT(generator_table(run), HasSubstr("34&nbsp;%"));
    EXPECT_THAT(generator_table(run), HasSubstr("100 credentials asked about, none refused"));
    EXPECT_THAT(generator_table(run), Not(HasSubstr("ports")));
    run.self.out_of_ports = 3;
    run.sample.problem = "<b>";
    EXPECT_THAT(generator_table(run), HasSubstr("times out of local ports</th><td class=\"n\">3<"));
    EXPECT_THAT(generator_table(run), HasSubstr("; &lt;b&gt;"));
}

TEST(OptionTable, EscapesNamesAndValues) {
    result run;
    EXPECT_EQ(option_table(run), "");
    run.options = {{"--a<", "\"&"}};
    EXPECT_THAT(option_table(run), HasSubstr("--a&lt;</th><td>&quot;&amp;</td>"));
}

TEST(OptionTable, HasTheGoalsOnce) {
    result run;
    run.goals = "p99<1ms";
    EXPECT_THAT(option_table(run), HasSubstr("goals</th><td>p99&lt;1ms</td>"));
    run.options = {{"--expect", "p99<1ms"}};
    EXPECT_THAT(option_table(run), Not(HasSubstr("goals")));
}

TEST(MachineTable, HasAColumnForWhateverOneMachineNames) {
    result run;
    EXPECT_EQ(machine_table(run), "");
    run.machines = {{{"host", "<a>"}}};
    EXPECT_THAT(machine_table(run), HasSubstr("host</th><td>&lt;a&gt;</td>"));
    run.machines.push_back({{"host", "b"}, {"cores", "2"}});
    EXPECT_THAT(machine_table(run),
                HasSubstr("<tr><td class=\"room\">&lt;a&gt;</td><td class=\"room\"></td></tr>"));
    EXPECT_THAT(machine_table(run), HasSubstr(">cores</th>"));
}

}  // namespace
}  // namespace relayauth::load
