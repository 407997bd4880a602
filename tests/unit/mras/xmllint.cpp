#include "xmllint.hpp"

#include <gtest/gtest.h>

#include <sys/wait.h>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>

namespace relayauth::mras {
namespace {

std::string run(const std::string& command, int& status) {
    std::string output;
    FILE* const pipe = popen((command + " 2>&1").c_str(), "r");
    if (!pipe) return output;
    char buffer[4096];
    while (const auto size = std::fread(buffer, 1, sizeof buffer, pipe))
        output.append(buffer, size);
    status = WEXITSTATUS(pclose(pipe));
    return output;
}

// Complaints read `12.xml:3: parser error : ...`, `namespace error`, `Schemas validity error`, and
// `12.xml fails to validate`. That a namespace name is no URI is outside XML's rules (Namespaces
// in XML 1.0 compares them as text), and warnings are no errors.
bool is_complaint(const std::string& line) {
    if (line.find("is not a valid URI") != std::string::npos) return false;
    return line.find(" error : ") != std::string::npos || line.ends_with(" fails to validate");
}

void note_complaints(const std::string& output, std::vector<bool>& accepted) {
    std::size_t begin = 0;
    while (begin < output.size()) {
        const auto end = std::min(output.find('\n', begin), output.size());
        const auto line = output.substr(begin, end - begin);
        begin = end + 1;
        if (!is_complaint(line)) continue;
        char* after = nullptr;
        const auto number = std::strtoul(line.c_str(), &after, 10);
        if (after == line.c_str() || std::string_view(after).substr(0, 4) != ".xml" ||
            number >= accepted.size()) {
            continue;  // a quoted piece of a document
        }
        accepted[number] = false;
    }
}

}  // namespace

std::vector<bool> accepted_by_xmllint(const std::vector<std::string>& documents,
                                      const std::string& folder, bool schema) {
    const auto place = std::filesystem::path(RELAYAUTH_TEST_WORK_DIR) / folder;
    std::filesystem::remove_all(place);
    std::filesystem::create_directories(place);
    std::vector<bool> accepted(documents.size(), true);
    constexpr std::size_t batch = 500;
    std::string options = " --noout --nonet";
    if (schema) options += " --schema '" RELAYAUTH_SOURCE_DIR "/tests/schema/mras.xsd'";
    for (std::size_t first = 0; first < documents.size(); first += batch) {
        std::string names;
        for (std::size_t i = first; i < std::min(first + batch, documents.size()); ++i) {
            const auto name = std::to_string(i) + ".xml";
            std::ofstream(place / name, std::ios::binary) << documents[i];
            names += " " + name;
        }
        int status = -1;
        const auto output = run("cd '" + place.string() + "' && xmllint" + options + names, status);
        // 0 good, 1 not well-formed, 3 and 4 not valid; 127 no such program, 5 a bad schema.
        EXPECT_TRUE(status == 0 || status == 1 || status == 3 || status == 4)
            << status << ": " << output.substr(0, 2000);
        note_complaints(output, accepted);
    }
    if (!testing::Test::HasFailure()) std::filesystem::remove_all(place);
    return accepted;
}

}  // namespace relayauth::mras
