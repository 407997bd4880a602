#include "relayauth/cli/password_input.hpp"

#include "relayauth/client/file.hpp"

#include <termios.h>
#include <unistd.h>

#include <csignal>
#include <iostream>

namespace relayauth::cli {
namespace {

// What a signal handler needs to leave the terminal as it was.
volatile std::sig_atomic_t silent_descriptor = -1;
termios terminal_before{};

// tcsetattr, signal and raise may be called here (POSIX 2.4.3).
void restore_and_die(int signal) {
    ::tcsetattr(silent_descriptor, TCSAFLUSH, &terminal_before);
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

// silent_terminal shows nothing of what is typed while it lives, and does not stay behind when
// Ctrl-C ends the program. One at a time.
class silent_terminal {
public:
    explicit silent_terminal(int descriptor) {
        if (::tcgetattr(descriptor, &terminal_before) != 0) return;
        silent_descriptor = descriptor;
        for (const int signal : {SIGINT, SIGTERM, SIGHUP}) std::signal(signal, &restore_and_die);
        auto silent = terminal_before;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        ::tcsetattr(descriptor, TCSAFLUSH, &silent);
        std::cerr << "password (not shown): " << std::flush;
    }
    silent_terminal(const silent_terminal&) = delete;
    silent_terminal& operator=(const silent_terminal&) = delete;
    ~silent_terminal() {
        if (silent_descriptor < 0) return;
        ::tcsetattr(silent_descriptor, TCSAFLUSH, &terminal_before);
        for (const int signal : {SIGINT, SIGTERM, SIGHUP}) std::signal(signal, SIG_DFL);
        silent_descriptor = -1;
        std::cerr << '\n';
    }
};

}  // namespace

result<secret, std::string> read_password(int descriptor) {
    const silent_terminal quiet(descriptor);  // does nothing where there is no terminal
    return client::read_password_line(descriptor, "standard input");
}

}  // namespace relayauth::cli
