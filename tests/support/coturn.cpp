#include "coturn.hpp"

#include "free_port.hpp"
#include "log_lines.hpp"

#include <gtest/gtest.h>

namespace relayauth::lab {
namespace {

// What its log ends with when all its threads are there.
const char* const started = "IO method (admin thread)";

// From each of the two allocations.
constexpr int packets = 20;

}  // namespace

std::vector<std::string> asks_redis_at(std::uint16_t port) {
    return {"lt-cred-mech", "redis-userdb=\"ip=127.0.0.1 dbname=0 port=" + std::to_string(port) +
                                " connect_timeout=5\""};
}

std::vector<std::string> shares_secret(std::string_view secret) {
    return {"use-auth-secret", "static-auth-secret=" + std::string(secret)};
}

coturn::coturn(std::string_view realm, const std::vector<std::string>& knows_users) {
    // Relayed addresses lie above the ports that the kernel hands out, so that none of them takes
    // one that another program of the tests was just promised. Refusals are logged only if verbose.
    std::string settings =
        "listening-ip=127.0.0.1\nrelay-ip=127.0.0.1\nmin-port=61000\nmax-port=65535\n"
        "no-cli\nno-tls\nno-dtls\nallow-loopback-peers\nverbose\nlog-file=stdout\n"
        "pidfile=" +
        folder_.path("pid") + "\nuserdb=" + folder_.path("users") +
        "\nrealm=" + std::string(realm) + "\n";
    for (const auto& line : knows_users) settings += line + "\n";
    // A free port may be taken before coturn, which cannot choose one, opens it.
    for (int attempt = 0; attempt < 3 && port_ == 0; ++attempt) start(settings);
    EXPECT_NE(port_, 0) << "coturn did not start:\n" << log();
}

void coturn::start(const std::string& settings) {
    const auto port = free_port();
    const auto file = folder_.write("turnserver.conf",
                                    settings + "listening-port=" + std::to_string(port) + "\n");
    process_.emplace(std::vector<std::string>{"turnserver", "-c", file});
    eventually([this] {
        return log().find(started) != std::string::npos || !process_->running() ||
               log().find("Cannot bind") != std::string::npos;
    });
    const auto said = log();
    const bool both = said.find("UDP listener opened on") != std::string::npos &&
                      said.find("TCP listener opened on") != std::string::npos;
    if (both && process_->running()) port_ = port;
}

bool coturn::has_line(const std::vector<std::string>& words) const {
    return eventually([&] { return !last_line_with(log(), words).empty(); });
}

uclient::uclient(std::uint16_t port, const std::string& username, const std::string& password)
    : process_({"turnutils_uclient", "-y", "-c", "-n", std::to_string(packets), "-u", username,
                "-w", password, "-p", std::to_string(port), "127.0.0.1"}) {}

bool uclient::has_relayed() {
    const auto sent = std::to_string(2 * packets);
    return process_.wait(2 * patience) == 0 &&
           output().find("tot_send_msgs=" + sent + ", tot_recv_msgs=" + sent) !=
               std::string::npos &&
           output().find("Total lost packets 0 (0.000000%)") != std::string::npos;
}

bool uclient::was_refused() {
    return process_.wait(2 * patience) == 255 &&
           output().find("ERROR: Cannot complete Allocation") != std::string::npos;
}

}  // namespace relayauth::lab
