#include "log_lines.hpp"

#include <algorithm>
#include <sstream>

namespace relayauth::lab {

std::string last_line_with(const std::string& log, const std::vector<std::string>& words) {
    std::string found;
    std::istringstream lines(log);
    for (std::string line; std::getline(lines, line);) {
        const bool holds_all = std::all_of(
            words.begin(), words.end(),
            [&line](const std::string& each) { return line.find(each) != std::string::npos; });
        if (holds_all) found = line;
    }
    return found;
}

}  // namespace relayauth::lab
