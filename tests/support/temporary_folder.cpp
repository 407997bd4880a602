#include "temporary_folder.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <system_error>

namespace relayauth::lab {

temporary_folder::temporary_folder() {
    auto name = (std::filesystem::temp_directory_path() / "relayauth-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) ADD_FAILURE() << "cannot make a folder as " << name;
    path_ = name;
}

temporary_folder::~temporary_folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::string temporary_folder::path(std::string_view name) const {
    return name.empty() ? path_.string() : (path_ / name).string();
}

std::string temporary_folder::write(std::string_view name, std::string_view content) const {
    // By rename, so that a server never reads half of it.
    const auto fresh = path_ / (std::string(name) + ".new");
    std::ofstream(fresh, std::ios::binary) << content;
    std::filesystem::rename(fresh, path_ / name);
    return path(name);
}

std::string read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    EXPECT_TRUE(file.good()) << "cannot read " << path;
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace relayauth::lab
