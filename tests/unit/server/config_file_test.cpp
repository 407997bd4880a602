#include "relayauth/server/config_file.hpp"

#include <gtest/gtest.h>

#include <string>

namespace relayauth::server {
namespace {

std::string problem_in(std::string_view toml) {
    options ignored;
    return read_config(toml, "relayauth.toml", ignored).value_or("");
}

constexpr std::string_view everything = R"(# every option of serve
certificate = "av.pem"
key = "av.key"
password_file = "password.txt"
allow_expired_certificate = true
listen = ["127.0.0.1:5062", "[::1]:5062"]
tls_certificate = "tls.pem"
tls_key = "tls.key"
plaintext = "never"
client_ca = "ca.pem"
client_name = ["*.example.com"]
allow = ["10.0.0.0/8", "192.0.2.7"]
relay = ["internet=turn.example.com", "intranet=10.0.0.1:3479:444"]
realm = ["example.com"]
max_lifetime = 60
accept_lifetime = 120
clock_tolerance = "1m"
expiry_grace = 5
clock_offset = "-8h"
workers = 2
log_format = "json"
max_connections = 1000
max_memory = "1MiB"
max_message = 65536
max_header_block = "8KiB"
max_headers = 50
max_pending_output = "64KiB"
idle_timeout = "10m"
handshake_timeout = 5
message_timeout = "250ms"
)";

TEST(ReadConfig, KnowsEveryOptionOfServe) {
    options got;
    ASSERT_EQ(read_config(everything, "f", got), std::nullopt);
    EXPECT_EQ(got.certificates, std::vector<std::string>{"av.pem"});
    EXPECT_EQ(got.keys, std::vector<std::string>{"av.key"});
    EXPECT_EQ(got.password_file, "password.txt");
    EXPECT_TRUE(got.allow_expired_certificate);
    ASSERT_EQ(got.listen.size(), 2u);
    EXPECT_EQ(got.listen[1].host, "::1");
    EXPECT_EQ(got.tls_certificate, "tls.pem");
    EXPECT_EQ(got.tls_key, "tls.key");
    EXPECT_EQ(got.plaintext, session::plaintext_rule::never);
    EXPECT_EQ(got.client_ca, "ca.pem");
    EXPECT_EQ(got.client_names, std::vector<std::string>{"*.example.com"});
    EXPECT_EQ(got.allow.size(), 2u);
    ASSERT_EQ(got.relays.size(), 2u);
    EXPECT_EQ(got.relays[1].tcp_port, 444);
    EXPECT_EQ(got.realms, std::vector<std::string>{"example.com"});
}

TEST(ReadConfig, ReadsNumbersAndTimesAsTheCommandLineDoes) {
    options got;
    ASSERT_EQ(read_config(everything, "f", got), std::nullopt);
    EXPECT_EQ(got.max_lifetime, std::chrono::minutes(60));
    EXPECT_EQ(got.accept_lifetime, std::chrono::minutes(120));
    EXPECT_EQ(got.clock_tolerance, ticks(std::chrono::minutes(1)));
    EXPECT_EQ(got.expiry_grace, ticks(std::chrono::seconds(5)));
    EXPECT_EQ(got.clock_offset, ticks(std::chrono::hours(-8)));
    EXPECT_EQ(got.workers, 2u);
    EXPECT_EQ(got.log, log_format::json);
    EXPECT_EQ(got.connections.max_connections, 1000u);
    EXPECT_EQ(got.connections.max_memory_bytes, 1'048'576u);
    EXPECT_EQ(got.messages.max_message_bytes, 65'536u);
    EXPECT_EQ(got.messages.max_header_bytes, 8192u);
    EXPECT_EQ(got.messages.max_headers, 50u);
    EXPECT_EQ(got.max_pending_output, 65'536u);
    EXPECT_EQ(got.connections.idle_timeout, std::chrono::minutes(10));
    EXPECT_EQ(got.connections.handshake_timeout, std::chrono::seconds(5));
    EXPECT_EQ(got.connections.message_timeout, std::chrono::milliseconds(250));
}

TEST(ReadConfig, AnEmptyFileChangesNothing) {
    options got;
    got.realms = {"kept"};
    EXPECT_EQ(read_config("", "f", got), std::nullopt);
    EXPECT_EQ(read_config("# only words\n", "f", got), std::nullopt);
    EXPECT_EQ(got.realms, std::vector<std::string>{"kept"});
}

TEST(ReadConfig, AListReplacesAndOneValueIsAListOfOne) {
    options got;
    got.realms = {"old", "older"};
    ASSERT_EQ(read_config("realm = \"new\"", "f", got), std::nullopt);
    EXPECT_EQ(got.realms, std::vector<std::string>{"new"});
    ASSERT_EQ(read_config("realm = []", "f", got), std::nullopt);
    EXPECT_TRUE(got.realms.empty());
}

TEST(ReadConfig, AnUnknownKeyIsNamedWithItsPlaceAndTheNearest) {
    EXPECT_EQ(problem_in("key = \"k\"\n\nmax_lifetme = 5\n"),
              "relayauth.toml:3: unknown key `max_lifetme`: did you mean `max_lifetime`?");
    EXPECT_EQ(problem_in("max-lifetime = 5"),
              "relayauth.toml:1: unknown key `max-lifetime`: did you mean `max_lifetime`?");
    EXPECT_EQ(problem_in("\nfrobnicate_the_moon = 5"),
              "relayauth.toml:2: unknown key `frobnicate_the_moon`: `relayauth serve --help` lists "
              "the options, here with _ for -");
    EXPECT_NE(problem_in("[serve]\nkey = \"k\"").find("unknown key `serve`"), std::string::npos);
}

TEST(ReadConfig, AValueOutOfRangeIsNamedWithItsPlace) {
    EXPECT_EQ(problem_in("key = \"k\"\nmax_lifetime = 0\n"),
              "relayauth.toml:2: `max_lifetime` must be a number from 1 to 259200");
    EXPECT_EQ(problem_in("clock_tolerance = 901"),
              "relayauth.toml:1: `clock_tolerance` must not exceed 15m: a larger tolerance would "
              "switch the check off");
    EXPECT_EQ(problem_in("realm = [\"ok\", \"\"]"),
              "relayauth.toml:1: `realm` must be 1 to 127 characters of UTF-8, no control "
              "characters");
}

TEST(ReadConfig, AValueOfAnotherTypeIsRefused) {
    EXPECT_EQ(
        problem_in("max_lifetime = 1.5"),
        "relayauth.toml:1: `max_lifetime` must be a string, a whole number, or true or false");
    for (const auto toml :
         {"certificate = true", "certificate = 2026-11-22", "certificate = { a = 1 }",
          "realm = [[\"a\"]]", "realm = [true]", "max_lifetime = true", "[certificate]\nx = 1",
          "allow_expired_certificate = 1", "allow_expired_certificate = \"yes\""}) {
        EXPECT_TRUE(problem_in(toml).starts_with("relayauth.toml:1: `"))
            << toml << problem_in(toml);
    }
}

TEST(ReadConfig, AListWhereOneValueBelongsIsRefused) {
    EXPECT_EQ(problem_in("tls_key = [\"a\"]"),
              "relayauth.toml:1: `tls_key` takes one value, not a list");
}

TEST(ReadConfig, WhatIsNotTomlIsNamedWithItsPlace) {
    for (const auto toml : {"key = \"a\"\nkey = \"b\"", "key = \"a\"\nkey", "\nkey = \"\xFF\""}) {
        const auto problem = problem_in(toml);
        EXPECT_TRUE(problem.starts_with("relayauth.toml:2: not TOML: ")) << problem;
        EXPECT_EQ(problem.find('\n'), std::string::npos) << problem;
    }
}

}  // namespace
}  // namespace relayauth::server
