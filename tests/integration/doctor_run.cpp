#include "doctor_run.hpp"

#include "own_client.hpp"
#include "running_server.hpp"
#include "tcp_stream.hpp"

#include <arpa/inet.h>
#include <sys/socket.h>

#include <gtest/gtest.h>

namespace relayauth::lab {
namespace {

// What it promises.
constexpr std::chrono::seconds longest{15};

std::vector<std::string> command_of(const std::string& address,
                                    const std::vector<std::string>& options) {
    std::vector<std::string> words = {relayauth_program, "doctor", address, "--json"};
    words.insert(words.end(), options.begin(), options.end());
    return words;
}

}  // namespace

doctor_run::doctor_run(const std::string& address, const std::vector<std::string>& options,
                       const std::vector<std::string>& environment)
    : process_(command_of(address, options), environment) {}

void doctor_run::finish() {
    if (code_) return;
    code_ = process_.wait(longest).value_or(-1);
    EXPECT_NE(*code_, -1) << "it takes longer than it promises";
    EXPECT_LE(std::chrono::steady_clock::now() - began_, 2 * longest);
    json_ = process_.output();
    EXPECT_EQ(process_.errors(), "");
}

int doctor_run::code() {
    finish();
    return *code_;
}

const std::string& doctor_run::json() {
    finish();
    return json_;
}

std::string doctor_run::conclusion() {
    return text_of(json(), "conclusion");
}

std::string doctor_run::member_of(const std::string& check, const std::string& member) {
    const auto at = json().find("{\"name\":\"" + check + "\"");
    EXPECT_NE(at, std::string::npos) << check << " is not in " << json();
    return at == std::string::npos ? "" : text_of(json().substr(at), member);
}

std::string doctor_run::verdict_of(const std::string& check) {
    return member_of(check, "verdict");
}

std::string doctor_run::words_of(const std::string& check) {
    return member_of(check, "words");
}

deaf_listener::deaf_listener() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in here{};
    here.sin_family = AF_INET;
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const auto* address = reinterpret_cast<const sockaddr*>(&here);
    EXPECT_EQ(::bind(socket_.number(), address, sizeof here), 0);
    EXPECT_EQ(::listen(socket_.number(), 16), 0);
    port_ = local_port_of(socket_.number());
}

}  // namespace relayauth::lab
