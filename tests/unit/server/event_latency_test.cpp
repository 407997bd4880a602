// Which answers event_log times, and which it leaves out.
#include "log_capture.hpp"

#include "relayauth/server/event_log.hpp"

#include <gtest/gtest.h>

namespace relayauth::server {
namespace {

using namespace std::chrono_literals;
using session::event;

// An event_log that hears of two issues, and of two more and a validation of a spoilt answer.
template <class Then>
void after_a_spoilt_answer(bool goes_out, Then then) {
    lines_of(log_format::text, [&](log& output) {
        skewed_peers skewed;
        event_log events(output, 1, 300s, skewed);
        const auto hear = [&events](event::kind what) { events.on_event({}, event(what)); };
        hear(event::kind::issued);
        hear(event::kind::issued);
        events.on_spoilt_answer();
        hear(event::kind::issued);
        hear(event::kind::issue_refused);
        hear(event::kind::validated);
        events.on_spoilt_answer_end(goes_out);
        then(events);
    });
}

histogram::reading issues_of(const event_log& events) {
    histogram::reading sums;
    events.counts().issue_latency.add_to(sums);
    return sums;
}
histogram::reading validations_of(const event_log& events) {
    histogram::reading sums;
    events.counts().validate_latency.add_to(sums);
    return sums;
}

TEST(EventLatency, LeavesOutWhatDidNotGoOut) {
    after_a_spoilt_answer(false, [](event_log& events) {
        events.on_served(10ms);
        EXPECT_NEAR(issues_of(events).sum, 0.02, 1e-9);
        EXPECT_EQ(validations_of(events).sum, 0);
        events.on_served(5s);  // of a later read
        EXPECT_NEAR(issues_of(events).sum, 0.02, 1e-9);
    });
}

TEST(EventLatency, CountsWhatWasHeldWhenItGoesOut) {
    after_a_spoilt_answer(false, [](event_log& events) {
        events.on_served(10ms);
        const auto held = events.take_held_back();
        EXPECT_EQ(events.take_held_back().issues, 0u);
        events.on_served_late(held, 3s);
        EXPECT_NEAR(issues_of(events).sum, 6.02, 1e-9);
        EXPECT_NEAR(validations_of(events).sum, 3, 1e-9);
    });
}

TEST(EventLatency, CountsWhatGoesOutCut) {
    after_a_spoilt_answer(true, [](event_log& events) {
        events.on_served(10ms);
        EXPECT_NEAR(issues_of(events).sum, 0.04, 1e-9);
        EXPECT_NEAR(validations_of(events).sum, 0.01, 1e-9);
        EXPECT_EQ(events.take_held_back().issues, 0u);
    });
}

}  // namespace
}  // namespace relayauth::server
