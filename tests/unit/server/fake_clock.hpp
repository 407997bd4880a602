#pragma once

#include "vector_options.hpp"

#include "relayauth/net/clock.hpp"

namespace relayauth::server {

// fake_clock stands still where it was put; a drift makes nothing of its offset.
class fake_clock final : public net::movable_clock {
public:
    explicit fake_clock(ticks offset = ticks{0}) : offset_(offset) {}
    wall_time wall() const override { return today + offset_; }
    mono_time mono() const override { return {}; }
    mono_time boot() const override { return {}; }
    net::kernel_sync kernel() const override { return net::kernel_sync::unknown; }
    void move(ticks offset, std::int64_t drift_ppm) override {
        offset_ = offset;
        drift_ppm_ = drift_ppm;
    }
    ticks offset() const override { return offset_; }
    std::int64_t drift_ppm() const override { return drift_ppm_; }

private:
    ticks offset_;
    std::int64_t drift_ppm_ = 0;
};

}  // namespace relayauth::server
