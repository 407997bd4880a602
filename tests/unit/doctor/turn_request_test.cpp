#include "relayauth/doctor/turn_request.hpp"

#include "relayauth/credential/long_term_key.hpp"
#include "relayauth/stun/message.hpp"

#include <gmock/gmock.h>

namespace relayauth::doctor {
namespace {

const stun::transaction_id id = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
const turn_login login = {"user", "secret", "example.org", "nonce-1"};
const stun::address peer = {{192, 0, 2, 1}, 3478};

bool is_signed_by(const std::vector<std::uint8_t>& octets, const std::string& password) {
    const auto read = stun::unverified_message::parse(octets);
    if (!read || !read->username()) return false;
    const credential::long_term_key key(*read->username(), as_text(*read->realm()),
                                        as_bytes(password), stun::digest::md5);
    return read->signed_by(key.reveal());
}

// By the reader that relays link: it shares no code with the writer.
TEST(TurnRequest, IsSignedWithTheLongTermKey) {
    for (const auto& each : {allocate_request(id, &login), permission_request(id, login, peer),
                             release_request(id, login)}) {
        EXPECT_TRUE(is_signed_by(each, "secret"));
        EXPECT_FALSE(is_signed_by(each, "secreT"));
    }
}

TEST(TurnRequest, RepeatsRealmAndNonceOfTheRelay) {
    const auto octets = allocate_request(id, &login);
    const auto read = stun::unverified_message::parse(octets);
    ASSERT_TRUE(read);
    EXPECT_EQ(as_text(*read->realm()), "example.org");
    EXPECT_EQ(as_text(*read->nonce()), "nonce-1");
    EXPECT_EQ(read->method(), 0x003);
}

TEST(TurnRequest, OfAStrangerIsUnsigned) {
    const auto octets = allocate_request(id, nullptr);
    const std::vector<std::uint8_t> typed = {0x00, 0x03, 0x00, 0x08, 0x21, 0x12, 0xA4, 0x42, 1,  2,
                                             3,    4,    5,    6,    7,    8,    9,    10,   11, 12,
                                             0x00, 0x19, 0x00, 0x04, 17,   0,    0,    0};
    EXPECT_EQ(octets, typed);
}

TEST(TurnRequest, ReleaseAsksForALifetimeOfNothing) {
    const auto octets = release_request(id, login);
    const std::vector<std::uint8_t> begin = {0x00, 0x04};
    const std::vector<std::uint8_t> lifetime = {0x00, 0x0D, 0x00, 0x04, 0, 0, 0, 0};
    EXPECT_TRUE(std::equal(begin.begin(), begin.end(), octets.begin()));
    EXPECT_TRUE(std::equal(lifetime.begin(), lifetime.end(), octets.begin() + 20));
}

TEST(TurnRequest, SendIndicationCarriesPeerAndPacket) {
    const std::vector<std::uint8_t> packet = {'h', 'e', 'l', 'l', 'o'};
    auto octets = send_indication(id, peer, packet);
    EXPECT_EQ(load_be16(octets.data()), 0x0016);
    octets[1] = 0x17;  // as a relay passes it on
    const auto read = stun::parse_answer(octets);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->peer, peer);
    EXPECT_EQ(read->payload, packet);
}

}  // namespace
}  // namespace relayauth::doctor
