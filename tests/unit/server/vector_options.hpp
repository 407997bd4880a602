#pragma once

#include "relayauth/server/options.hpp"

#include <fstream>
#include <string>

namespace relayauth::server {

// 2026-11-22T09:30:54Z, within the dates of the vectors: 2026-01-01 to 2056-01-01.
inline constexpr wall_time today = wall_time::from_unix(std::chrono::seconds(1'795'339'854));

inline std::string vector_path(const std::string& name) {
    return RELAYAUTH_SOURCE_DIR "/tests/vectors/" + name;
}

inline options vector_options(const std::string& name = "rsa2048") {
    options chosen;
    chosen.certificates = {vector_path(name + ".cert.pem")};
    chosen.keys = {vector_path(name + ".key.pem")};
    return chosen;
}

// file_with makes a file in the folder of these tests and gives its path.
inline std::string file_with(const std::string& name, const std::string& content) {
    const auto path = std::string(RELAYAUTH_TEST_WORK_DIR "/") + name;
    std::ofstream(path, std::ios::binary) << content;
    return path;
}

}  // namespace relayauth::server
