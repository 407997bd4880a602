#include "relayauth/load/thread_time.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <charconv>

namespace relayauth::load {
namespace {

std::chrono::nanoseconds nanoseconds_of(const timeval& time) {
    return std::chrono::seconds(time.tv_sec) + std::chrono::microseconds(time.tv_usec);
}

}  // namespace

// schedstat: `ran waited slices`, in nanoseconds (Documentation/scheduler/sched-stats of Linux).
thread_time own_thread_time() {
    std::array<char, 128> text{};
    const int file = ::open("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);
    const auto size = file < 0 ? -1 : ::read(file, text.data(), text.size());
    if (file >= 0) ::close(file);
    long long ran = 0, waited = 0;
    const auto* const end = text.data() + (size > 0 ? size : 0);
    const auto first = std::from_chars(text.data(), end, ran);
    if (size > 0 && first.ec == std::errc() && first.ptr != end &&
        std::from_chars(first.ptr + 1, end, waited).ec == std::errc()) {
        return {std::chrono::nanoseconds(ran), std::chrono::nanoseconds(waited)};
    }
    rusage used{};
    ::getrusage(RUSAGE_THREAD, &used);
    return {nanoseconds_of(used.ru_utime) + nanoseconds_of(used.ru_stime), {}};
}

}  // namespace relayauth::load
