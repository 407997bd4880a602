#include "relay_lab.hpp"

#include <gtest/gtest.h>

namespace relayauth::lab {
namespace {

// The folder of certificates that go with the program.
const temporary_folder& certificates() {
    static const temporary_folder folder;
    return folder;
}

std::vector<std::string> with_door(const std::vector<std::string>& options) {
    std::vector<std::string> all = {"--realm", lab_realm, "--redis-listen", "127.0.0.1:0"};
    all.insert(all.end(), options.begin(), options.end());
    return all;
}

bool is_base64(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' ||
           c == '/';
}

}  // namespace

asked_relay::asked_relay(const std::vector<std::string>& options,
                         const lab_certificate& certificate,
                         const std::vector<std::string>& environment)
    : server(with_door(options), certificate, environment),
      relay(lab_realm, asks_redis_at(server.redis_port())) {}

// coturn goes first: the server would wait for it to close its connections.
void asked_relay::stop() {
    relay.kill();
    server.stop();
}

const lab_certificate& another_subject() {
    static const auto made = renew(certificates(), "turnip.example.test", shared_certificate());
    return made;
}

const lab_certificate& another_key() {
    static const auto made = make_certificate(certificates(), "stranger.example.test");
    return made;
}

std::vector<std::string> with_older(const lab_certificate& certificate) {
    return {"--certificate", certificate.certificate, "--key", certificate.key};
}

std::string key_of(const running_server& server) {
    const auto line = server.wait_for_line({" minting_key "}, 0ms);
    const auto at = line.find(" key=");
    EXPECT_NE(at, std::string::npos) << server.log();
    return at == std::string::npos ? "" : line.substr(at + 5, line.find(' ', at + 5) - at - 5);
}

credential request_rest_name(const std::string& address, const std::string& identity,
                             const std::string& minutes) {
    const auto done = ask_relayauth(
        "request", address,
        {"--identity", identity, "--turn-rest", "--realm", lab_realm, "--duration", minutes});
    EXPECT_EQ(done.code, 0) << done.output << done.errors;
    return {text_of(done.output, "username"), text_of(done.output, "password")};
}

std::string exported_secret(const lab_certificate& certificate) {
    const auto done =
        run({relayauth_program, "keys", "export", "--certificate", certificate.certificate, "--key",
             certificate.key, "--purpose", "turn-rest", "--realm", lab_realm});
    EXPECT_EQ(done.code, 0) << done.errors;
    return done.output.substr(0, done.output.find('\n'));
}

void flip_one_bit(std::string& base64) {
    for (std::size_t at = 20; at < 40 && at < base64.size(); ++at) {
        const char flipped = static_cast<char>(base64[at] ^ 1);
        if (!is_base64(flipped)) continue;
        base64[at] = flipped;
        return;
    }
    ADD_FAILURE() << "no bit of it can be flipped: " << base64;
}

void expect_401(const coturn& relay, const credential& shown) {
    uclient client(relay.port(), shown.username, shown.password);
    EXPECT_TRUE(client.was_refused()) << client.output();
    EXPECT_TRUE(relay.has_line({"user <" + shown.username + ">", "error 401: Unauthorized"}))
        << relay.log();
}

std::string expect_told_why(const running_server& server, const credential& shown,
                            const std::string& reason) {
    const auto line =
        server.wait_for_line({" validate_refused ", "door=redis", "reason=" + reason + " ",
                              "server_time=", "issued_at=", "expires_at=", "offset="});
    EXPECT_NE(line, "") << server.log();
    expect_no_secret(server, shown);
    return line;
}

std::string expect_refused(const asked_relay& by, const credential& shown,
                           const std::string& reason) {
    expect_401(by.relay, shown);
    return expect_told_why(by.server, shown, reason);
}

void expect_no_secret(const running_server& server, const credential& shown) {
    EXPECT_NE(shown.username, "");
    EXPECT_NE(shown.password, "");
    const auto log = server.log();
    EXPECT_EQ(log.find(shown.username), std::string::npos) << log;
    EXPECT_EQ(log.find(shown.password), std::string::npos) << log;
}

}  // namespace relayauth::lab
