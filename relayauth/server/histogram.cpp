#include "relayauth/server/histogram.hpp"

#include <algorithm>

namespace relayauth::server {
namespace {

template <class Value>
void add_alone(std::atomic<Value>& to, Value more) {
    to.store(to.load(std::memory_order_relaxed) + more, std::memory_order_relaxed);
}

}  // namespace

histogram::histogram(std::span<const double> upper_bounds)
    : bounds_(upper_bounds.first(std::min(upper_bounds.size(), most_bounds))) {}

void histogram::add(double seconds, std::uint64_t times) {
    const auto at = std::lower_bound(bounds_.begin(), bounds_.end(), seconds) - bounds_.begin();
    add_alone(counts_[static_cast<std::size_t>(at)], times);
    add_alone(sum_, seconds * static_cast<double>(times));
}

void histogram::add_to(reading& sums) const {
    for (std::size_t i = 0; i <= bounds_.size(); ++i) {
        sums.counts[i] += counts_[i].load(std::memory_order_relaxed);
    }
    sums.sum += sum_.load(std::memory_order_relaxed);
}

}  // namespace relayauth::server
