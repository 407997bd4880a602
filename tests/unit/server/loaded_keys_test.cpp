#include "relayauth/server/loaded_keys.hpp"

#include "key_loading.hpp"
#include "vector_options.hpp"

#include <gtest/gtest.h>

namespace relayauth::server {
namespace {

TEST(LoadKeys, LoadsAMintingKeyAndTls) {
    const auto loaded = load_keys(vector_options(), today);
    ASSERT_TRUE(loaded.has_value()) << loaded.error();
    EXPECT_EQ(loaded->about.key_id, "168e9d81");
    ASSERT_EQ(loaded->ring.entries().size(), 1u);
    const auto* minting = loaded->ring.minting_key(today);
    ASSERT_NE(minting, nullptr);
    EXPECT_EQ(minting->id, "168e9d81");
    ASSERT_EQ(loaded->not_after.size(), 1u);
    EXPECT_EQ(loaded->not_after[0], loaded->about.not_after);
    EXPECT_NE(loaded->tls, nullptr);
    EXPECT_TRUE(warns(*loaded, "--tls-certificate")) << "one file for both";
}

TEST(LoadKeys, TakesTwoFilesForTheTwoUsesWithoutAWarning) {
    auto chosen = vector_options();
    chosen.tls_certificate = vector_path("p256.cert.pem");
    chosen.tls_key = vector_path("p256.key.pem");
    const auto loaded = load_keys(chosen, today);
    ASSERT_TRUE(loaded.has_value()) << loaded.error();
    EXPECT_EQ(loaded->about.key_id, "168e9d81");
    EXPECT_TRUE(loaded->warnings.empty());
}

TEST(LoadKeys, LooksAtTheDatesOfTheTlsCertificateToo) {
    auto chosen = vector_options();
    chosen.tls_certificate = vector_path("p256.cert.pem");
    chosen.tls_key = vector_path("p256.key.pem");
    const auto loaded = load_keys(chosen, today);
    ASSERT_TRUE(loaded.has_value() && loaded->tls_about);
    const auto late = loaded->tls_about->not_after + ticks(std::chrono::seconds(1));
    chosen.certificates = {vector_path("p256.year9999.pem")};
    chosen.keys = {vector_path("p256.key.pem")};
    EXPECT_TRUE(load_keys(chosen, late - ticks{1}).has_value());
    const auto refused = load_keys(chosen, late);
    ASSERT_FALSE(refused.has_value());
    EXPECT_NE(refused.error().find("p256.cert.pem: the certificate expired"), std::string::npos)
        << refused.error();
    chosen.allow_expired_certificate = true;
    EXPECT_TRUE(load_keys(chosen, late).has_value());
}

TEST(LoadKeys, OpensWhatAPasswordLocks) {
    auto chosen = vector_options();
    chosen.keys = {vector_path("rsa2048.encrypted.pem")};
    chosen.password_file = vector_path("password.txt");
    const auto pem = load_keys(chosen, today);
    ASSERT_TRUE(pem.has_value()) << pem.error();
    EXPECT_EQ(pem->about.key_id, "168e9d81");

    chosen.keys.clear();
    chosen.certificates = {vector_path("rsa2048.rc2.pfx")};
    const auto pfx = load_keys(chosen, today);
    ASSERT_TRUE(pfx.has_value()) << pfx.error();
    EXPECT_EQ(pfx->about.key_id, "168e9d81");
}

TEST(LoadKeys, NamesTheFileThatIsNotThere) {
    auto chosen = vector_options();
    chosen.certificates = {"/nowhere/av.pem"};
    expect_refused(chosen, "/nowhere/av.pem", "No such file or directory");
    chosen = vector_options();
    chosen.keys = {"/nowhere/av.key"};
    expect_refused(chosen, "/nowhere/av.key", "No such file or directory");
    chosen = vector_options();
    chosen.password_file = "/nowhere/password";
    expect_refused(chosen, "/nowhere/password", "No such file or directory");
    chosen = vector_options();
    chosen.tls_certificate = "/nowhere/tls.pem";
    expect_refused(chosen, "/nowhere/tls.pem", "No such file or directory");
    chosen = vector_options();
    chosen.client_ca = "/nowhere/ca.pem";
    expect_refused(chosen, "/nowhere/ca.pem", "No such file or directory");
    chosen = vector_options();
    chosen.relay_ca = "/nowhere/relay-ca.pem";
    expect_refused(chosen, "/nowhere/relay-ca.pem", "No such file or directory");
}

TEST(LoadKeys, SaysWhatIsWrongWithAKey) {
    auto chosen = vector_options();
    chosen.keys = {vector_path("p256.key.pem")};
    expect_refused(chosen, "rsa2048.cert.pem with ", "does not belong to the certificate");
    chosen.keys.clear();
    expect_refused(chosen, "rsa2048.cert.pem", "--key");
    chosen.keys = {vector_path("rsa2048.encrypted.pem")};
    expect_refused(chosen, "rsa2048.encrypted.pem", "--password-file");
    chosen.password_file = file_with("wrong-password", "wrong\n");
    expect_refused(chosen, "rsa2048.encrypted.pem", "password");
    expect_refused(vector_options("rsapss"), "rsapss.cert.pem", "id-RSASSA-PSS");
    expect_refused(vector_options("rsa512"), "rsa512.cert.pem", "512 bits");
    chosen = vector_options();
    chosen.certificates = {file_with("garbage.pem", "not a certificate")};
    expect_refused(chosen, "garbage.pem", "");
}

TEST(LoadKeys, RefusesACertificateOutsideItsDatesToTheSecond) {
    const auto begin = wall_time::from_unix(std::chrono::seconds(1'767'225'600));  // 2026-01-01
    const auto end = wall_time::from_unix(std::chrono::seconds(2'713'910'400));    // 2056-01-01
    const auto chosen = vector_options();
    expect_refused(chosen, "rsa2048.cert.pem", "not valid before 2026-01-01T00:00:00Z",
                   begin - ticks(1));
    EXPECT_TRUE(load_keys(chosen, begin).has_value());
    EXPECT_TRUE(load_keys(chosen, end).has_value()) << "notAfter is the last good second";
    EXPECT_TRUE(load_keys(chosen, end + std::chrono::seconds(1) - ticks(1)).has_value());
    expect_refused(chosen, "rsa2048.cert.pem", "expired 2056-01-01T00:00:00Z",
                   end + std::chrono::seconds(1));
    expect_refused(chosen, "rsa2048.cert.pem", "--allow-expired-certificate",
                   end + std::chrono::hours(24));
}

TEST(LoadKeys, TakesAnExpiredCertificateWhenToldTo) {
    auto chosen = vector_options();
    chosen.allow_expired_certificate = true;
    const auto loaded =
        load_keys(chosen, wall_time::from_unix(std::chrono::seconds(2'800'000'000)));
    ASSERT_TRUE(loaded.has_value()) << loaded.error();
    EXPECT_TRUE(warns(*loaded, "expired 2056-01-01T00:00:00Z"));
    EXPECT_NE(loaded->ring.minting_key(wall_time::max()), nullptr) << "it goes on minting";
}

TEST(LoadKeys, SaysThatAShortRsaKeyNeedsATlsCertificateOfItsOwn) {
    expect_refused(vector_options("rsa1024"), "rsa1024.cert.pem", "--tls-certificate");
    auto chosen = vector_options("rsa1024");
    chosen.tls_certificate = vector_path("p256.cert.pem");
    chosen.tls_key = vector_path("p256.key.pem");
    const auto loaded = load_keys(chosen, today);
    ASSERT_TRUE(loaded.has_value()) << loaded.error();
    EXPECT_TRUE(warns(*loaded, "1024 bits"));
}

TEST(LoadKeys, NamesTheClientCaFileThatHoldsNoCertificate) {
    auto chosen = vector_options();
    for (const auto content : {"", "not a certificate"}) {
        chosen.client_ca = file_with("empty-ca.pem", content);
        expect_refused(chosen, "empty-ca.pem", "no certificate in the file");
    }
    chosen.client_ca = vector_path("rsa2048.chain.pem");
    EXPECT_TRUE(load_keys(chosen, today).has_value());
}

TEST(LoadKeys, NamesTheRelayCaFileThatHoldsNoCertificate) {
    auto chosen = vector_options();
    chosen.client_ca = vector_path("rsa2048.chain.pem");
    for (const auto content : {"", "not a certificate"}) {
        chosen.relay_ca = file_with("empty-relay-ca.pem", content);
        expect_refused(chosen, "empty-relay-ca.pem: ", "no certificate in the file");
        expect_refused(chosen, "empty-relay-ca.pem: ", "--relay-ca");
    }
    chosen.relay_ca = vector_path("rsa2048.chain.pem");
    EXPECT_TRUE(load_keys(chosen, today).has_value());
}

}  // namespace
}  // namespace relayauth::server
