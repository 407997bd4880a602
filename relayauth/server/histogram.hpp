#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>

namespace relayauth::server {

// histogram counts values, in seconds, by the first of its upper bounds that they do not exceed. As
// a counter it is written by one thread and read by any, without a locked instruction: a reading
// taken meanwhile may miss the last values, never more.
class histogram {
public:
    static constexpr std::size_t most_bounds = 20;

    // `upper_bounds` rise and outlive this; those past most_bounds are not looked at.
    explicit histogram(std::span<const double> upper_bounds);

    // add counts `seconds` `times` times over.
    void add(double seconds, std::uint64_t times = 1);

    // reading is what one or more histograms of the same bounds held.
    struct reading {
        std::array<std::uint64_t, most_bounds + 1> counts{};  // by bound; the last used: above all
        double sum = 0;                                       // of the values
    };
    // add_to puts what was counted on top of `sums`.
    void add_to(reading& sums) const;

    std::span<const double> bounds() const { return bounds_; }

private:
    std::span<const double> bounds_;
    std::array<std::atomic<std::uint64_t>, most_bounds + 1> counts_{};
    std::atomic<double> sum_{0};
};

// From 10 us, less than a request takes, to 5 s, when every client has given up.
inline constexpr std::array<double, 18> latency_bounds = {
    10e-6, 25e-6, 50e-6, 100e-6, 250e-6, 500e-6, 1e-3, 2.5e-3, 5e-3,
    10e-3, 25e-3, 50e-3, 100e-3, 250e-3, 500e-3, 1,    2.5,    5};

// Of another clock against ours, signed. The default tolerance, 300 s, is a bound, and so is the
// largest one, 900 s; what lies beyond is told apart by hours.
inline constexpr std::array<double, 17> clock_offset_bounds = {
    -43200, -28800, -3600, -900, -300, -60, -5, -1, 0, 1, 5, 60, 300, 900, 3600, 28800, 43200};

}  // namespace relayauth::server
