#pragma once

#include "child_process.hpp"
#include "temporary_folder.hpp"

#include <chrono>
#include <cstdint>
#include <string>

namespace relayauth::lab {

// sipp_server is SIPp as a SIP server in plain text on a port of 127.0.0.1. It ends with its owner.
class sipp_server {
public:
    // knows_no_service answers SERVICE as SIP servers do that are no A/V authentication service.
    static std::string knows_no_service();
    // grants answers with this credential, and a Date that is `ahead` of the time of the call.
    static std::string grants(const std::string& username, const std::string& password,
                              std::chrono::seconds ahead);

    explicit sipp_server(const std::string& scenario);
    std::string address() const { return "127.0.0.1:" + std::to_string(port_); }

private:
    temporary_folder folder_;
    std::uint16_t port_;
    child_process process_;
};

}  // namespace relayauth::lab
