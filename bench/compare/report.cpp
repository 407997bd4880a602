#include "report.hpp"

#include "bench/median.hpp"

#include <algorithm>
#include <cstdio>

namespace relayauth::compare {
namespace {

constexpr double least_server_busy = 0.95, most_generator_busy = 0.90;
constexpr double least_of_planned = 0.99, most_kept_waiting = 0.05;

double percent(const series& of, double sample::*member) {
    return median_of(of, member) * 100;
}

bool generator_was_free(const series& of) {
    return median_of(of, &sample::generator_busy) < most_generator_busy;
}

bool server_was_the_limit(const series& of) {
    return median_of(of, &sample::server_busy) >= least_server_busy && generator_was_free(of);
}

void print_busy(const series& above, const series& below) {
    std::printf("busy: server %.0f / %.0f %%, generator %.0f / %.0f %%\n",
                percent(above, &sample::server_busy), percent(below, &sample::server_busy),
                percent(above, &sample::generator_busy), percent(below, &sample::generator_busy));
    const double waited =
        std::max(median_of(above, &sample::kept_waiting), median_of(below, &sample::kept_waiting));
    if (waited > most_kept_waiting)
        std::printf("    do not quote this: something else had a core %.0f %% of the time\n",
                    waited * 100);
}

// A server whose core is full and that still falls behind has missed the goal; one that has not
// was kept from its core.
bool kept_up_or_was_full(const series& of, double planned) {
    return median_of(of, &sample::rate) >= least_of_planned * planned ||
           median_of(of, &sample::server_busy) >= least_server_busy;
}

}  // namespace

double median_of(const series& of, double sample::*member) {
    std::vector<double> values;
    for (const auto& each : of) values.push_back(each.*member);
    return bench::median(std::move(values));
}

void goal::print(double ratio) const {
    const auto meets = [&](double wanted) {
        return higher_is_better ? ratio >= wanted : ratio <= wanted;
    };
    const char* verdict = meets(next) ? "reached, the next too" : meets(now) ? "reached" : "MISSED";
    std::printf("%.2f   goal %.2f  next %.2f  %s\n", ratio, now, next, verdict);
}

void print_cpu_row(const char* what, const series& above, const series& below, goal held_to) {
    const double a = median_of(above, &sample::cpu_ns), b = median_of(below, &sample::cpu_ns);
    std::printf("%s\n    %.0f / %.0f ns = ", what, a, b);
    held_to.print(a / b);
    const double rate = median_of(above, &sample::rate), other = median_of(below, &sample::rate);
    std::printf("    %.0f / %.0f a second = ", rate, other);
    if (server_was_the_limit(above) && server_was_the_limit(below)) {
        std::printf("%.2f;  ", rate / other);
    } else {
        std::printf("void;  ");
    }
    print_busy(above, below);
}

void print_latency_row(const char* what, const series& above, const series& below, double planned,
                       goal held_to) {
    const double a = median_of(above, &sample::p999_us), b = median_of(below, &sample::p999_us);
    std::printf("%s\n    %.0f / %.0f us = ", what, a, b);
    // Most rounds must count: a median of void ones tells of the generator.
    const bool most_count =
        median_of(above, &sample::is_void) == 0 && median_of(below, &sample::is_void) == 0;
    if (most_count && generator_was_free(above) && generator_was_free(below) &&
        kept_up_or_was_full(above, planned) && kept_up_or_was_full(below, planned)) {
        held_to.print(a / b);
    } else {
        std::printf("void\n");
    }
    std::printf("    %.0f a second planned, %.0f / %.0f answered;  ", planned,
                median_of(above, &sample::rate), median_of(below, &sample::rate));
    print_busy(above, below);
}

}  // namespace relayauth::compare
