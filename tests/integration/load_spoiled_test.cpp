#include "hostile_peer.hpp"
#include "hostile_plan.hpp"
#include "load_run.hpp"

#include <gtest/gtest.h>

#include <ostream>

// What a server can do to single answers, and the word under which `relayauth load` counts it: each
// time with the exact number, and nothing else beside it.
namespace relayauth::lab {
namespace {

using load::verdict_kind;

struct hostile_row {
    std::string name{};
    deed what = deed::none;
    std::string outcome{};   // of the spoiled requests; empty: good
    std::string why{};       // where outcomes are counted by reason
    std::string incident{};  // counted once for each; empty: none
    bool reconnects = false;
    verdict_kind verdict = verdict_kind::good;
    std::string in_flight = "16";
};

std::ostream& operator<<(std::ostream& out, const hostile_row& row) {
    return out << row.name;
}

class HostileRow : public Hostile, public ::testing::WithParamInterface<hostile_row> {};

void expect_counts(const hostile_row& row, const load::result& result) {
    numbers outcomes{{"good", planned}};
    if (!row.outcome.empty())
        outcomes = {{"good", planned - spoiled_ones}, {row.outcome, spoiled_ones}};
    EXPECT_EQ(outcomes_of(result), outcomes);
    numbers incidents{{"connected", connections}};
    if (row.reconnects) {
        incidents["connected"] += spoiled_ones;
        incidents["reconnected"] = spoiled_ones;
    }
    if (!row.incident.empty()) incidents[row.incident] = spoiled_ones;
    EXPECT_EQ(incidents_of(result), incidents);
    const numbers reasons = row.why.empty() ? numbers{} : numbers{{row.why, spoiled_ones}};
    EXPECT_EQ(result.counts.refused_by, row.outcome == "refused" ? reasons : numbers{});
    EXPECT_EQ(result.counts.wrong_by, row.outcome == "wrong" ? reasons : numbers{});
    EXPECT_EQ(result.sample.validated, outcomes["good"]);
    EXPECT_EQ(result.sample.refused_by, numbers{});
    EXPECT_EQ(result.sample.problem, "");
    EXPECT_EQ(result.latency.count(), outcomes["good"]);
}

TEST_P(HostileRow, IsCountedUnderItsOwnName) {
    const auto& row = GetParam();
    const hostile_peer peer(
        server_->port(),
        [&row](auto number) { return is_to_be_spoiled(number) ? row.what : deed::none; }, 20ms);
    const auto run =
        finished_run(peer.address(), usual_and({"--in-flight", row.in_flight, "--sample", "100"}));
    EXPECT_EQ(peer.requests(), planned);
    EXPECT_LT(run->took(), usual_end);
    expect_counts(row, run->result());
    expect_verdict(*run, row.verdict);
}

INSTANTIATE_TEST_SUITE_P(
    AServerThat, HostileRow,
    ::testing::Values(
        hostile_row{.name = "DoesWell"},
        hostile_row{.name = "SendsOctetByOctet", .what = deed::dribbled},
        hostile_row{.name = "SendsProvisionalAnswers", .what = deed::after_provisional},
        hostile_row{.name = "TakesItsTime", .what = deed::delayed, .in_flight = "1"},
        hostile_row{.name = "Reorders", .what = deed::reordered, .incident = "reordered"},
        hostile_row{.name = "HasAnError",
                    .what = deed::status_500,
                    .outcome = "refused",
                    .why = "SIP 500",
                    .verdict = verdict_kind::errors},
        hostile_row{.name = "IsBusy",
                    .what = deed::server_busy,
                    .outcome = "refused",
                    .why = "Server Busy",
                    .verdict = verdict_kind::errors},
        hostile_row{.name = "AltersCSeq",
                    .what = deed::other_cseq,
                    .outcome = "wrong",
                    .why = "CSeq",
                    .verdict = verdict_kind::faulty},
        hostile_row{.name = "InventsIds",
                    .what = deed::unsent_id,
                    .outcome = "wrong",
                    .why = "requestID",
                    .verdict = verdict_kind::faulty},
        hostile_row{.name = "GivesNoPassword",
                    .what = deed::no_password,
                    .outcome = "wrong",
                    .why = "password",
                    .verdict = verdict_kind::faulty},
        hostile_row{.name = "WritesNoXml",
                    .what = deed::no_xml,
                    .outcome = "wrong",
                    .why = "body",
                    .verdict = verdict_kind::faulty},
        hostile_row{.name = "SwapsBodies",
                    .what = deed::bodies_swapped,
                    .outcome = "swapped",
                    .verdict = verdict_kind::faulty,
                    .in_flight = "1"},
        hostile_row{.name = "SpeaksNoSip",
                    .what = deed::garbage,
                    .outcome = "wrong",
                    .why = "Missing Content-Length Header",
                    .reconnects = true,
                    .verdict = verdict_kind::faulty,
                    .in_flight = "1"},
        hostile_row{.name = "Repeats",
                    .what = deed::repeated,
                    .incident = "repeated",
                    .verdict = verdict_kind::faulty},
        hostile_row{.name = "AnswersOthers",
                    .what = deed::stranger_behind,
                    .incident = "unasked",
                    .verdict = verdict_kind::faulty},
        hostile_row{.name = "AddsGarbage",
                    .what = deed::garbage_behind,
                    .incident = "unasked",
                    .reconnects = true,
                    .verdict = verdict_kind::faulty,
                    .in_flight = "1"},
        hostile_row{.name = "DropsAnswers",
                    .what = deed::dropped,
                    .outcome = "lost",
                    .verdict = verdict_kind::errors},
        hostile_row{.name = "Closes",
                    .what = deed::closed,
                    .outcome = "closed",
                    .reconnects = true,
                    .verdict = verdict_kind::errors,
                    .in_flight = "1"},
        hostile_row{.name = "Resets",
                    .what = deed::reset,
                    .outcome = "reset",
                    .reconnects = true,
                    .verdict = verdict_kind::errors,
                    .in_flight = "1"},
        hostile_row{.name = "EndsInMidHead",
                    .what = deed::head_cut,
                    .outcome = "truncated",
                    .reconnects = true,
                    .verdict = verdict_kind::errors,
                    .in_flight = "1"},
        hostile_row{.name = "EndsInMidBody",
                    .what = deed::body_cut,
                    .outcome = "truncated",
                    .reconnects = true,
                    .verdict = verdict_kind::errors,
                    .in_flight = "1"}),
    [](const auto& each) { return each.param.name; });

}  // namespace
}  // namespace relayauth::lab
