#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relayauth::doctor {

// verdict is one check's. `skipped` says why in its words.
enum class verdict { ok, skipped, warn, fail };

// to_text is the value's name.
std::string_view to_text(verdict value);

// trouble is what a check that is not ok means, for the conclusion. A cause explains what else is
// wrong: of several troubles the one with the heaviest weight is told first.
struct trouble {
    enum class weight { note, slow, relay, key, judge, credential, refused, clock, unreachable };
    weight how_heavy = weight::note;
    std::string headline;        // one sentence without its full stop
    std::string symptom;         // where an administrator meets it; may be empty
    std::string remedy;          // what to do, in the imperative; may be empty
    std::string user_sees = {};  // if it is something else than what a failure usually does
};

// check is one line of the list. All text is printable.
struct check {
    std::string name;  // `clock`
    doctor::verdict verdict = doctor::verdict::ok;
    std::string words;
    std::vector<std::pair<std::string, std::int64_t>> numbers = {};  // `service_ms`, 3
    std::vector<trouble> troubles = {};
};

}  // namespace relayauth::doctor
