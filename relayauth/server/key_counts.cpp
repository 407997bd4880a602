#include "relayauth/server/key_counts.hpp"

#include <cstring>

namespace relayauth::server {

key_counts::place& key_counts::place_of(std::uint64_t key) {
    if (key == 0) return places_.back();
    for (std::size_t i = 0; i < most_keys; ++i) {
        const auto here = places_[i].key.load(std::memory_order_relaxed);
        if (here == key) return places_[i];
        if (here != 0) continue;
        places_[i].key.store(key, std::memory_order_relaxed);
        return places_[i];
    }
    return places_.back();
}

void key_counts::add(std::string_view key_id) {
    std::uint64_t key = 0;
    if (key_id.size() <= sizeof key) std::memcpy(&key, key_id.data(), key_id.size());
    auto& count = place_of(key).count;
    count.store(count.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
}

void key_counts::add_to(std::map<std::string, std::uint64_t, std::less<>>& sums) const {
    for (std::size_t i = 0; i < most_keys; ++i) {
        const auto key = places_[i].key.load(std::memory_order_relaxed);
        if (key == 0) break;
        std::array<char, sizeof key + 1> text{};
        std::memcpy(text.data(), &key, sizeof key);
        sums[text.data()] += places_[i].count.load(std::memory_order_relaxed);
    }
    const auto others = places_.back().count.load(std::memory_order_relaxed);
    if (others > 0) sums[std::string(other)] += others;
}

}  // namespace relayauth::server
