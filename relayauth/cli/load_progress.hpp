#pragma once

#include "relayauth/load/options.hpp"
#include "relayauth/load/run.hpp"

#include <chrono>
#include <string>

namespace relayauth::cli {

// progress_line is what a run tells of itself while it goes, without a line end:
// `3 s of 11 s  planned 1,000/s  good 998/s  p50 211 us  p99 801 us  errors 0`.
std::string progress_line(const load::progress& said, const load::options& chosen);

// load_progress shows those lines on standard error: on a terminal one line, drawn again in place;
// else plain lines, about twenty in a run and at most one a second. It ends the drawn line when it
// goes.
class load_progress {
public:
    load_progress(const load::options& chosen, bool quiet);
    ~load_progress();
    load_progress(const load_progress&) = delete;
    load_progress& operator=(const load_progress&) = delete;

    void show(const load::progress& said);

private:
    const load::options& chosen_;
    bool quiet_, terminal_, drawn_ = false;
    std::chrono::nanoseconds every_, next_{0};
};

}  // namespace relayauth::cli
