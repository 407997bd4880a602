#include "relayauth/server/counters.hpp"

#include <gtest/gtest.h>

namespace relayauth::server {
namespace {

using session::door;
using session::event;

session::issued_facts minted(std::optional<token::version> version) {
    credential::minted_rest_name from;
    session::issued_facts facts(from);
    facts.version = version;
    return facts;
}

std::uint64_t issued(const counters& sums, door through, credential_form form) {
    return sums.issued[static_cast<std::size_t>(through)][static_cast<std::size_t>(form)].value();
}

TEST(Counters, KeepTheOffsetsOfPeersClocks) {
    counters sums;
    event happened(event::kind::peer_clock, door::sip);
    happened.offset = -std::chrono::hours(8);
    sums.count(happened);
    event refused(event::kind::issue_refused);  // for that very clock: not measured again
    refused.offset = happened.offset;
    sums.count(refused);
    histogram::reading offsets;
    sums.peer_clock_offset.add_to(offsets);
    EXPECT_EQ(offsets.counts[1], 1u) << "the bound of -8 h";
    EXPECT_EQ(offsets.sum, -28800);
}

TEST(Counters, TellIssuedCredentialsApartByDoorAndForm) {
    counters sums;
    const auto v1 = minted(token::version::v1), v2 = minted(token::version::v2);
    const auto rest_name = minted(std::nullopt);
    for (const auto& [through, facts] : {std::pair{door::sip, &v1},
                                         {door::sip, &v2},
                                         {door::rpc, &v2},
                                         {door::rpc, &v2},
                                         {door::rpc, &rest_name}}) {
        event happened(event::kind::issued, through);
        happened.credential = facts;
        sums.count(happened);
    }
    EXPECT_EQ(issued(sums, door::sip, credential_form::v1), 1u);
    EXPECT_EQ(issued(sums, door::sip, credential_form::v2), 1u);
    EXPECT_EQ(issued(sums, door::rpc, credential_form::v1), 0u);
    EXPECT_EQ(issued(sums, door::rpc, credential_form::v2), 2u);
    EXPECT_EQ(issued(sums, door::rpc, credential_form::turn_rest), 1u);
    EXPECT_EQ(sums.sum(event::kind::issued, refusals), 5u);
    EXPECT_EQ(sums.value(door::sip, event::kind::issued, refusals), 2u);
}

TEST(Counters, TellRefusalsApartByDoorAndReason) {
    counters sums;
    event happened(event::kind::validate_refused, door::redis);
    happened.reason = credential::refusal::expired;
    sums.count(happened);
    happened.door = door::rpc;
    sums.count(happened);
    sums.count(happened);
    const auto expired = static_cast<std::size_t>(credential::refusal::expired);
    EXPECT_EQ(sums.value(door::redis, event::kind::validate_refused, expired), 1u);
    EXPECT_EQ(sums.value(door::rpc, event::kind::validate_refused, expired), 2u);
    EXPECT_EQ(sums.value(door::sip, event::kind::validate_refused, expired), 0u);
    EXPECT_EQ(sums.sum(event::kind::validate_refused, expired), 3u);
    EXPECT_EQ(sums.sum(event::kind::validate_refused, refusals), 0u);
}

TEST(Counters, TellValidationsApartByKey) {
    const keyring::entry key{keyring::signing_key("168e9d81", {})};
    credential::verdict good;
    good.signer = &key;
    counters sums;
    event happened(event::kind::validated, door::rpc);
    happened.verdict = &good;
    sums.count(happened);
    happened.what = event::kind::validate_refused;  // its key proves nothing
    sums.count(happened);
    std::map<std::string, std::uint64_t, std::less<>> keys;
    sums.validated_by_key.add_to(keys);
    EXPECT_EQ(keys, (decltype(keys){{"168e9d81", 1}}));
    EXPECT_EQ(sums.sum(event::kind::validated, refusals), 1u);
}

TEST(Heartbeat, KeepsTheLastBeat) {
    heartbeat one;
    one.beat(mono_time(std::chrono::seconds(7)));
    one.beat(mono_time(std::chrono::seconds(9)));
    EXPECT_EQ(one.last(), mono_time(std::chrono::seconds(9)));
}

}  // namespace
}  // namespace relayauth::server
