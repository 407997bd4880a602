#pragma once

#include "relayauth/server/options.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace relayauth::server {

// log_line builds one line: an event's name and its fields, as `event key=value` or as JSON. Values
// are escaped, so nothing that a peer sent can begin a new line or a new field.
class log_line {
public:
    log_line(log_format format, std::string_view event);
    log_line& field(std::string_view key, std::string_view value);
    log_line& field(std::string_view key, std::uint64_t value);
    // Words for people; empty ones are left out.
    log_line& words(std::string_view text);
    std::string text() const;

private:
    void put_key(std::string_view key);
    log_format format_;
    std::string line_;
};

}  // namespace relayauth::server
