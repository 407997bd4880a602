#pragma once

#include <chrono>
#include <compare>

namespace relayauth {

// mono_time is a point of the monotonic clock. Deadlines use it, validity never does; its origin
// means nothing, and it does not convert to or from wall_time.
class mono_time {
public:
    constexpr mono_time() = default;
    constexpr explicit mono_time(std::chrono::nanoseconds since_origin)
        : since_origin_(since_origin) {}

    constexpr std::chrono::nanoseconds since_origin() const { return since_origin_; }
    constexpr auto operator<=>(const mono_time&) const = default;

private:
    std::chrono::nanoseconds since_origin_{0};
};

constexpr mono_time operator+(mono_time t, std::chrono::nanoseconds d) {
    return mono_time(t.since_origin() + d);
}
constexpr std::chrono::nanoseconds operator-(mono_time a, mono_time b) {
    return a.since_origin() - b.since_origin();
}

}  // namespace relayauth
