#include "relayauth/cli/interruption.hpp"

#include <atomic>

namespace relayauth::cli {
namespace {

// Lock-free, hence allowed in a signal handler.
std::atomic<int> first_signal{0};
static_assert(std::atomic<int>::is_always_lock_free);

void note(int number) {
    int none = 0;
    first_signal.compare_exchange_strong(none, number);
}

}  // namespace

interruption_watch::interruption_watch() {
    first_signal = 0;
    struct sigaction noting {};
    noting.sa_handler = note;
    noting.sa_flags = SA_RESTART;  // who waits notices by asking noted(), not by a broken call
    sigemptyset(&noting.sa_mask);
    for (std::size_t i = 0; i < watched.size(); ++i) {
        sigaction(watched[i], nullptr, &before_[i]);
        const bool left_alone = watched[i] == SIGHUP && before_[i].sa_handler == SIG_IGN;
        if (!left_alone) sigaction(watched[i], &noting, nullptr);
    }
}

interruption_watch::~interruption_watch() {
    for (std::size_t i = 0; i < watched.size(); ++i) sigaction(watched[i], &before_[i], nullptr);
}

int interruption_watch::noted() {
    return first_signal;
}

}  // namespace relayauth::cli
