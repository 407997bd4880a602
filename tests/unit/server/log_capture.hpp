#pragma once

#include "relayauth/server/log.hpp"

#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relayauth::server {

// lines_of gives what `act` made a log write, without the line ends. The log is gone before they
// are looked at, so everything is written.
template <class Act>
std::vector<std::string> lines_of(log_format format, Act act) {
    testing::internal::CaptureStderr();
    {
        log output(format);
        act(output);
    }
    std::vector<std::string> lines(1);
    for (const char c : testing::internal::GetCapturedStderr()) {
        if (c == '\n')
            lines.emplace_back();
        else
            lines.back() += c;
    }
    EXPECT_EQ(lines.back(), "") << "the last line has no end";
    lines.pop_back();
    return lines;
}

// parse_flat_json reads one object of strings and whole numbers by RFC 8259, strictly: nothing if
// the text is anything else, or has a key twice.
std::optional<std::map<std::string, std::string>> parse_flat_json(std::string_view text);

}  // namespace relayauth::server
