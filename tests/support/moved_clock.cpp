#include "moved_clock.hpp"

#include "sanitizer.hpp"

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

// RELAYAUTH_PASS_TIMERS is first, so that libfaketime does not see its calls. A sanitizer's library
// wants to be the first, and minds.
std::vector<std::string> preloaded() {
    std::vector<std::string> lines = {"LD_PRELOAD=" RELAYAUTH_PASS_TIMERS " " + faketime_library(),
                                      "FAKETIME_DONT_FAKE_MONOTONIC=1"};
    if (address_sanitizer) lines.push_back("ASAN_OPTIONS=verify_asan_link_order=0");
    return lines;
}

}  // namespace

std::vector<std::string> moved_clock(std::string_view offset) {
    auto lines = preloaded();
    lines.push_back("FAKETIME=" + std::string(offset));
    return lines;
}

std::vector<std::string> steered_clock::environment() const {
    auto lines = preloaded();
    lines.push_back("FAKETIME_TIMESTAMP_FILE=" + folder_.path("clock"));
    lines.push_back("FAKETIME_NO_CACHE=1");
    return lines;
}

// By rename, so that nobody reads half of it.
void steered_clock::set(std::string_view offset) const {
    const auto fresh = folder_.write("next", std::string(offset) + "\n");
    std::filesystem::rename(fresh, folder_.path("clock"));
}

}  // namespace relayauth::lab
