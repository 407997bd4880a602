#include "cpu_time.hpp"

#include <sched.h>
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

namespace relayauth::compare {
namespace {

void move_to(const std::vector<int>& cores) {
    cpu_set_t set;
    CPU_ZERO(&set);
    for (const int each : cores) CPU_SET(static_cast<std::size_t>(each), &set);
    ::sched_setaffinity(0, sizeof set, &set);
}

}  // namespace

cpu_time cpu_time_of(pid_t id) {
    cpu_time sum;
    std::error_code gone;
    const std::string tasks = "/proc/" + std::to_string(id) + "/task";
    for (const auto& task : std::filesystem::directory_iterator(tasks, gone)) {
        std::uint64_t ran = 0, waited = 0;  // the first two fields of schedstat
        if (std::ifstream(task.path() / "schedstat") >> ran >> waited)
            sum += {std::chrono::nanoseconds(ran), std::chrono::nanoseconds(waited)};
        std::ifstream children(task.path() / "children");
        for (pid_t child = 0; children >> child;) sum += cpu_time_of(child);
    }
    return sum;
}

on_cores::on_cores(const std::vector<int>& cores) {
    move_to(cores);
}

on_cores::~on_cores() {
    move_to({generator_core});
}

std::vector<int> cores_for_two() {
    return {server_core, ::sysconf(_SC_NPROCESSORS_ONLN) > 2 ? 2 : generator_core};
}

}  // namespace relayauth::compare
