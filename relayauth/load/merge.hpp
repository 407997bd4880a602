#pragma once

#include "relayauth/base/result.hpp"
#include "relayauth/load/result.hpp"

#include <span>
#include <string>

namespace relayauth::load {

// named_result is a result and what people know it by, as a rule its file.
struct named_result {
    std::string name;
    load::result value;
};

// add_measured adds what was counted and timed, by another thread of the same run or in another
// run, to `into`. Times of the whole, and the generator's state, become the larger of both.
void add_measured(result& into, const result& from);

// merge adds up runs that several machines made side by side, as if one machine had made them all.
// Counts, histograms and each step of the time line add up; the measured time is the longest, so
// rates add up too. A machine that is the same in all is listed once. The generator's state is that
// of the worst. Options and goals that differ are listed one after another (`1000 | 2000`). The
// verdict is the worst one; its reasons, the worst run's first, begin with the run's name. One
// result alone stays as it is.
// Refused, with a line that says why: none at all, steps of different lengths, and a closed loop
// beside an open one, whose latencies do not mean the same. Pure; safe from any thread.
relayauth::result<load::result, std::string> merge(std::span<const named_result> runs);

}  // namespace relayauth::load
