#include "relayauth/session/access.hpp"

#include <gtest/gtest.h>

#include <initializer_list>
#include <utility>

namespace relayauth::session {
namespace {

ip_octets ipv4(std::uint8_t a, std::uint8_t b, std::uint8_t c, std::uint8_t d) {
    return {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, a, b, c, d};
}

// An IPv6 address of which the first and the last octets are given.
ip_octets ipv6(std::initializer_list<std::uint8_t> front, std::uint8_t last = 0) {
    ip_octets octets{};
    std::copy(front.begin(), front.end(), octets.begin());
    octets[15] = last;
    return octets;
}

peer at(const ip_octets& octets, bool tls = true) {
    peer who;
    who.octets = octets;
    who.tls = tls;
    return who;
}

const ip_octets near_us = ipv4(10, 1, 2, 3);
const ip_octets far_away = ipv4(198, 51, 100, 1);
const network ten{ipv4(10, 0, 0, 0), 96 + 8};

TEST(IsLoopback, IsAllOf127AndTheOneOfIpv6) {
    EXPECT_TRUE(is_loopback(ipv4(127, 0, 0, 1)));
    EXPECT_TRUE(is_loopback(ipv4(127, 255, 255, 255)));
    EXPECT_TRUE(is_loopback(ipv4(127, 0, 0, 0)));
    EXPECT_TRUE(is_loopback(ipv6({}, 1)));
}

TEST(IsLoopback, IsNoNeighbourOfThese) {
    EXPECT_FALSE(is_loopback(ipv4(126, 255, 255, 255)));
    EXPECT_FALSE(is_loopback(ipv4(128, 0, 0, 1)));
    EXPECT_FALSE(is_loopback(ipv6({}, 0)));
    EXPECT_FALSE(is_loopback(ipv6({}, 2)));
    // 127.0.0.1 without the mark of a mapped address (RFC 4291 2.5.5.2).
    ip_octets compatible = ipv4(127, 0, 0, 1);
    compatible[10] = compatible[11] = 0;
    EXPECT_FALSE(is_loopback(compatible));
    ip_octets other = ipv4(127, 0, 0, 1);
    other[0] = 0x20;
    EXPECT_FALSE(is_loopback(other));
}

TEST(Contains, LooksAtTheBitsOfThePrefixAndAtNoOther) {
    const auto address = ipv6({0x20, 0x01, 0x0D, 0xB8}, 7);
    for (unsigned bits = 0; bits <= 128; ++bits) {
        const network range{address, bits};
        EXPECT_TRUE(contains(range, address));
        for (unsigned flipped = 0; flipped < 128; ++flipped) {
            auto other = address;
            other[flipped / 8] ^= static_cast<std::uint8_t>(0x80u >> flipped % 8);
            EXPECT_EQ(contains(range, other), flipped >= bits) << bits << " " << flipped;
        }
    }
}

TEST(Contains, TellsIpv4FromIpv6) {
    EXPECT_TRUE(contains({ipv4(0, 0, 0, 0), 96}, ipv4(255, 1, 2, 3)));
    EXPECT_FALSE(contains({ipv4(0, 0, 0, 0), 96}, ipv6({0x20, 0x01}, 1)));
    EXPECT_TRUE(contains({ip_octets{}, 0}, ipv4(255, 1, 2, 3)));
}

TEST(Admit, ServesLoopbackOnlyUnlessToldOtherwise) {
    const access_policy usual;
    for (const bool tls : {false, true}) {
        EXPECT_EQ(admit(usual, at(ipv4(127, 0, 0, 1), tls)), standing::may_mint);
        EXPECT_EQ(admit(usual, at(ipv6({}, 1), tls)), standing::may_mint);
        EXPECT_EQ(admit(usual, at(near_us, tls)), standing::not_allowed);
    }
}

TEST(Admit, AllowServesItsAddressesAndLoopback) {
    access_policy policy;
    policy.allowed = {{ipv6({0x20, 0x01}), 16}, ten};
    EXPECT_EQ(admit(policy, at(near_us)), standing::may_mint);
    EXPECT_EQ(admit(policy, at(ipv6({0x20, 0x01, 5}, 9))), standing::may_mint);
    EXPECT_EQ(admit(policy, at(far_away)), standing::not_allowed);
    EXPECT_EQ(admit(policy, at(ipv4(127, 0, 0, 1))), standing::may_mint);
}

TEST(Admit, PlainTextIsForWhomTheRuleNames) {
    access_policy policy;
    policy.allowed = {ten};
    const auto plain_loopback = at(ipv4(127, 0, 0, 1), false), plain_near = at(near_us, false);

    EXPECT_EQ(admit(policy, plain_loopback), standing::may_mint);
    EXPECT_EQ(admit(policy, plain_near), standing::tls_required);

    policy.plaintext = plaintext_rule::always;
    EXPECT_EQ(admit(policy, plain_loopback), standing::may_mint);
    EXPECT_EQ(admit(policy, plain_near), standing::may_mint);

    policy.plaintext = plaintext_rule::never;
    EXPECT_EQ(admit(policy, plain_loopback), standing::tls_required);
    EXPECT_EQ(admit(policy, plain_near), standing::tls_required);
    EXPECT_EQ(admit(policy, at(ipv4(127, 0, 0, 1), true)), standing::may_mint);
    // Who may not ask at all is not sent to fetch a certificate first.
    EXPECT_EQ(admit(policy, at(far_away, false)), standing::not_allowed);
}

TEST(Admit, ClientCaServesAnyAddressWithACertificate) {
    access_policy policy;
    policy.client_certificate_required = true;
    auto who = at(far_away);
    EXPECT_EQ(admit(policy, who), standing::tls_required);
    who.has_certificate = true;
    EXPECT_EQ(admit(policy, who), standing::may_mint);
    who.tls = false;
    EXPECT_EQ(admit(policy, who), standing::tls_required);
    EXPECT_EQ(admit(policy, at(ipv4(127, 0, 0, 1), false)), standing::may_mint);
}

TEST(Admit, ClientCaIsNotSpokenPastInPlainText) {
    access_policy policy;
    policy.client_certificate_required = true;
    policy.plaintext = plaintext_rule::always;
    EXPECT_EQ(admit(policy, at(far_away, false)), standing::tls_required);
}

TEST(Admit, AllowBesideClientCaAsksForBoth) {
    access_policy policy;
    policy.client_certificate_required = true;
    policy.allowed = {ten};
    auto inside = at(near_us), outside = at(far_away);
    inside.has_certificate = outside.has_certificate = true;
    EXPECT_EQ(admit(policy, inside), standing::may_mint);
    EXPECT_EQ(admit(policy, outside), standing::not_allowed);
    inside.has_certificate = false;
    EXPECT_EQ(admit(policy, inside), standing::tls_required);
}

TEST(Admit, ClientNameLeavesOthersToValidate) {
    access_policy policy;
    policy.client_certificate_required = true;
    policy.client_names = {"fe1.example.test", "*.pool.example.test"};
    auto who = at(far_away);
    who.has_certificate = true;
    EXPECT_EQ(admit(policy, who), standing::may_validate);
    who.certificate_names = {"relay.example.test"};
    EXPECT_EQ(admit(policy, who), standing::may_validate);
    who.certificate_names = {"relay.example.test", "fe7.pool.example.test"};
    EXPECT_EQ(admit(policy, who), standing::may_mint);
    who.certificate_names = {"fe1.example.test"};
    EXPECT_EQ(admit(policy, who), standing::may_mint);
    EXPECT_EQ(admit(policy, at(ipv4(127, 0, 0, 1), false)), standing::may_validate);
}

peer relay_at(const ip_octets& octets) {
    auto who = at(octets);
    who.is_relay = true;
    who.certificate_names = {"relay.example.test"};
    return who;
}

TEST(Admit, ARelayMayValidateFromAnyAddress) {
    const access_policy usual;
    EXPECT_EQ(admit(usual, relay_at(far_away)), standing::may_validate);
    EXPECT_EQ(admit(usual, at(far_away)), standing::not_allowed);
    access_policy policy;
    policy.client_certificate_required = true;
    EXPECT_EQ(admit(policy, relay_at(far_away)), standing::may_validate);
}

TEST(Admit, AllowHoldsForRelaysToo) {
    access_policy policy;
    policy.allowed = {ten};
    policy.client_certificate_required = true;
    EXPECT_EQ(admit(policy, relay_at(near_us)), standing::may_validate);
    EXPECT_EQ(admit(policy, relay_at(far_away)), standing::not_allowed);
}

TEST(Admit, ARelayMintsOnlyWhereItMightWithoutBeingOne) {
    access_policy policy;
    EXPECT_EQ(admit(policy, relay_at(ipv4(127, 0, 0, 1))), standing::may_mint);
    policy.allowed = {ten};
    EXPECT_EQ(admit(policy, relay_at(near_us)), standing::may_mint);
    policy.client_certificate_required = true;
    auto both = relay_at(near_us);
    both.has_certificate = true;
    EXPECT_EQ(admit(policy, both), standing::may_mint);
    // The name is that of a client only if --client-ca vouches for it.
    policy.client_names = {"relay.example.test"};
    EXPECT_EQ(admit(policy, both), standing::may_mint);
    EXPECT_EQ(admit(policy, relay_at(ipv4(127, 0, 0, 1))), standing::may_validate);
}

TEST(Admit, ARelayGetsNothingInPlainText) {
    auto who = relay_at(far_away);
    who.tls = false;
    EXPECT_EQ(admit({}, who), standing::not_allowed);
}

TEST(MayHaveKeys, AreLoopbackPeersAndRelays) {
    EXPECT_TRUE(may_have_keys(at(ipv4(127, 0, 0, 1), false)));
    EXPECT_TRUE(may_have_keys(at(ipv6({}, 1))));
    EXPECT_TRUE(may_have_keys(relay_at(far_away)));
    auto client = at(near_us);
    EXPECT_FALSE(may_have_keys(client));
    client.has_certificate = true;
    EXPECT_FALSE(may_have_keys(client));
}

TEST(Advice, NamesTheOptionThatHelps) {
    EXPECT_EQ(advice(standing::may_mint), "");
    EXPECT_NE(advice(standing::may_validate).find("--client-name"), std::string_view::npos);
    EXPECT_NE(advice(standing::may_validate).find("--relay-ca"), std::string_view::npos);
    EXPECT_NE(advice(standing::tls_required).find("--plaintext"), std::string_view::npos);
    EXPECT_NE(advice(standing::not_allowed).find("--allow"), std::string_view::npos);
    EXPECT_NE(advice(standing::not_allowed).find("--client-ca"), std::string_view::npos);
    EXPECT_NE(advice(standing::not_allowed).find("--relay-ca"), std::string_view::npos);
}

}  // namespace
}  // namespace relayauth::session
