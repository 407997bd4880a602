#include "free_port.hpp"
#include "running_server.hpp"
#include "temporary_folder.hpp"

#include <gtest/gtest.h>

#include <signal.h>

// `./dev run` of the source tree, as a newcomer sees it; the release build it makes is there
// already.
namespace relayauth::lab {
namespace {

const std::string dev = RELAYAUTH_SOURCE_DIR "/dev";

std::string address() {
    return "127.0.0.1:" + std::to_string(free_port());
}

std::vector<std::string> lab_in(const temporary_folder& place) {
    return {"RELAYAUTH_LAB=" + place.path("lab")};
}

TEST(DevRun, OnceShowsACredentialGoodHereAndRefusedByAWrongClock) {
    const temporary_folder place;
    const auto done = run({dev, "run", "--once", "--listen", address()}, lab_in(place), {}, 120s);
    EXPECT_EQ(done.code, 0) << done.output << done.errors;
    std::size_t at = 0;  // in this order
    for (const auto* words :
         {"== a lab certificate", "== one credential, requested over SIP and TLS",
          "== what the username says", "== is it good?", "good",
          "== the same credential at a second server", "not_yet_valid", "time zone error"}) {
        at = done.output.find(words, at);
        ASSERT_NE(at, std::string::npos) << words << " is missing:\n" << done.output << done.errors;
    }
    EXPECT_NE(read_file(place.path("lab/server.log")).find(" stopped"), std::string::npos);
}

TEST(DevRun, CtrlCStopsTheServerOnceAndWell) {
    const temporary_folder place;
    // A terminal's Ctrl-C goes to a whole process group, so this one gets a group of its own; and
    // the signal must not be ignored, as it is under a shell's `&`.
    child_process running(
        {"env", "--default-signal=INT", "setsid", dev, "run", "--listen", address()},
        lab_in(place));
    EXPECT_TRUE(eventually(
        [&] { return running.output().find("until Ctrl-C") != std::string::npos; }, 120s))
        << running.output() << running.errors();
    ::kill(-running.id(), SIGINT);
    EXPECT_EQ(running.wait(), 0) << running.output() << running.errors();
    const auto log = read_file(place.path("lab/server.log"));
    EXPECT_NE(log.find(" stopping "), std::string::npos) << log;
    EXPECT_NE(log.find(" stopped"), std::string::npos) << log;
}

}  // namespace
}  // namespace relayauth::lab
