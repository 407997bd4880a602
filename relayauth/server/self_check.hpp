#pragma once

#include "relayauth/base/wall_time.hpp"
#include "relayauth/server/log.hpp"
#include "relayauth/session/settings.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace relayauth::server {

// How often a running server tests itself; the first time before it serves.
inline constexpr std::chrono::minutes self_test_interval{1};

// self_check keeps what the last self_test found, for /readyz and /metrics, and tells the log when
// that changes. Safe from any thread.
class self_check {
public:
    explicit self_check(log& output) : log_(output) {}

    // run tests `in_force` at `now`.
    void run(std::shared_ptr<const session::settings> in_force, wall_time now);

    // problem is what the last run found; nothing: all was well. Before the first
    // run it is that there was none.
    std::optional<std::string> problem() const;
    std::uint64_t runs() const;
    std::uint64_t failures() const;

private:
    log& log_;
    mutable std::mutex keeping_;
    std::optional<std::string> problem_ = "not run yet";
    std::uint64_t runs_ = 0;
    std::uint64_t failures_ = 0;
};

}  // namespace relayauth::server
