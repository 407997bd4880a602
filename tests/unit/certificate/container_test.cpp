#include "relayauth/certificate/container.hpp"

#include "relayauth/base/base64.hpp"
#include "vector_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relayauth::certificate {
namespace {

using testing::HasSubstr;

result<container, failure> read(std::string_view file) {
    return read_container(as_bytes(file), nullptr, "certificate file");
}

// The octets between the BEGIN and END lines of a vector.
std::string der_of(const std::string& name) {
    auto text = vector_file(name);
    text.erase(0, text.find('\n'));
    text.erase(text.find("-----END"));
    text = replaced(text, "\n", "");
    std::string der(text.size(), '\0');
    const auto size =
        decode_base64(text, {reinterpret_cast<std::uint8_t*>(der.data()), der.size()});
    EXPECT_TRUE(size.has_value());
    der.resize(size.value_or(0));
    return der;
}

TEST(Container, SaysHowToConvertACertificateInDer) {
    const auto got = read(der_of("p256.cert.pem"));
    EXPECT_EQ(why_not(got), errc::der_encoding);
    EXPECT_THAT(got.error().text, HasSubstr("openssl x509 -inform DER"));
}

TEST(Container, SaysHowToConvertAKeyInDer) {
    for (const auto* name : {"p256.key.pem", "rsa2048.pkcs1.pem", "p256.nopublic.pem"}) {
        const auto got = read(der_of(name));
        EXPECT_EQ(why_not(got), errc::der_encoding) << name;
        EXPECT_THAT(got.error().text, HasSubstr("openssl pkey -inform DER"));
    }
}

TEST(Container, RefusesWhatItDoesNotKnow) {
    EXPECT_EQ(why_not(read("hello")), errc::not_pem_or_pfx);
    EXPECT_EQ(why_not(read("-----BEGINNING")), errc::not_pem_or_pfx);
    EXPECT_EQ(why_not(read("\x30")), errc::not_pem_or_pfx);
    EXPECT_EQ(why_not(read("\x30\x03\x02\x01\x07")), errc::not_pem_or_pfx);
    const auto empty = read("");
    EXPECT_EQ(why_not(empty), errc::not_pem_or_pfx);
    EXPECT_THAT(empty.error().text, HasSubstr("empty"));
}

TEST(Container, KnowsUtf16ByItsByteOrderMark) {
    for (const std::string_view file : {"\xFF\xFE-\0-\0", "\xFE\xFF\0-\0-"}) {
        const auto got = read(file);
        EXPECT_EQ(why_not(got), errc::not_pem_or_pfx);
        EXPECT_THAT(got.error().text, HasSubstr("UTF-16"));
    }
    EXPECT_THAT(read("\xFFx").error().text, testing::Not(HasSubstr("UTF-16")));
    EXPECT_THAT(read("\xFEx").error().text, testing::Not(HasSubstr("UTF-16")));
}

TEST(Container, ReadsUpToOneMebibyte) {
    const auto pem = vector_file("p256.cert.pem");
    const std::string filler(1024 * 1024 - pem.size() - 1, '\n');
    EXPECT_TRUE(read(filler + pem).has_value());
    EXPECT_TRUE(read("\n" + filler + pem).has_value());
    EXPECT_EQ(why_not(read("\n\n" + filler + pem)), errc::too_large);
}

}  // namespace
}  // namespace relayauth::certificate
