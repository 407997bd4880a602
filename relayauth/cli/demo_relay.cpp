#include "relayauth/cli/demo_relay.hpp"

#include "relayauth/cli/story_text.hpp"
#include "relayauth/client/file.hpp"
#include "relayauth/doctor/relay_probe.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <thread>

namespace relayauth::cli {
namespace {

constexpr std::chrono::seconds start_timeout{15};
constexpr std::chrono::seconds log_timeout{4};
constexpr std::chrono::milliseconds probe_timeout{5000};
constexpr std::chrono::milliseconds poll_interval{10};

// coturn cannot choose its port itself.
std::uint16_t free_port() {
    boost::asio::io_context io;
    const boost::asio::ip::tcp::acceptor held(io, {boost::asio::ip::address_v4::loopback(), 0});
    return held.local_endpoint().port();
}

// `session 001...: realm <..> user <..>: incoming packet ALLOCATE processed, success` without all
// that names the user.
std::string without_user(std::string_view line) {
    constexpr std::string_view lead = "incoming packet ";
    const auto at = line.find(lead);
    if (at == std::string_view::npos) return {};
    return std::string(line.substr(at + lead.size()));
}

}  // namespace

std::string path_of_turnserver() {
    const char* const path = std::getenv("PATH");
    std::string_view folders = path == nullptr ? "/usr/bin" : path;
    while (!folders.empty()) {
        const auto end = std::min(folders.find(':'), folders.size());
        auto program = std::string(folders.substr(0, end)) + "/turnserver";
        if (access(program.c_str(), X_OK) == 0) return program;
        folders.remove_prefix(std::min(end + 1, folders.size()));
    }
    throw demo_failure("the story needs a TURN relay: install coturn (`apt-get install coturn`)");
}

demo_relay::demo_relay(const demo_lab& lab, const std::string& name, std::uint16_t asks_redis_at)
    : folder_name_(name), lab_(lab) {
    // Relayed ports lie above those that the kernel hands out. Refusals are logged only if verbose.
    const std::string settings =
        "listening-ip=127.0.0.1\nrelay-ip=127.0.0.1\nmin-port=61000\nmax-port=65535\nallow-"
        "loopback-peers\nno-cli\nno-tls\n"
        "no-dtls\nverbose\nlog-file=stdout\nlt-cred-mech\nrealm=" +
        std::string(demo_realm) + "\npidfile=" + lab.path(name + ".pid") +
        "\nuserdb=" + lab.path(name + ".users") +
        "\nredis-userdb=\"ip=127.0.0.1 dbname=0 port=" + std::to_string(asks_redis_at) +
        " connect_timeout=5\"\n";
    const auto program = path_of_turnserver();
    // A free port may be taken before coturn opens it.
    for (int i = 0; i < 3; ++i) {
        if (start(program, settings)) return;
    }
    throw demo_failure("turnserver does not start: " + process_->said());
}

bool demo_relay::start(const std::string& program, const std::string& settings) {
    where_ = {"127.0.0.1", free_port()};
    const auto file = lab_.path(folder_name_ + "." + std::to_string(where_.port) + ".conf");
    const auto content = settings + "listening-port=" + std::to_string(where_.port) + "\n";
    if (const auto problem = client::write_new_file(file, as_bytes(content), 0600))
        throw demo_failure(*problem);
    process_ = std::make_unique<demo_process>(program.c_str(),
                                              std::vector<std::string>{"turnserver", "-c", file},
                                              lab_.path(folder_name_ + ".log"));
    const auto give_up = std::chrono::steady_clock::now() + start_timeout;
    while (process_->running() && std::chrono::steady_clock::now() < give_up) {
        heed_interruption();
        const auto said = process_->said();
        if (said.find("Cannot bind") != std::string::npos) return false;
        // What its log ends with when all its threads are there.
        if (said.find("IO method (admin thread)") != std::string::npos)
            return said.find("UDP listener opened on") != std::string::npos;
        std::this_thread::sleep_for(poll_interval);
    }
    return false;
}

demo_relay::attempt demo_relay::try_with(const std::string& username,
                                         const std::string& password) const {
    heed_interruption();
    doctor::relay_question asked;
    asked.where = where_;
    asked.first = {"the credential", username, password};
    attempt made{doctor::probe_relay(asked, probe_timeout), {}};
    const bool done = made.seen.reached == doctor::relay_findings::step::done;
    const auto give_up = std::chrono::steady_clock::now() + log_timeout;
    while (made.log_line.empty() && std::chrono::steady_clock::now() < give_up) {
        heed_interruption();
        const auto said = process_->said();
        made.log_line = without_user(whole_line_with(
            said, {"user <" + username + ">", done ? "ALLOCATE processed, success" : " error "}));
        std::this_thread::sleep_for(poll_interval);
    }
    return made;
}

}  // namespace relayauth::cli
