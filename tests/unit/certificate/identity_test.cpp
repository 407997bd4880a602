#include "relayauth/certificate/identity.hpp"

#include "relayauth/base/hex.hpp"
#include "vector_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <type_traits>

namespace relayauth::certificate {
namespace {

using testing::HasSubstr;

static_assert(!std::is_copy_constructible_v<identity>);
static_assert(std::is_nothrow_move_constructible_v<identity>);

std::string hex_of(const identity& id, std::string_view purpose) {
    return to_hex(id.derive(purpose).reveal());
}

TEST(Identity, FindsTheKeyInTheCertificateFile) {
    const auto got = parse(vector_file("ed25519.key.pem") + vector_file("ed25519.cert.pem"));
    ASSERT_TRUE(got.has_value()) << got.error().text;
    EXPECT_EQ(got->about().subject, "CN=ed25519.example.test");
}

TEST(Identity, DerivesTheSameEachTimeItIsParsed) {
    for (const std::string name : {"rsa2048", "p256", "ed25519", "ed448"}) {
        const auto first = parse(vector_file(name + ".cert.pem"), vector_file(name + ".key.pem"));
        const auto again = parse(vector_file(name + ".cert.pem"), vector_file(name + ".key.pem"));
        ASSERT_TRUE(first.has_value() && again.has_value()) << name;
        EXPECT_EQ(hex_of(*first, "password"), hex_of(*again, "password")) << name;
    }
}

TEST(Identity, DerivesAnotherValueForEachPurpose) {
    const auto got = parse(vector_file("p256.cert.pem"), vector_file("p256.key.pem"));
    ASSERT_TRUE(got.has_value());
    EXPECT_EQ(got->derive("password").size(), 32u);
    EXPECT_NE(hex_of(*got, "password"), hex_of(*got, "username tag"));
    EXPECT_NE(hex_of(*got, "turn rest"), hex_of(*got, std::string_view("turn rest\0", 10)));
}

TEST(Identity, SurvivesAMove) {
    auto got = parse(vector_file("p256.cert.pem"), vector_file("p256.key.pem"));
    ASSERT_TRUE(got.has_value());
    const auto before = hex_of(*got, "password");
    const identity moved = *std::move(got);
    EXPECT_EQ(hex_of(moved, "password"), before);
    EXPECT_EQ(moved.about().key_id, "6d679884");
}

TEST(Identity, TakesTheKeyFileBeforeAKeyInTheCertificateFile) {
    const auto got = parse(vector_file("p256.cert.pem") + vector_file("p384.key.pem"),
                           vector_file("p256.key.pem"));
    EXPECT_TRUE(got.has_value());
}

TEST(Identity, TakesTheKeyThatMatchesAmongSeveral) {
    const auto got = parse(vector_file("p384.key.pem") + vector_file("p256.key.pem") +
                           vector_file("p256.cert.pem"));
    ASSERT_TRUE(got.has_value()) << got.error().text;
    EXPECT_EQ(got->about().key_type, "EC P-256");
}

TEST(Identity, TakesTheFirstCertificateOfItsKey) {
    const auto got = parse(vector_file("p384.cert.pem") + vector_file("rsa2048.renamed.pem") +
                               vector_file("rsa2048.cert.pem"),
                           vector_file("rsa2048.key.pem"));
    ASSERT_TRUE(got.has_value()) << got.error().text;
    EXPECT_EQ(got->about().subject, "O=Другой,CN=*.contoso.test");
}

TEST(Identity, NamesBothWhenTheKeyIsOfAnotherCertificate) {
    const auto got = parse(vector_file("p256.cert.pem"), vector_file("p384.key.pem"));
    EXPECT_EQ(why_not(got), errc::key_of_another_certificate);
    EXPECT_THAT(got.error().text, HasSubstr("3a1e233d"));
    EXPECT_THAT(got.error().text, HasSubstr("CN=p256.example.test"));
    EXPECT_THAT(got.error().text, HasSubstr("6d679884"));
}

TEST(Identity, NamesAnEmptySubjectToo) {
    const auto got = parse(vector_file("p256.empty.pem"), vector_file("p384.key.pem"));
    EXPECT_EQ(why_not(got), errc::key_of_another_certificate);
    EXPECT_THAT(got.error().text, HasSubstr("empty subject"));
}

TEST(Identity, SaysWhichFileHasNoKey) {
    const auto alone = parse(vector_file("p256.cert.pem"));
    EXPECT_EQ(why_not(alone), errc::no_private_key);
    EXPECT_THAT(alone.error().text, HasSubstr("--key"));
    const auto separate = parse(vector_file("p256.cert.pem"), vector_file("p256.cert.pem"));
    EXPECT_EQ(why_not(separate), errc::no_private_key);
    EXPECT_THAT(separate.error().text, HasSubstr("key file"));
}

TEST(Identity, SaysThatThereIsOnlyAKey) {
    const auto got = parse(vector_file("p256.key.pem"));
    EXPECT_EQ(why_not(got), errc::no_certificate);
    EXPECT_THAT(got.error().text, HasSubstr("only a private key"));
    EXPECT_EQ(why_not(parse(vector_file("rsa2048.encrypted.pem"))), errc::no_certificate);
}

TEST(Identity, SaysThatThereIsNoCertificate) {
    const auto got = parse("-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n");
    EXPECT_EQ(why_not(got), errc::no_certificate);
    EXPECT_THAT(got.error().text, HasSubstr("CERTIFICATE block"));
}

TEST(Identity, RefusesAKeyFileThatIsNoKeyFile) {
    const auto got = parse(vector_file("p256.cert.pem"), "hello");
    EXPECT_EQ(why_not(got), errc::not_pem_or_pfx);
    EXPECT_THAT(got.error().text, HasSubstr("key file"));
}

TEST(Identity, IgnoresALockedKeyItDoesNotNeed) {
    EXPECT_TRUE(parse(vector_file("rsa2048.encrypted.pem") + vector_file("p256.cert.pem"),
                      vector_file("p256.key.pem"))
                    .has_value());
}

TEST(Identity, WarnsOfRsaUnder2048AndOfNothingElse) {
    const auto weak = parse(vector_file("rsa1024.cert.pem"), vector_file("rsa1024.key.pem"));
    ASSERT_TRUE(weak.has_value());
    ASSERT_EQ(weak->warnings().size(), 1u);
    EXPECT_THAT(weak->warnings().front(), HasSubstr("--tls-certificate"));
    for (const std::string name : {"rsa2048", "p256", "ed25519"}) {
        const auto good = parse(vector_file(name + ".cert.pem"), vector_file(name + ".key.pem"));
        ASSERT_TRUE(good.has_value());
        EXPECT_TRUE(good->warnings().empty()) << name;
    }
}

TEST(Identity, GivesTheChainLeafFirst) {
    const auto got = parse(vector_file("rsa2048.chain.pem") + vector_file("p256.cert.pem"),
                           vector_file("rsa2048.key.pem"));
    ASSERT_TRUE(got.has_value());
    EXPECT_EQ(got->about().subject, "CN=leaf.example.test");
    EXPECT_EQ(got->about().issuer, "CN=vector sub authority");
    const auto chain = got->chain_der();
    ASSERT_EQ(chain.size(), 3u);  // the unrelated one is left out
    EXPECT_THAT(as_text(chain[0]), HasSubstr("leaf.example.test"));
    EXPECT_THAT(as_text(chain[1]), HasSubstr("vector sub authority"));
    EXPECT_THAT(as_text(chain[2]), testing::Not(HasSubstr("vector sub authority")));
}

TEST(Identity, FindsTheChainInAPfx) {
    const auto got = parse_locked(vector_file("rsa2048.pfx"));
    ASSERT_TRUE(got.has_value()) << got.error().text;
    EXPECT_EQ(got->about().subject, "CN=leaf.example.test");
    EXPECT_EQ(got->chain_der().size(), 3u);
}

TEST(Identity, GivesTheKeyAsPkcs8WhateverItCameAs) {
    const auto from_pkcs1 =
        parse(vector_file("rsa2048.cert.pem"), vector_file("rsa2048.pkcs1.pem"));
    const auto from_pfx = parse_locked(vector_file("rsa2048.rc2.pfx"));
    ASSERT_TRUE(from_pkcs1.has_value() && from_pfx.has_value());
    const auto der = from_pkcs1->private_key_der();
    ASSERT_GT(der.size(), 1000u);
    EXPECT_EQ(der.reveal()[0], 0x30);
    EXPECT_EQ(to_hex(der.reveal()), to_hex(from_pfx->private_key_der().reveal()));
}

TEST(Identity, TakesAnyWindowsLineEndAndByteOrderMark) {
    const auto windows = [](const std::string& name) {
        return "\xEF\xBB\xBF" + replaced(vector_file(name), "\n", "\r\n");
    };
    const auto got = parse(windows("rsa2048.cert.pem"), windows("rsa2048.key.pem"));
    EXPECT_TRUE(got.has_value()) << got.error().text;
}

TEST(Identity, RefusesAnyTruncation) {
    const auto certificate = vector_file("p256.cert.pem");
    const auto key = vector_file("p256.key.pem");
    // The last line's own end is not needed.
    for (std::size_t size = 0; size + 1 < certificate.size(); ++size) {
        EXPECT_FALSE(parse(certificate.substr(0, size), key).has_value()) << size;
    }
    for (std::size_t size = 1; size + 1 < key.size(); ++size) {
        EXPECT_FALSE(parse(certificate, key.substr(0, size)).has_value()) << size;
    }
}

TEST(Identity, NeverTakesAKeyWithOneCharacterChangedForTheSame) {
    const auto certificate = vector_file("p256.cert.pem");
    const auto key = vector_file("p256.key.pem");
    const auto right = parse(certificate, key);
    ASSERT_TRUE(right.has_value());
    for (std::size_t i = 0; i < key.size(); ++i) {
        auto changed = key;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        const auto got = parse(certificate, changed);
        if (!got.has_value()) continue;
        EXPECT_EQ(hex_of(*got, "password"), hex_of(*right, "password")) << i;
    }
}

}  // namespace
}  // namespace relayauth::certificate
