#include "relayauth/server/loaded_keys.hpp"

#include "key_loading.hpp"
#include "vector_options.hpp"

#include "relayauth/base/base64.hpp"
#include "tests/unit/credential/hand_made.hpp"

#include <gtest/gtest.h>

// Several --certificate: the first mints, the others verify.

namespace relayauth::server {
namespace {

// rsa2048 mints, p256 (whose certificate ends in 2038) only verifies.
options two_keys() {
    auto chosen = vector_options();
    chosen.certificates.push_back(vector_path("p256.year2038.pem"));
    chosen.keys.push_back(vector_path("p256.key.pem"));
    return chosen;
}
constexpr auto end_of_2038 = wall_time::from_unix(std::chrono::seconds(2'147'483'648));

TEST(LoadSeveralKeys, MintsWithTheFirstAndVerifiesWithTheOthersThroughTheirNotAfter) {
    const auto loaded = load_keys(two_keys(), today);
    ASSERT_TRUE(loaded.has_value()) << loaded.error();
    ASSERT_EQ(loaded->ring.entries().size(), 2u);
    EXPECT_EQ(loaded->ring.entries()[0].key.id, "168e9d81");
    EXPECT_EQ(loaded->ring.entries()[0].stage(wall_time::max()), keyring::key_stage::minting);
    const auto& second = loaded->ring.entries()[1];
    EXPECT_EQ(second.key.id, "6d679884");
    const auto last = end_of_2038 + ticks(std::chrono::seconds(1)) - ticks{1};
    EXPECT_EQ(second.stage(today), keyring::key_stage::verifying);
    EXPECT_EQ(second.stage(end_of_2038), keyring::key_stage::verifying);
    EXPECT_EQ(second.stage(last), keyring::key_stage::verifying) << "the second still counts";
    EXPECT_EQ(second.stage(last + ticks{1}), keyring::key_stage::retired);
    EXPECT_EQ(loaded->ring.minting_key(today)->id, "168e9d81");
    EXPECT_EQ(loaded->about.key_id, "168e9d81");
    ASSERT_EQ(loaded->verifying.size(), 1u);
    EXPECT_EQ(loaded->verifying[0].key_id, "6d679884");
    ASSERT_EQ(loaded->not_after.size(), 2u);
    EXPECT_EQ(loaded->not_after[0], loaded->about.not_after);
    EXPECT_EQ(loaded->not_after[1], end_of_2038);
    EXPECT_EQ(loaded->warnings.size(), 1u) << "that of one certificate for both uses";
}

TEST(LoadSeveralKeys, PresentsTheFirstToTlsClients) {
    auto chosen = two_keys();
    chosen.certificates = {vector_path("p256.cert.pem"), vector_path("rsa1024.cert.pem")};
    chosen.keys = {vector_path("p256.key.pem"), vector_path("rsa1024.key.pem")};
    EXPECT_TRUE(load_keys(chosen, today).has_value());
    std::swap(chosen.certificates[0], chosen.certificates[1]);
    std::swap(chosen.keys[0], chosen.keys[1]);
    expect_refused(chosen, "rsa1024.cert.pem", "--tls-certificate");
}

TEST(LoadSeveralKeys, TakesTheKeyFromTheCertificatesFileWhenThereAreFewerKeys) {
    auto chosen = vector_options();
    chosen.certificates.push_back(vector_path("rsa2048.bag.pem"));
    chosen.certificates[0] = vector_path("p256.cert.pem");
    chosen.keys = {vector_path("p256.key.pem")};
    const auto loaded = load_keys(chosen, today);
    ASSERT_TRUE(loaded.has_value()) << loaded.error();
    ASSERT_EQ(loaded->ring.entries().size(), 2u);
    EXPECT_EQ(loaded->ring.entries()[1].key.id, "168e9d81");
    std::swap(chosen.certificates[0], chosen.certificates[1]);
    expect_refused(chosen, "rsa2048.bag.pem with ", "does not belong to the certificate");
}

TEST(LoadSeveralKeys, SaysThatTheSameKeyTwiceAddsNothing) {
    auto chosen = two_keys();
    chosen.certificates.push_back(vector_path("rsa2048.renamed.pem"));
    chosen.keys.push_back(vector_path("rsa2048.key.pem"));
    chosen.certificates.push_back(vector_path("p256.names.pem"));
    chosen.keys.push_back(vector_path("p256.key.pem"));
    const auto loaded = load_keys(chosen, today);
    ASSERT_TRUE(loaded.has_value()) << loaded.error();
    EXPECT_EQ(loaded->ring.entries().size(), 2u);
    EXPECT_EQ(loaded->not_after.size(), 2u);
    EXPECT_EQ(loaded->verifying.size(), 1u);
    EXPECT_TRUE(warns(*loaded, "rsa2048.renamed.pem: the same key (168e9d81)"));
    EXPECT_TRUE(warns(*loaded, "p256.names.pem: the same key (6d679884)"));
}

TEST(LoadSeveralKeys, ARenewedCertificateLetsAKeyVerifyForLonger) {
    auto chosen = two_keys();
    chosen.certificates.push_back(vector_path("p256.year9999.pem"));
    chosen.keys.push_back(vector_path("p256.key.pem"));
    const auto late = end_of_2038 + ticks(std::chrono::hours(1));
    const auto loaded = load_keys(chosen, late);
    ASSERT_TRUE(loaded.has_value()) << loaded.error();
    ASSERT_EQ(loaded->ring.entries().size(), 2u);
    EXPECT_EQ(loaded->ring.entries()[1].stage(late), keyring::key_stage::verifying);
    EXPECT_GT(loaded->not_after[1], late);
    EXPECT_EQ(loaded->verifying[0].not_after, loaded->not_after[1]);
    std::swap(chosen.certificates[1], chosen.certificates[2]);
    const auto turned = load_keys(chosen, late);
    ASSERT_TRUE(turned.has_value()) << turned.error();
    EXPECT_EQ(turned->not_after[1], loaded->not_after[1]) << "the later end counts";
}

// The clock that judges credentials is moved, the one that judges certificates is not.
TEST(LoadSeveralKeys, EndsAKeyByTheMachinesClock) {
    auto chosen = two_keys();
    chosen.clock_offset = std::chrono::hours(8);
    const auto loaded = load_keys(chosen, today);
    ASSERT_TRUE(loaded.has_value()) << loaded.error();
    const auto& older = loaded->ring.entries()[1];
    const auto end = end_of_2038 + ticks(std::chrono::seconds(1));
    EXPECT_EQ(older.stage(end + chosen.clock_offset - ticks{1}), keyring::key_stage::verifying);
    EXPECT_EQ(older.stage(end + chosen.clock_offset), keyring::key_stage::retired);
}

TEST(LoadSeveralKeys, LoadsAnExpiredOneThatOnlyVerifiesWithAWarning) {
    const auto late = end_of_2038 + ticks(std::chrono::seconds(1));
    const auto before = load_keys(two_keys(), late - ticks{1});
    ASSERT_TRUE(before.has_value()) << before.error();
    EXPECT_FALSE(warns(*before, "p256.year2038.pem"));
    const auto loaded = load_keys(two_keys(), late);
    ASSERT_TRUE(loaded.has_value()) << loaded.error();
    EXPECT_TRUE(warns(*loaded, "p256.year2038.pem: the certificate expired 2038-01-19T03:14:08Z"));
    ASSERT_EQ(loaded->ring.entries().size(), 2u);
    EXPECT_EQ(loaded->ring.entries()[1].stage(late), keyring::key_stage::retired);
    auto as_first = two_keys();
    std::swap(as_first.certificates[0], as_first.certificates[1]);
    std::swap(as_first.keys[0], as_first.keys[1]);
    expect_refused(as_first, "p256.year2038.pem", "expired", late);
}

TEST(LoadSeveralKeys, LoadsNothingWhenOneCannotBeRead) {
    auto chosen = two_keys();
    chosen.certificates[1] = "/nowhere/old.pem";
    expect_refused(chosen, "/nowhere/old.pem", "No such file or directory");
    chosen = two_keys();
    chosen.keys[1] = vector_path("rsa2048.key.pem");
    expect_refused(chosen, "p256.year2038.pem with ", "does not belong to the certificate");
}

TEST(LoadSeveralKeys, DerivesATurnRestSecretForEachRealmAndKey) {
    namespace hand_made = credential::hand_made;
    auto chosen = two_keys();
    chosen.realms = {"example.test", "other.test"};
    const auto loaded = load_keys(chosen, today);
    ASSERT_TRUE(loaded.has_value()) << loaded.error();
    const auto password = [&loaded](std::size_t at, std::string_view realm) {
        const auto* secret = loaded->ring.entries()[at].key.turn_rest_in(realm);
        return secret ? encode_base64(secret->key.sign(as_bytes(hand_made::rest_name))) : "none";
    };
    EXPECT_EQ(password(0, "example.test"), hand_made::rest_password);
    EXPECT_EQ(password(1, "example.test"), hand_made::other_rest_password);
    EXPECT_NE(password(0, "other.test"), "none");
    EXPECT_NE(password(0, "other.test"), hand_made::rest_password);
    EXPECT_EQ(password(0, "third.test"), "none");
    EXPECT_EQ(loaded->ring.entries()[0].key.turn_rest[0].realm, "example.test");
}

TEST(LoadKeys, ReadsTheRedisPasswordWhenOneIsNamed) {
    auto chosen = vector_options();
    EXPECT_FALSE(load_keys(chosen, today)->redis_password);
    chosen.redis_password_file = file_with("redis-password", "s3cret\r\nmore\n");
    const auto loaded = load_keys(chosen, today);
    ASSERT_TRUE(loaded.has_value()) << loaded.error();
    ASSERT_TRUE(loaded->redis_password);
    EXPECT_EQ(as_text(loaded->redis_password->reveal()), "s3cret");
    for (const auto content : {"", "\n", "\r\n", "\ns3cret\n"}) {
        chosen.redis_password_file = file_with("no-redis-password", content);
        expect_refused(chosen, "no-redis-password", "the first line is empty");
    }
    chosen.redis_password_file = "/nowhere/redis";
    expect_refused(chosen, "/nowhere/redis", "No such file or directory");
}

}  // namespace
}  // namespace relayauth::server
