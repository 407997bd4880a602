#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace relayauth::server {

// key_counts counts by short key id. Its table is of fixed size, since keys come and go with
// SIGHUP: what finds no place counts as `other`. Written by one thread and read by any, without a
// locked instruction.
class key_counts {
public:
    static constexpr std::size_t most_keys = 32;
    static constexpr std::string_view other = "other";

    // `key_id` has at most 8 characters; an empty one counts as other.
    void add(std::string_view key_id);

    // add_to puts each count on top of the one of the same key id.
    void add_to(std::map<std::string, std::uint64_t, std::less<>>& sums) const;

private:
    struct place {
        std::atomic<std::uint64_t> key{0};  // its characters; 0 while it is free
        std::atomic<std::uint64_t> count{0};
    };
    place& place_of(std::uint64_t key);

    std::array<place, most_keys + 1> places_;  // the last is for all others
};

}  // namespace relayauth::server
