#pragma once

#include "vector_options.hpp"

#include "relayauth/server/loaded_keys.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace relayauth::server {

// expect_refused: in one line, which names `file` and says `words`.
inline void expect_refused(const options& chosen, const std::string& file, const std::string& words,
                           wall_time now = today) {
    const auto loaded = load_keys(chosen, now);
    ASSERT_FALSE(loaded.has_value()) << words;
    const auto& line = loaded.error();
    EXPECT_NE(line.find(file), std::string::npos) << line;
    EXPECT_NE(line.find(words), std::string::npos) << line;
    EXPECT_EQ(line.find('\n'), std::string::npos) << line;
}

inline bool warns(const loaded_keys& keys, std::string_view words) {
    for (const auto& each : keys.warnings) {
        if (each.find(words) != std::string::npos) return true;
    }
    return false;
}

}  // namespace relayauth::server
