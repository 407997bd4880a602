#include "relayauth/load/histogram.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace relayauth::load {

histogram::histogram() : counts_(buckets_in_all) {}

std::size_t histogram::index_of(duration value) {
    const auto clamped = std::clamp(value, duration(0), max_value);
    const auto ns = static_cast<std::uint64_t>(clamped.count());
    if (ns < exact_below) return ns;
    const auto shift = static_cast<unsigned>(std::bit_width(ns)) - digits_bits - 1;
    return (std::size_t{shift} << digits_bits) + (ns >> shift);
}

histogram::duration histogram::upper_end(std::size_t index) {
    if (index < exact_below) return duration(static_cast<std::int64_t>(index));
    const auto shift = (index >> digits_bits) - 1;
    const auto mantissa = index - (shift << digits_bits);
    return duration(static_cast<std::int64_t>(((mantissa + 1) << shift) - 1));
}

void histogram::record(duration value) {
    value = std::max(value, duration(0));
    ++counts_[index_of(value)];
    ++count_;
    sum_ns_ += static_cast<double>(value.count());
    min_ = std::min(min_, value);
    max_ = std::max(max_, value);
}

void histogram::merge(const histogram& other) {
    for (std::size_t i = 0; i < buckets_in_all; ++i) counts_[i] += other.counts_[i];
    count_ += other.count_;
    sum_ns_ += other.sum_ns_;
    min_ = std::min(min_, other.min_);
    max_ = std::max(max_, other.max_);
}

void histogram::clear() {
    if (count_ == 0) return;
    std::fill(counts_.begin(), counts_.end(), 0);
    count_ = 0;
    sum_ns_ = 0;
    min_ = duration::max();
    max_ = duration(0);
}

histogram::duration histogram::mean() const {
    if (count_ == 0) return duration(0);
    return duration(std::llround(sum_ns_ / static_cast<double>(count_)));
}

histogram::duration histogram::percentile(double percent) const {
    if (count_ == 0) return duration(0);
    const auto share = std::clamp(percent, 0.0, 100.0) / 100;
    // 99.9 / 100 * 1000 is a little more than 999: that must not make it the 1,000th value.
    const auto rank = std::ceil(share * static_cast<double>(count_) * (1 - 1e-12));
    const auto wanted = std::clamp<std::uint64_t>(static_cast<std::uint64_t>(rank), 1, count_);
    std::uint64_t seen = 0;
    for (std::size_t i = 0; i < buckets_in_all; ++i) {
        seen += counts_[i];
        if (seen >= wanted) return std::min(upper_end(i), max_);
    }
    return max_;
}

std::uint64_t histogram::count_above(duration value) const {
    std::uint64_t above = 0;
    for (auto i = index_of(value) + 1; i < buckets_in_all; ++i) above += counts_[i];
    return above;
}

std::vector<histogram::bucket> histogram::buckets() const {
    std::vector<bucket> filled;
    for (std::size_t i = 0; i < buckets_in_all; ++i) {
        if (counts_[i] != 0) filled.push_back({static_cast<std::uint32_t>(i), counts_[i]});
    }
    return filled;
}

bool histogram::restore(std::span<const bucket> from, duration min, duration max, double sum_ns) {
    auto total = count_;
    for (const auto& each : from) {
        if (each.index >= buckets_in_all) return false;
        if (each.count > std::numeric_limits<std::uint64_t>::max() - total) return false;
        total += each.count;
    }
    if (total == count_) return true;
    for (const auto& each : from) counts_[each.index] += each.count;
    count_ = total;
    sum_ns_ += sum_ns;
    min_ = std::min(min_, min);
    max_ = std::max(max_, max);
    return true;
}

}  // namespace relayauth::load
