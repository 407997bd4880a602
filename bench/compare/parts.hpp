#pragma once

#include "generator.hpp"

namespace relayauth::compare {

struct plan {
    timing time;
    int rounds = 5;
};

// The parts of the comparison. Each starts its servers, takes its rounds in turns, prints its rows,
// and gives whether everything could be measured and every answer was right; a missed goal is no
// failure.
bool compare_requests(const plan& how);
bool compare_workers(const plan& how);
bool compare_handshakes(const plan& how);
bool measure_idle_connections();

}  // namespace relayauth::compare
