#include "relayauth/load/time_line.hpp"

#include <algorithm>
#include <cmath>

namespace relayauth::load {
double time_step::a_second(std::uint64_t count) const {
    const auto length = to - from;
    return length.count() > 0 ? static_cast<double>(count) / length.count() : 0;
}

std::vector<time_step> time_steps(const result& from, std::size_t most) {
    const auto count = from.time_line.size();
    const auto together = count / most + (count % most == 0 ? 0 : 1);
    const std::chrono::duration<double> length(from.interval_length);
    std::vector<time_step> steps;
    for (std::size_t first = 0; first < count; first += together) {
        const auto end = std::min(first + together, count);
        time_step step{length * static_cast<double>(first), length * static_cast<double>(end), {}};
        for (auto i = first; i < end; ++i) step.counted.merge(from.time_line[i]);
        steps.push_back(std::move(step));
    }
    return steps;
}

std::chrono::nanoseconds percentile(const interval& of, double percent) {
    std::uint64_t total = 0;
    for (const auto& [index, count] : of.latency) total += count;
    // As histogram::percentile has it.
    const auto rank =
        std::ceil(std::clamp(percent, 0.0, 100.0) / 100 * static_cast<double>(total) * (1 - 1e-12));
    std::uint64_t seen = 0;
    for (const auto& [index, count] : of.latency) {
        seen += count;
        if (count > 0 && seen >= std::max<std::uint64_t>(1, static_cast<std::uint64_t>(rank))) {
            return histogram::upper_end((std::size_t{index} + 1) * time_line_coarseness - 1);
        }
    }
    return std::chrono::nanoseconds(0);
}

}  // namespace relayauth::load
