#pragma once

#include "generator.hpp"

#include <vector>

namespace relayauth::compare {

// series is what one server did under one load, a sample for each round.
using series = std::vector<sample>;

// median_of gives the median of one member.
double median_of(const series& of, double sample::*member);

// goal is what a ratio is held against: at most these, or at least, if higher is better.
struct goal {
    double now, next;
    bool higher_is_better = false;

    // words: `goal 3.50  next 2.60  reached`
    void print(double ratio) const;
};

// print_cpu_row prints above's CPU time a request over below's, and, if both servers were the limit
// (their core at least 95 % busy, the generator's under 90 %), the ratio of rates; else that is
// void.
void print_cpu_row(const char* what, const series& above, const series& below, goal held_to);

// print_latency_row does so for p99.9 when `planned` requests a second were sent to both; void if
// the generator was too busy to be on time, or a server was kept from its core.
void print_latency_row(const char* what, const series& above, const series& below, double planned,
                       goal held_to);

}  // namespace relayauth::compare
