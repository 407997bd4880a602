// Design notes 6: no allocation per request in the steady state.
#include "allocation_count.hpp"
#include "rpc_talk.hpp"
#include "sip_talk.hpp"
#include "talk.hpp"
#include "tests/support/sip_messages.hpp"
#include "tests/unit/credential/hand_made.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace relayauth::session {
namespace {

struct silent final : observer {
    void on_event(const peer&, const event& happened) override {
        answered += happened.what == event::kind::issued || happened.what == event::kind::validated;
    }
    int answered = 0;
};

// allocations_of feeds `message` to a warm connection `times` over; how often memory was asked for.
std::size_t allocations_of(std::string_view message, bool after_preface, int times,
                           int events_each = 1) {
    silent events;
    context ctx(make_settings({"example.test"}), events, 1);
    connection line(loopback(), standing::may_mint);
    output out;
    auto octets = heap_copy(message);
    auto first = heap_copy(preface);
    if (after_preface) line.on_bytes(ctx, first, now_2026, out);

    std::size_t before = 0;
    constexpr int warm_up = 3;
    for (int i = 0; i < warm_up + times; ++i) {
        if (i == warm_up) before = allocation_count();
        out.clear();
        std::copy(message.begin(), message.end(), octets.begin());  // the last parse wrote into it
        line.on_bytes(ctx, octets, now_2026 + std::chrono::seconds(i), out);
        out.stamp(write_time);
    }
    const auto spent = allocation_count() - before;
    EXPECT_EQ(events.answered, (warm_up + times) * events_each);
    EXPECT_GT(out.bytes.size(), 100u);
    return spent;
}

TEST(Allocation, IsSeen) {
    const auto before = allocation_count();
    auto* const one = new int(1);
    EXPECT_GT(allocation_count(), before);
    delete one;
}

TEST(Allocation, NoneForAServiceRequest) {
    EXPECT_EQ(allocations_of(sip::messages::lync_2010_service, false, 100), 0u);
    EXPECT_EQ(allocations_of(sip::messages::sipe_service, false, 100), 0u);
}

TEST(Allocation, NoneForAnRpcIssue) {
    EXPECT_EQ(allocations_of(issue(7), true, 100), 0u);
}

TEST(Allocation, NoneForAnRpcBatchOfGoodCredentials) {
    const auto good = credential::hand_made::username(now_2026 + std::chrono::hours(8),
                                                      credential::hand_made::flags_of_8_hours);
    const auto with_key = item(good, text_field(3, "example.test") + number_field(5, 1));
    std::string items;
    for (int i = 0; i < 50; ++i) items += item(good) + with_key;
    EXPECT_EQ(allocations_of(validate(7, items), true, 100, 100), 0u);
}

}  // namespace
}  // namespace relayauth::session
