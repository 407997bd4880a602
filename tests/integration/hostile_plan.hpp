#pragma once

#include "patience.hpp"
#include "running_server.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace relayauth::lab {

// A run plans so many requests, 300 a second, of which most peers here spoil numbers 10, 25, 40 and
// so on to 85. So many connections that a server without a processor for 50 ms holds up none.
inline constexpr std::uint64_t planned = 120;
inline constexpr std::uint64_t spoiled_ones = 6;
inline constexpr unsigned connections = 16;

inline bool is_to_be_spoiled(std::uint64_t number) {
    return number % 15 == 10 && number < 90;
}

inline std::vector<std::string> with_plan(std::vector<std::string> more) {
    more.insert(more.end(), {"--protocol", "sip-tcp", "--warm-up", "0s"});
    if (std::find(more.begin(), more.end(), "--connections") == more.end())
        more.insert(more.end(), {"--connections", std::to_string(connections)});
    return more;
}

inline const std::vector<std::string> usual = {"--rate", "300",       "--duration",
                                               "400ms",  "--timeout", "1s"};
inline constexpr auto usual_end = 400ms + 1s + 2s;

inline std::vector<std::string> usual_and(const std::vector<std::string>& more) {
    auto options = usual;
    options.insert(options.end(), more.begin(), more.end());
    return with_plan(options);
}

// One server behind all peers.
class Hostile : public ::testing::Test {
protected:
    static void SetUpTestSuite() { server_ = new running_server; }
    static void TearDownTestSuite() { delete std::exchange(server_, nullptr); }

    inline static running_server* server_ = nullptr;
};

}  // namespace relayauth::lab
