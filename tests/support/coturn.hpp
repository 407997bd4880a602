#pragma once

#include "child_process.hpp"
#include "temporary_folder.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relayauth::lab {

// How a coturn knows users, as lines of its turnserver.conf: it asks over the Redis protocol at a
// port of 127.0.0.1, or shares a secret (TURN REST) and asks nobody.
std::vector<std::string> asks_redis_at(std::uint16_t port);
std::vector<std::string> shares_secret(std::string_view secret);

// coturn is Debian's turnserver for one realm on a free port of 127.0.0.1, ready to serve. It ends
// with its owner. It is not sanitized, and its clock is true.
class coturn {
public:
    coturn(std::string_view realm, const std::vector<std::string>& knows_users);

    std::uint16_t port() const { return port_; }
    // What it has written until now; it does name users whole.
    std::string log() const { return process_->output(); }
    // has_line tells whether it has written, or writes in time, a line that holds all of `words`.
    bool has_line(const std::vector<std::string>& words) const;
    // kill ends it now.
    void kill() { process_->kill(); }

private:
    void start(const std::string& settings);

    temporary_folder folder_;
    std::uint16_t port_ = 0;
    std::optional<child_process> process_;
};

// uclient is one run of turnutils_uclient: two allocations with one credential, which send packets
// to each other through the relay. It takes 5 to 6 s, of which almost none is work: let several run
// side by side. A credential that is refused ends it within 0.1 s.
class uclient {
public:
    uclient(std::uint16_t port, const std::string& username, const std::string& password);

    // has_relayed tells whether every packet arrived; was_refused whether it got no allocation.
    // Both wait for its end.
    bool has_relayed();
    bool was_refused();
    std::string output() const { return process_.output(); }

private:
    child_process process_;
};

}  // namespace relayauth::lab
