#pragma once

#include "relayauth/client/connect_settings.hpp"
#include "relayauth/client/rpc_client.hpp"
#include "relayauth/client/transport.hpp"
#include "relayauth/doctor/findings.hpp"
#include "relayauth/doctor/time_budget.hpp"
#include "relayauth/mras/response.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>

namespace relayauth::doctor {

// rpc_door asks a server over rpc on a connection of its own, and reads its clock with each
// exchange. What the server says about its own offset is not looked at. One thread at a time.
class rpc_door {
public:
    // ask connects and asks about a credential, with its password and with another, if one is
    // given; else, or if that does not tell its key, who the server is. It may be called again
    // after it failed. Waits no longer than `budget` has left.
    rpc_findings ask(const client::connect_settings& settings, const time_budget& budget,
                     const mras::received_credentials* shown);
    // read_clock makes one more exchange, within this time; false if there was no answer.
    bool read_clock(std::chrono::milliseconds within);
    std::size_t exchanges() const { return exchanges_; }
    std::optional<clock_reading> clock() const { return estimate_.best(); }

    struct name_and_password {
        std::string username;
        std::string password;
    };
    // issue_rest_name asks for a TURN REST credential, within this time; nothing if there is none
    // to be had.
    std::optional<name_and_password> issue_rest_name(const std::string& identity,
                                                     const std::string& realm,
                                                     std::chrono::milliseconds within);

private:
    void note(const client::rpc_answer& answer);
    std::optional<client::failure> ask_all(rpc_findings& found, const time_budget& budget,
                                           const mras::received_credentials* shown);
    std::optional<client::failure> validate(rpc_findings& found,
                                            const mras::received_credentials& shown);
    std::optional<client::failure> ask_who(rpc_findings& found);

    std::unique_ptr<client::transport> link_;
    std::unique_ptr<client::rpc_client> client_;
    rpc_estimate estimate_;
    std::size_t exchanges_ = 0;
};

}  // namespace relayauth::doctor
