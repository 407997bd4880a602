#pragma once

#include "relayauth/doctor/report.hpp"

#include <string>

namespace relayauth::cli {

// What `doctor` prints. All of it is pure, safe from any thread, and prints nothing that a terminal
// would obey.

// report_text is the list, a line a check, and the conclusion. Ends with a line feed.
std::string report_text(const doctor::report& value);

// report_json is one object without a line feed.
std::string report_json(const doctor::report& value);

// changes_text is what is another verdict or another trouble than before, a line a check behind the
// time, and the conclusion if it is another; empty: nothing. Numbers alone change nothing, but a
// clock that stepped does.
std::string changes_text(const doctor::report& before, const doctor::report& now);

// exit_code_of is what `doctor` ends with.
int exit_code_of(doctor::health state);

}  // namespace relayauth::cli
