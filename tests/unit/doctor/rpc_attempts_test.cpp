#include "relayauth/doctor/rpc_attempts.hpp"

#include <gtest/gtest.h>

namespace relayauth::doctor {
namespace {

using namespace std::chrono_literals;
using client::failure_kind;
using door = rpc_findings::door;

broken_connection broken(failure_kind kind, bool unanswered = false) {
    return {{"", kind}, unanswered, 1ms};
}

rpc_findings attempt(door is) {
    rpc_findings made;
    made.is = is;
    if (is != door::open) made.broke = broken(failure_kind::closed, is == door::late);
    return made;
}

TEST(RpcAttempt, FindsNoDoorOnlyWhereSomebodyReadIt) {
    EXPECT_EQ(door_shown(broken(failure_kind::closed), true), door::none);
    EXPECT_EQ(door_shown(broken(failure_kind::other), true), door::none);
    EXPECT_EQ(door_shown(broken(failure_kind::tls), true), door::broken);
    EXPECT_EQ(door_shown(broken(failure_kind::silent, true), true), door::late);
    for (const auto kind : {failure_kind::refused, failure_kind::no_handshake, failure_kind::tls,
                            failure_kind::other, failure_kind::unreachable}) {
        EXPECT_EQ(door_shown(broken(kind), false), door::broken);
    }
    EXPECT_EQ(door_shown(broken(failure_kind::no_handshake, true), false), door::late);
}

TEST(RpcAttempts, LetAnOpenDoorHaveTheLastWord) {
    for (const auto first : {door::none, door::broken, door::late}) {
        const auto made = joined_attempts(attempt(first), attempt(door::open));
        EXPECT_EQ(made.is, door::open);
        EXPECT_TRUE(made.broke);
    }
}

TEST(RpcAttempts, TellOfADoorOnlyWhatBothShow) {
    const auto both = [](door first, door second) {
        return joined_attempts(attempt(first), attempt(second)).is;
    };
    EXPECT_EQ(both(door::none, door::none), door::none);
    EXPECT_EQ(both(door::none, door::broken), door::broken);
    EXPECT_EQ(both(door::broken, door::none), door::broken);
    EXPECT_EQ(both(door::late, door::none), door::late);
    EXPECT_EQ(both(door::none, door::late), door::late);
}

TEST(RpcAttempts, TakeAServerThatAnswersServiceAgainForOneWithoutRpc) {
    EXPECT_EQ(after_another_service(attempt(door::late), {}).is, door::none);
    EXPECT_EQ(after_another_service(attempt(door::none), {}).is, door::none);
    EXPECT_EQ(after_another_service(attempt(door::broken), {}).is, door::broken);
    const auto mute =
        after_another_service(attempt(door::late), broken(failure_kind::silent, true));
    EXPECT_EQ(mute.is, door::broken);
    EXPECT_EQ(mute.broke->why.kind, failure_kind::silent);
}

}  // namespace
}  // namespace relayauth::doctor
