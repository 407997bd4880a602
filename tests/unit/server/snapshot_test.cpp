#include "relayauth/server/snapshot.hpp"

#include "vector_options.hpp"

#include "relayauth/server/signing_key.hpp"

#include "relayauth/base/hex.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace relayauth::server {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

std::shared_ptr<const session::settings> snapshot_of(const options& chosen) {
    auto keys = load_keys(chosen, today);
    EXPECT_TRUE(keys.has_value()) << keys.error();
    return make_snapshot(chosen, *keys);
}

TEST(Snapshot, HandsTheKeysOver) {
    const auto made = snapshot_of(vector_options("p256"));
    ASSERT_NE(made->keys.minting_key(today), nullptr);
    EXPECT_EQ(made->keys.minting_key(today)->id, "6d679884");
    EXPECT_EQ(made->not_after.size(), made->keys.entries().size());
}

TEST(Snapshot, HandsEverySettingOver) {
    auto chosen = vector_options("p256");
    chosen.max_lifetime = minutes(60);
    chosen.accept_lifetime = minutes(90);
    chosen.clock_tolerance = seconds(7);
    chosen.expiry_grace = seconds(8);
    chosen.clock_offset = hours(-8);
    chosen.realms = {"one", "two"};
    chosen.relays = {{mras::location::intranet, "10.0.0.1", 1, 2}};
    chosen.client_ca = vector_path("rsa2048.cert.pem");
    chosen.client_names = {"fe*"};
    chosen.allow = {{{}, 96}};
    chosen.plaintext = session::plaintext_rule::never;
    chosen.messages = {70'000, 8000, 50};
    chosen.max_pending_output = 5000;
    const auto made = snapshot_of(chosen);
    EXPECT_EQ(made->issue.max_lifetime, minutes(60));
    EXPECT_EQ(made->validate.time.accept_lifetime, ticks(minutes(90)));
    EXPECT_EQ(made->validate.time.tolerance, ticks(seconds(7)));
    EXPECT_EQ(made->validate.time.expiry_grace, ticks(seconds(8)));
    EXPECT_EQ(made->clock_offset, ticks(hours(-8)));
    EXPECT_EQ(made->validate.realms, chosen.realms);
    ASSERT_EQ(made->relays.size(), 1u);
    EXPECT_EQ(made->relays[0].host, "10.0.0.1");
    EXPECT_TRUE(made->access.client_certificate_required);
    EXPECT_EQ(made->access.client_names, chosen.client_names);
    EXPECT_EQ(made->access.allowed.size(), 1u);
    EXPECT_EQ(made->access.plaintext, session::plaintext_rule::never);
    EXPECT_EQ(made->sip_limits.max_message_bytes, 70'000u);
    EXPECT_EQ(made->sip_limits.max_header_bytes, 8000u);
    EXPECT_EQ(made->sip_limits.max_headers, 50u);
    EXPECT_EQ(made->max_frame_bytes, 70'000u);
    EXPECT_EQ(made->max_pending_output, 5000u);
}

TEST(Snapshot, HandsTheRedisSettingsOver) {
    auto chosen = vector_options("p256");
    const auto usual = snapshot_of(chosen);
    EXPECT_FALSE(usual->redis.password || usual->redis.max_bps || usual->redis.user_quota ||
                 usual->redis.total_quota);
    chosen.max_bps = 1;
    chosen.user_quota = 2;
    chosen.total_quota = 3;
    auto keys = load_keys(chosen, today);
    ASSERT_TRUE(keys.has_value()) << keys.error();
    keys->redis_password.emplace(as_bytes("s3cret"));
    const auto made = make_snapshot(chosen, *keys);
    ASSERT_TRUE(made->redis.password);
    EXPECT_EQ(as_text(made->redis.password->reveal()), "s3cret");
    EXPECT_EQ(made->redis.max_bps, 1u);
    EXPECT_EQ(made->redis.user_quota, 2u);
    EXPECT_EQ(made->redis.total_quota, 3u);
}

TEST(Snapshot, HandsEveryKeyOverInItsOrder) {
    auto chosen = vector_options("p256");
    chosen.certificates.push_back(vector_path("rsa2048.cert.pem"));
    chosen.keys.push_back(vector_path("rsa2048.key.pem"));
    chosen.realms = {"example.test"};
    const auto made = snapshot_of(chosen);
    ASSERT_EQ(made->keys.entries().size(), 2u);
    EXPECT_EQ(made->keys.entries()[0].key.id, "6d679884");
    EXPECT_EQ(made->keys.entries()[1].key.id, "168e9d81");
    EXPECT_NE(made->keys.entries()[1].key.turn_rest_in("example.test"), nullptr);
    EXPECT_EQ(made->not_after.size(), 2u);
    EXPECT_FALSE(made->validate.any_realm) << "what is asked for must be one of --realm";
}

TEST(Snapshot, AcceptsTheLargerOfMaximumAnd8HoursByDefault) {
    auto chosen = vector_options("p256");
    const auto accepted = [&chosen] { return snapshot_of(chosen)->validate.time.accept_lifetime; };
    chosen.max_lifetime = minutes(1);
    EXPECT_EQ(accepted(), ticks(hours(8)));
    chosen.max_lifetime = minutes(481);
    EXPECT_EQ(accepted(), ticks(minutes(481)));
    chosen.accept_lifetime = minutes(5);
    EXPECT_EQ(accepted(), ticks(minutes(5)));
}

TEST(Snapshot, NamesThisHostInBothLocationsWithoutRelays) {
    const auto made = snapshot_of(vector_options("p256"));
    ASSERT_EQ(made->relays.size(), 2u);
    EXPECT_NE(made->relays[0].where, made->relays[1].where);
    for (const auto& each : made->relays) {
        EXPECT_NE(each.host, "");
        EXPECT_EQ(each.udp_port, 3478);
        EXPECT_EQ(each.tcp_port, 443);
    }
    EXPECT_FALSE(made->access.client_certificate_required);
    EXPECT_TRUE(made->access.allowed.empty());
}

TEST(ProductName, IsNameSlashVersion) {
    EXPECT_EQ(product_name().substr(0, 10), "relayauth/");
    EXPECT_GE(product_name().size(), 15u);
    EXPECT_EQ(snapshot_of(vector_options("p256"))->product, product_name());
}

// tests/vectors/vectors.json, its one line about p256: the text between quotes behind `"name":`.
std::string derived(std::string_view purpose) {
    std::ifstream in(vector_path("vectors.json"));
    std::string line;
    while (std::getline(in, line) && line.find("\"p256.key.pem\"") == std::string::npos) continue;
    const auto at = line.find("\"" + std::string(purpose) + "\":\"");
    EXPECT_NE(at, std::string::npos);
    return line.substr(at + purpose.size() + 4, 64);
}

TEST(SigningKey, IsTheOneOfTheVectors) {
    const auto made = snapshot_of(vector_options("p256"));
    const auto* key = made->keys.minting_key(today);
    const auto agrees = [](const crypto::hmac_sha1_key& got, std::string_view purpose) {
        const auto octets = from_hex(derived(purpose));
        const crypto::hmac_sha1_key expected{secret(bytes_view(octets.value()))};
        return got.sign(as_bytes("any text")) == expected.sign(as_bytes("any text"));
    };
    EXPECT_TRUE(agrees(key->username_tag, "username tag"));
    EXPECT_TRUE(agrees(key->password, "password"));
    EXPECT_TRUE(agrees(key->client_id, "client id"));
}

}  // namespace
}  // namespace relayauth::server
