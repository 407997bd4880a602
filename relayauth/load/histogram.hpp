#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace relayauth::load {

// histogram counts durations with 3 significant digits: up to 2,048 ns each nanosecond has a bucket
// of its own, above that each power of two has 1,024, so a value is off by at most 1 part in 1,024.
// What is longer than max_value counts as max_value; max() stays true. Sums of histograms are
// exact, whoever recorded them. No thread promise: one recorder at a time.
class histogram {
public:
    using duration = std::chrono::nanoseconds;
    static constexpr duration max_value = std::chrono::seconds(60);

    // bucket is one that is not empty, for those who write a histogram down.
    struct bucket {
        std::uint32_t index;
        std::uint64_t count;
    };

    histogram();

    // record counts one value; a negative one counts as 0.
    void record(duration value);
    void merge(const histogram& other);
    void clear();

    std::uint64_t count() const { return count_; }
    duration max() const { return max_; }
    duration min() const { return count_ == 0 ? duration(0) : min_; }
    duration mean() const;

    // percentile is the least value that at least `percent` (0 to 100) of all values do not exceed,
    // as the upper end of its bucket, but never above max(). 0 if there are none.
    duration percentile(double percent) const;

    // count_above tells how many values are in buckets that lie wholly above `value`.
    std::uint64_t count_above(duration value) const;

    std::vector<bucket> buckets() const;
    // restore adds what buckets(), min(), max() and the sum said of another. False, and nothing
    // added, if an index is none or the counts or their sum overflow.
    bool restore(std::span<const bucket> from, duration min, duration max, double sum_ns);
    double sum_ns() const { return sum_ns_; }

    // index_of and upper_end are the two directions between values and buckets.
    static std::size_t index_of(duration value);
    static duration upper_end(std::size_t index);
    static constexpr std::size_t bucket_count() { return buckets_in_all; }

private:
    static constexpr unsigned digits_bits = 10;  // 2^10 buckets a power of two: 3 digits
    static constexpr std::uint64_t exact_below = 2u << digits_bits;
    // 60 s is below 2^36 ns. Up to 2^11 there are two times 2^10 buckets, then 2^10 for each power.
    static constexpr std::size_t buckets_in_all = (36 - digits_bits + 1) << digits_bits;

    std::vector<std::uint64_t> counts_;
    std::uint64_t count_ = 0;
    double sum_ns_ = 0;
    duration min_ = duration::max();
    duration max_{0};
};

}  // namespace relayauth::load
