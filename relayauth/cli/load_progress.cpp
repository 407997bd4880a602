#include "relayauth/cli/load_progress.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <iostream>

namespace relayauth::cli {
namespace {

using std::chrono::nanoseconds;
using std::chrono::seconds;

double in_ms(nanoseconds time) {
    return static_cast<double>(time.count()) / 1e6;
}

long long whole_seconds(nanoseconds time) {
    return std::chrono::round<seconds>(time).count();
}

}  // namespace

std::string progress_line(const load::progress& said, const load::options& chosen) {
    const nanoseconds total = chosen.warm_up + chosen.duration;
    std::string planned;
    char text[200];
    if (!chosen.closed) {
        std::snprintf(text, sizeof text, "  planned %.6g/s", said.planned_rate);
        planned = text;
    }
    std::snprintf(text, sizeof text,
                  "%lld s of %lld s%s%s  good %.0f/s  p50 %.3g ms  p99 %.3g ms  errors %llu",
                  whole_seconds(std::min(said.elapsed, total)), whole_seconds(total),
                  said.warming_up ? " (warm-up)" : "", planned.c_str(), said.achieved_rate,
                  in_ms(said.p50), in_ms(said.p99), static_cast<unsigned long long>(said.errors));
    return text;
}

load_progress::load_progress(const load::options& chosen, bool quiet)
    : chosen_(chosen), quiet_(quiet), terminal_(::isatty(STDERR_FILENO) == 1) {
    const auto twentieth = std::chrono::round<seconds>((chosen.warm_up + chosen.duration) / 20);
    every_ = terminal_ ? seconds(1) : std::max(seconds(1), twentieth);
}

load_progress::~load_progress() {
    if (drawn_) std::cerr << '\n';
}

void load_progress::show(const load::progress& said) {
    if (quiet_ || said.elapsed < next_) return;
    // A little early is still its turn: the seconds are not met to the millisecond.
    next_ = said.elapsed + every_ - std::chrono::milliseconds(500);
    const auto line = progress_line(said, chosen_);
    if (!terminal_) {
        std::cerr << line << '\n';
        return;
    }
    // Back to the line's begin, and what an earlier, longer one left is cleared.
    std::cerr << '\r' << line << "\x1b[K" << std::flush;
    drawn_ = true;
}

}  // namespace relayauth::cli
