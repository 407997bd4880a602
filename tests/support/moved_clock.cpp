#include "moved_clock.hpp"

#include <gtest/gtest.h>

#include <filesystem>

namespace relayauth::lab {
namespace {

// Where Debian's package has it, on any architecture.
std::string faketime_library() {
    std::error_code none;
    for (const auto& each : std::filesystem::directory_iterator("/usr/lib", none)) {
        const auto place = each.path() / "faketime" / "libfaketimeMT.so.1";
        if (std::filesystem::exists(place, none)) return place.string();
    }
    ADD_FAILURE() << "libfaketime is missing: install it, this test needs it";
    return {};
}

}  // namespace

std::vector<std::string> moved_clock(std::string_view offset) {
    // RELAYAUTH_PASS_TIMERS is first, so that libfaketime does not see its calls.
    return {"LD_PRELOAD=" RELAYAUTH_PASS_TIMERS " " + faketime_library(),
            "FAKETIME=" + std::string(offset), "FAKETIME_DONT_FAKE_MONOTONIC=1"};
}

}  // namespace relayauth::lab
