#include "own_client.hpp"

#include "running_server.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace relayauth::lab {
namespace {

// Where the member's value begins.
std::size_t value_of(const std::string& json, const std::string& member) {
    const auto key = "\"" + member + "\":";
    const auto at = json.find(key);
    return at == std::string::npos ? at : json.find_first_not_of(' ', at + key.size());
}

}  // namespace

std::string text_of(const std::string& json, const std::string& member) {
    const auto at = value_of(json, member);
    if (at == std::string::npos || json[at] != '"') return {};
    return json.substr(at + 1, json.find('"', at + 1) - at - 1);
}

int number_of(const std::string& json, const std::string& member) {
    const auto at = value_of(json, member);
    return at == std::string::npos ? 0 : std::atoi(json.c_str() + at);
}

finished ask_relayauth(const std::string& command, const std::string& address,
                       const std::vector<std::string>& options) {
    std::vector<std::string> words = {relayauth_program, command, "--server", address, "--json"};
    words.insert(words.end(), options.begin(), options.end());
    return run(words);
}

credential request_credential(const std::string& address, const std::vector<std::string>& options) {
    auto all = options;
    all.insert(all.begin(), {"--identity", "sip:alice@example.test"});
    const auto done = ask_relayauth("request", address, all);
    EXPECT_EQ(done.code, 0) << done.output << done.errors;
    EXPECT_EQ(text_of(done.output, "reason"), "OK") << done.output;
    return {text_of(done.output, "username"), text_of(done.output, "password")};
}

finished validate(const std::string& address, const credential& what,
                  const std::vector<std::string>& options) {
    auto all = options;
    all.insert(all.end(), {what.username, what.password});
    return ask_relayauth("validate", address, all);
}

}  // namespace relayauth::lab
