#pragma once

#include "relayauth/base/wall_time.hpp"
#include "relayauth/session/connection.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace relayauth::bench {

// What an rpc client sends first, and one Issue for the user of service_request().
std::string rpc_preface();
std::string issue_frame();

// session_loop is one connection's session, bytes to bytes without a socket.
class session_loop {
public:
    struct shape {
        int repeats = 1;       // how often the request is in one read
        int answers_each = 1;  // of one request: a batch has many
    };
    // `begin` is read once, before all requests.
    session_loop(const std::string& begin, const std::string& request, shape form);
    session_loop(const std::string& begin, const std::string& request)
        : session_loop(begin, request, shape{}) {}
    session_loop(session_loop&&) noexcept;
    ~session_loop();

    // once reads the request and writes its answer, some ticks after the last one; false if that
    // ended the connection.
    bool once();
    // Answers that granted what was asked, and as many as there should have been.
    std::uint64_t answered() const;
    std::uint64_t expected() const { return expected_; }

private:
    struct parts;
    std::unique_ptr<parts> parts_;
    std::uint64_t expected_ = 0;
    std::uint64_t expected_each_;
};

}  // namespace relayauth::bench
