#include "relayauth/cli/interruption.hpp"

#include <gtest/gtest.h>

namespace relayauth::cli {
namespace {

void (*handler_of(int number))(int) {
    struct sigaction now {};
    sigaction(number, nullptr, &now);
    return now.sa_handler;
}

TEST(InterruptionWatch, NotesEachSignalThatAsksForTheEnd) {
    for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGPIPE}) {
        struct sigaction usual {};
        usual.sa_handler = SIG_DFL;
        sigaction(number, &usual, nullptr);
        const interruption_watch watch;
        EXPECT_EQ(interruption_watch::noted(), 0);
        raise(number);
        EXPECT_EQ(interruption_watch::noted(), number);
    }
}

TEST(InterruptionWatch, KeepsTheFirstOne) {
    const interruption_watch watch;
    raise(SIGTERM);
    raise(SIGINT);
    EXPECT_EQ(interruption_watch::noted(), SIGTERM);
}

TEST(InterruptionWatch, PutsTheOldHandlersBack) {
    const auto before = handler_of(SIGTERM);
    {
        const interruption_watch watch;
        EXPECT_NE(handler_of(SIGTERM), before);
    }
    EXPECT_EQ(handler_of(SIGTERM), before);
}

TEST(InterruptionWatch, LeavesAnIgnoredHangUpIgnored) {
    struct sigaction ignored {};
    ignored.sa_handler = SIG_IGN;
    struct sigaction before {};
    sigaction(SIGHUP, &ignored, &before);
    {
        const interruption_watch watch;
        raise(SIGHUP);
        EXPECT_EQ(interruption_watch::noted(), 0);
    }
    EXPECT_EQ(handler_of(SIGHUP), SIG_IGN);
    sigaction(SIGHUP, &before, nullptr);
}

TEST(InterruptionWatch, EndsWithTheCodeThatShellsExpect) {
    EXPECT_EQ(exit_code_of(SIGINT), 130);
    EXPECT_EQ(exit_code_of(SIGTERM), 143);
}

}  // namespace
}  // namespace relayauth::cli
