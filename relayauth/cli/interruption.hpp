#pragma once

#include <signal.h>  // NOLINT(modernize-deprecated-headers): sigaction is POSIX, not in csignal

#include <array>

namespace relayauth::cli {

// interruption_watch keeps the signals that ask a program to end from ending it, so that what holds
// files and processes can clean up on the way out: SIGINT, SIGTERM, SIGHUP (unless it is ignored,
// as nohup has it) and SIGPIPE (a reader that left). The first one is noted. The old ways are back
// when it goes. One at a time.
class interruption_watch {
public:
    interruption_watch();
    ~interruption_watch();
    interruption_watch(const interruption_watch&) = delete;
    interruption_watch& operator=(const interruption_watch&) = delete;

    // noted is the first signal since the watch began; 0: none. Safe from any thread.
    static int noted();

private:
    static constexpr std::array watched{SIGINT, SIGTERM, SIGHUP, SIGPIPE};
    std::array<struct sigaction, watched.size()> before_{};
};

// exit_code_of is what shells make of an end by this signal: 130 for SIGINT, 143 for SIGTERM.
inline constexpr int exit_code_of(int signal_number) {
    return 128 + signal_number;
}

}  // namespace relayauth::cli
