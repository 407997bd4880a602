#pragma once

#include "relayauth/doctor/check.hpp"
#include "relayauth/doctor/findings.hpp"

#include <optional>
#include <string>
#include <vector>

namespace relayauth::doctor {

// health is what all the verdicts come to.
enum class health {
    well,
    attention,  // users notice nothing yet
    hurt,       // users would be hurt, or nothing could be asked
};

// conclusion is what the list means.
struct conclusion {
    health state = health::well;
    std::string headline;           // one sentence
    std::string user_sees;          // in the client
    std::string symptom;            // where an administrator meets it; may be empty
    std::vector<std::string> next;  // what to do, in order
};

// report is the list and what it means. All text is printable.
struct report {
    std::string server;
    wall_time at;
    std::vector<check> checks;
    doctor::conclusion conclusion;
    std::optional<clock_reading> clock;
};

// conclude gives the heaviest trouble the first word, since it may be the cause of the others.
// Pure; safe from any thread, like write_report.
conclusion conclude(const std::vector<check>& checks);

// write_report judges what was seen.
report write_report(const findings& seen);

}  // namespace relayauth::doctor
