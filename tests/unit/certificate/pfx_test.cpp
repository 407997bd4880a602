#include "relayauth/certificate/container.hpp"
#include "vector_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

namespace relayauth::certificate {
namespace {

using testing::HasSubstr;

TEST(Pfx, AsksForItsPassword) {
    const auto none = parse(vector_file("rsa2048.pfx"));
    EXPECT_EQ(why_not(none), errc::password_needed);
    EXPECT_THAT(none.error().text, HasSubstr("--password-file"));
    const secret empty;
    EXPECT_EQ(why_not(parse(vector_file("rsa2048.pfx"), {}, &empty)), errc::password_needed);
}

TEST(Pfx, RefusesAWrongPassword) {
    const auto wrong = password_of("wrong horse");
    for (const auto* name : {"rsa2048.pfx", "rsa2048.rc2.pfx", "rsa2048.nopassword.pfx"}) {
        EXPECT_EQ(why_not(parse(vector_file(name), {}, &wrong)), errc::wrong_password) << name;
    }
}

TEST(Pfx, OpensWithAnEmptyPasswordWrittenEitherWay) {
    const secret empty;
    EXPECT_TRUE(parse(vector_file("rsa2048.nopassword.pfx"), {}, &empty).has_value());
    EXPECT_TRUE(parse(vector_file("rsa2048.nopassword.pfx")).has_value());
}

TEST(Pfx, WithoutAKeyHasNone) {
    EXPECT_EQ(why_not(parse_locked(vector_file("rsa2048.nokey.pfx"))), errc::no_private_key);
}

TEST(Pfx, IsRefusedWithoutAnIntegrityCheck) {
    const auto got = parse_locked(vector_file("rsa2048.nomac.pfx"));
    EXPECT_EQ(why_not(got), errc::unsupported_encryption);
    EXPECT_THAT(got.error().text, HasSubstr("no integrity check"));
}

TEST(Pfx, IsRefusedWithAnyOctetChangedOrReadsAsTheSame) {
    const auto good = vector_file("rsa2048.3des.pfx");
    for (std::size_t i = 0; i < good.size(); i += 7) {
        auto changed = good;
        changed[i] = static_cast<char>(changed[i] ^ 0x04);
        const auto got = parse_locked(changed);
        if (!got) continue;
        EXPECT_EQ(got->about().key_id, "168e9d81") << i;
    }
}

TEST(Pfx, IsRefusedTruncatedAnywhere) {
    const auto good = vector_file("rsa2048.pfx");
    for (std::size_t size = 0; size < good.size(); size += 13) {
        EXPECT_FALSE(parse_locked(good.substr(0, size)).has_value()) << size;
    }
}

TEST(Pfx, SaysWhenItsIntegrityCheckCannotBeComputed) {
    // SHA-256's identifier in the last part, the MAC, becomes one that nobody knows.
    auto file = vector_file("rsa2048.pfx");
    const auto at = file.rfind("\x60\x86\x48\x01\x65\x03\x04\x02\x01");
    ASSERT_NE(at, std::string::npos);
    file[at + 8] = 0x7E;
    EXPECT_EQ(why_not(parse_locked(file)), errc::unsupported_encryption);
}

TEST(Pfx, RefusesAnIntegrityCheckThatWouldTakeMinutes) {
    // Its MAC asks for 2^31 - 1 iterations.
    EXPECT_EQ(why_not(parse_locked(vector_file("p256.slow.pfx"))), errc::too_many_iterations);
}

// Containers and small systems leave the legacy provider out.
TEST(Pfx, NamesTheLegacyProviderWhereItIsMissing) {
    ::setenv("OPENSSL_MODULES", "/nonexistent", 1);
    const auto old = parse_locked(vector_file("rsa2048.rc2.pfx"));
    const auto modern = parse_locked(vector_file("rsa2048.pfx"));
    const auto old_pem =
        parse_locked(vector_file("rsa2048.cert.pem"), vector_file("rsa2048.rc2.pem"));
    ::unsetenv("OPENSSL_MODULES");
    EXPECT_EQ(why_not(old), errc::crypto_unavailable);
    EXPECT_THAT(old.error().text, HasSubstr("legacy provider"));
    EXPECT_EQ(why_not(old_pem), errc::crypto_unavailable);
    EXPECT_TRUE(modern.has_value());
}

}  // namespace
}  // namespace relayauth::certificate
