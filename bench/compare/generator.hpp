#pragma once

#include "servers.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace relayauth::compare {

// timing is how long a generator runs: warm_up uncounted, then duration.
struct timing {
    std::chrono::milliseconds warm_up{500};
    std::chrono::milliseconds duration{2000};
};

// traffic is what one generator sends over 8 connections.
struct traffic {
    std::string protocol;         // of `relayauth load`: sip-tcp, sip-tls, rpc-tcp
    int in_flight = 16;           // on each connection
    double rate = 0;              // planned requests a second; 0: the next one follows each answer
    bool handshake_each = false;  // a connection for each request
};

// sample is one run. Busy shares are processor time over real time.
struct sample {
    double rate = 0;         // answers a second
    double cpu_ns = 0;       // of the server, for each answer
    double server_busy = 0;  // 1: as much as one core has
    double generator_busy = 0;
    double kept_waiting = 0;  // share of the time that either was ready to run, and others ran
    double p999_us = 0;       // from the planned time
    double is_void = 0;       // 1: by its own verdict the generator was the limit
};

// run_generator sends `load` to a server that may answer with canned octets: only framing and
// status are looked at, whoever answers, so that the generator's work is the same for all. Nothing,
// and the generator's words printed, if it did not go well.
std::optional<sample> run_generator(const target& server, const traffic& load, const timing& time);

// answers_are_right lets the generator look at each answer as a client would.
bool answers_are_right(const target& server, const std::string& protocol);

}  // namespace relayauth::compare
