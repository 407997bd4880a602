#pragma once

#include "relayauth/server/log_line.hpp"

#include <cstdint>
#include <memory>
#include <string_view>

namespace relayauth::server {

enum class log_level { info, warning, error };

// log writes lines to standard error from a thread of its own, through a bounded queue: a slow
// reader of our output makes lines fall away (counted), and never blocks a worker. Safe from any
// thread.
class log {
public:
    explicit log(log_format format);
    ~log();  // writes what is queued
    log(const log&) = delete;
    log& operator=(const log&) = delete;

    log_line line(std::string_view event) const { return log_line(format_, event); }
    void write(log_level level, const log_line& line);
    // lines_lost is how many fell away so far.
    std::uint64_t lines_lost() const;

private:
    struct state;
    log_format format_;
    std::unique_ptr<state> state_;
};

}  // namespace relayauth::server
