#include "relayauth/certificate/container.hpp"
#include "vector_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relayauth::certificate {
namespace {

using testing::HasSubstr;

result<container, failure> read(std::string_view file, const secret* password = nullptr) {
    return read_pem(file, password, "certificate file");
}

errc why_unreadable(std::string_view file, const secret* password = nullptr) {
    const auto got = read(file, password);
    EXPECT_TRUE(got.has_value());
    if (!got || !got->unreadable_key) return errc::crypto_unavailable;
    EXPECT_TRUE(got->keys.empty());
    return got->unreadable_key->why;
}

TEST(Pem, KeepsTheFilesOrderAndSkipsOtherBlocks) {
    const auto got =
        read("junk\n" + vector_file("p256.cert.pem") +
             "-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n" +
             vector_file("p256.sec1.pem") + "more junk\n" + vector_file("p384.cert.pem"));
    ASSERT_TRUE(got.has_value()) << got.error().text;
    EXPECT_EQ(got->certificates.size(), 2u);
    EXPECT_EQ(got->keys.size(), 1u);
    EXPECT_FALSE(got->unreadable_key.has_value());
}

TEST(Pem, TakesOtherSpellingsOfCertificate) {
    for (const auto* name : {"X509 CERTIFICATE", "TRUSTED CERTIFICATE"}) {
        const auto got = read(replaced(vector_file("p256.cert.pem"), "CERTIFICATE", name));
        ASSERT_TRUE(got.has_value()) << name;
        EXPECT_EQ(got->certificates.size(), 1u) << name;
    }
}

TEST(Pem, RefusesADamagedCertificate) {
    const auto good = vector_file("p256.cert.pem");
    const auto second =
        read(good + "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    EXPECT_EQ(why_not(second), errc::damaged);
    EXPECT_THAT(second.error().text, HasSubstr("certificate 2"));
}

TEST(Pem, RefusesABlockWithoutItsEnd) {
    const auto good = vector_file("p256.cert.pem");
    EXPECT_EQ(why_not(read(good.substr(0, good.find("-----END")))), errc::damaged);
    EXPECT_EQ(why_not(read(replaced(good, "END CERTIFICATE", "END CERTIFICATES"))), errc::damaged);
    EXPECT_EQ(why_not(read(replaced(good, "MII", "M*I"))), errc::damaged);
}

TEST(Pem, AsksForThePasswordOfALockedKey) {
    for (const auto* name : {"rsa2048.encrypted.pem", "rsa2048.traditional.pem"}) {
        EXPECT_EQ(why_unreadable(vector_file(name)), errc::password_needed) << name;
    }
}

TEST(Pem, RefusesAWrongPassword) {
    // More than one: with a cipher in CBC mode, one in 256 wrong ones leaves good padding.
    for (const auto* name :
         {"rsa2048.encrypted.pem", "rsa2048.traditional.pem", "rsa2048.rc2.pem"}) {
        for (int i = 0; i < 40; ++i) {
            const auto wrong = password_of("wrong horse " + std::to_string(i));
            EXPECT_EQ(why_unreadable(vector_file(name), &wrong), errc::wrong_password) << name;
        }
        const secret empty;
        EXPECT_EQ(why_unreadable(vector_file(name), &empty), errc::password_needed) << name;
    }
}

TEST(Pem, RefusesAPasswordLongerThanOpensslTakes) {
    const auto endless = password_of(std::string(5000, 'x'));
    EXPECT_EQ(why_unreadable(vector_file("rsa2048.traditional.pem"), &endless),
              errc::wrong_password);
}

TEST(Pem, SaysWhenItCannotUndoTheEncryption) {
    const auto password = right_password();
    const auto unknown =
        replaced(vector_file("rsa2048.traditional.pem"), "AES-128-CBC", "AES-129-CBC");
    EXPECT_EQ(why_unreadable(unknown, &password), errc::unsupported_encryption);
}

TEST(Pem, SaysThatAKeyIsDamaged) {
    for (const std::string name :
         {"PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY"}) {
        const auto block = "-----BEGIN " + name + "-----\nAAAA\n-----END " + name + "-----\n";
        EXPECT_EQ(why_unreadable(block), errc::damaged) << name;
    }
    const auto password = right_password();
    EXPECT_EQ(why_unreadable("-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n"
                             "-----END ENCRYPTED PRIVATE KEY-----\n",
                             &password),
              errc::damaged);
}

TEST(Pem, KeepsTheFirstReasonWhyAKeyIsUnreadable) {
    EXPECT_EQ(why_unreadable(vector_file("rsa2048.encrypted.pem") +
                             "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"),
              errc::password_needed);
}

TEST(Pem, BoundsHowManyKeysAndCertificatesItReads) {
    const auto key = vector_file("p256.key.pem"), certificate = vector_file("p256.cert.pem");
    std::string keys, certificates;
    for (int i = 0; i < 4; ++i) keys += key;
    for (int i = 0; i < 100; ++i) certificates += certificate;
    EXPECT_TRUE(read(keys + certificates).has_value());
    EXPECT_EQ(why_not(read(keys + key)), errc::too_large);
    EXPECT_EQ(why_not(read(certificates + certificate)), errc::too_large);
}

}  // namespace
}  // namespace relayauth::certificate
