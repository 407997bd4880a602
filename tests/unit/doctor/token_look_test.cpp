#include "relayauth/doctor/token_look.hpp"

#include "relayauth/base/base64.hpp"
#include "relayauth/base/time_text.hpp"
#include "relayauth/token/token.hpp"

#include <gmock/gmock.h>

#include <array>

namespace relayauth::doctor {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

const wall_time noon = *parse_utc("2026-11-22T12:00:00Z");

mras::received_credentials good() {
    token::fields fields;
    fields.expires_at = noon + 8h;
    fields.lifetime = 8h;
    std::array<std::uint8_t, token::max_username_size> octets{};
    token::encode(fields, std::span(octets).first<token::max_blob_size>());
    mras::received_credentials made;
    made.username = encode_base64(octets);
    made.password = encode_base64(std::array<std::uint8_t, token::password_size>{});
    made.duration_minutes = 480;
    made.relays.push_back({"internet", "relay.example.test", "", 3478, 443});
    made.relays.push_back({"intranet", "", "192.0.2.1", 3478, 443});
    return made;
}

std::string problem_of(const mras::received_credentials& one) {
    return look_at(std::span(&one, 1)).problem;
}

TEST(TokenLook, ReadsWhatTheTokenSays) {
    const auto one = good();
    const auto seen = look_at(std::span(&one, 1));
    EXPECT_EQ(seen.problem, "");
    EXPECT_EQ(seen.version, "v2");
    EXPECT_EQ(seen.issued_at, noon);
    EXPECT_EQ(seen.expires_at, noon + 8h);
    EXPECT_EQ(seen.duration_minutes, 480u);
    EXPECT_THAT(seen.relays, testing::ElementsAre("internet relay.example.test udp 3478 tcp 443",
                                                  "intranet 192.0.2.1 udp 3478 tcp 443"));
    EXPECT_THAT(seen.relay_addresses,
                testing::ElementsAre("relay.example.test:3478", "192.0.2.1:3478"));
}

TEST(TokenLook, NamesEachFaultOfTheForm) {
    EXPECT_THAT(look_at({}).problem, HasSubstr("no credential"));
    auto one = good();
    one.username = "alice";
    EXPECT_THAT(problem_of(one), HasSubstr("not base64 of a token"));
    one.username = encode_base64(std::array<std::uint8_t, 40>{});
    EXPECT_THAT(problem_of(one), HasSubstr("no token of a known form"));
    one = good();
    one.password = "secret!";
    EXPECT_THAT(problem_of(one), HasSubstr("password is not base64"));
    one.password = encode_base64(std::array<std::uint8_t, 19>{});
    EXPECT_THAT(problem_of(one), HasSubstr("19 octets, and it must be 20"));
    one = good();
    one.duration_minutes = 0;
    EXPECT_THAT(problem_of(one), HasSubstr("duration is 0"));
}

TEST(TokenLook, TakesUsernamesAndPasswordsOfAnyLength) {
    auto one = good();
    one.username.assign(100'000, 'A');
    EXPECT_NE(problem_of(one), "");
    one = good();
    one.password.assign(100'000, 'A');
    EXPECT_NE(problem_of(one), "");
}

}  // namespace
}  // namespace relayauth::doctor
