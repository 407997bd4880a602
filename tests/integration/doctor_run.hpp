#pragma once

#include "child_process.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relayauth::lab {

// doctor_run is one run of `relayauth doctor ADDRESS --json OPTIONS`, begun when it is made: let
// several run side by side.
class doctor_run {
public:
    doctor_run(const std::string& address, const std::vector<std::string>& options = {},
               const std::vector<std::string>& environment = {});

    // All of these wait for its end; one that takes longer than it promises is a test failure.
    int code();
    const std::string& json();
    std::string conclusion();
    // verdict_of and words_of are of the check with that name.
    std::string verdict_of(const std::string& check);
    std::string words_of(const std::string& check);

private:
    void finish();
    std::string member_of(const std::string& check, const std::string& member);

    child_process process_;
    std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
    std::optional<int> code_;
    std::string json_;
};

// deaf_listener takes TCP connections, as the kernel does, and never reads or says anything.
class deaf_listener {
public:
    deaf_listener();
    std::string address() const { return "127.0.0.1:" + std::to_string(port_); }

private:
    descriptor socket_;
    std::uint16_t port_ = 0;
};

}  // namespace relayauth::lab
