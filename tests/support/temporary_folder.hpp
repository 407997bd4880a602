#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace relayauth::lab {

// temporary_folder is an empty folder that goes with its maker, contents and all.
class temporary_folder {
public:
    temporary_folder();
    ~temporary_folder();
    temporary_folder(const temporary_folder&) = delete;
    temporary_folder& operator=(const temporary_folder&) = delete;

    // path gives FOLDER/name; the folder itself for an empty name.
    std::string path(std::string_view name = {}) const;
    // write makes FOLDER/name with this content, replacing one that is there, and gives its path.
    std::string write(std::string_view name, std::string_view content) const;

private:
    std::filesystem::path path_;
};

// read_file gives a file's content; a test failure and nothing if it cannot be read.
std::string read_file(const std::string& path);

}  // namespace relayauth::lab
