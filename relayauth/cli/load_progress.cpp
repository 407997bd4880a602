#include "relayauth/cli/load_progress.hpp"

#include "relayauth/load/figures.hpp"

#include <unistd.h>

#include <algorithm>
#include <iostream>

namespace relayauth::cli {
namespace {

using std::chrono::nanoseconds;
using std::chrono::seconds;

std::string whole_seconds(nanoseconds time) {
    return std::to_string(std::chrono::floor<seconds>(time).count()) + " s";
}

}  // namespace

std::string progress_line(const load::progress& said, const load::options& chosen) {
    const nanoseconds total = chosen.warm_up + chosen.duration;
    auto line = whole_seconds(std::min(said.elapsed, total)) + " of " + whole_seconds(total);
    if (said.warming_up) line += " (warm-up)";
    if (!chosen.closed) line += "  planned " + load::rate_figure(said.planned_rate) + "/s";
    line += "  good " + load::rate_figure(said.achieved_rate) + "/s";
    line += "  p50 " + load::duration_figure(said.p50) + "  p99 " + load::duration_figure(said.p99);
    return line + "  errors " + load::count_figure(said.errors);
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
