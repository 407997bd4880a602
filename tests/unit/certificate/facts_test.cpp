#include "relayauth/certificate/facts.hpp"

#include "relayauth/base/base64.hpp"
#include "relayauth/base/time_text.hpp"
#include "vector_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relayauth::certificate {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

facts facts_in(const std::string& name) {
    const auto got = read_facts(as_bytes(vector_file(name)), right_password());
    EXPECT_TRUE(got.has_value()) << name << ": " << (got ? "" : got.error().text);
    return got ? *got : facts{};
}

// patched gives a vector with the first `from` in its DER replaced by `to`, of the same length.
std::string patched(const std::string& name, std::string_view from, std::string_view to) {
    auto text = vector_file(name);
    text = replaced(text.substr(27, text.find("\n-----END") - 27), "\n", "");
    std::string der(text.size(), '\0');
    const auto size =
        decode_base64(text, {reinterpret_cast<std::uint8_t*>(der.data()), der.size()});
    EXPECT_TRUE(size.has_value());
    der.resize(size.value_or(0));
    const auto at = der.find(from);
    EXPECT_NE(at, std::string::npos);
    if (at != std::string::npos) der.replace(at, from.size(), to);
    auto again = encode_base64(as_bytes(der));
    for (std::size_t i = 64; i < again.size(); i += 65) again.insert(i, "\n");
    return "-----BEGIN CERTIFICATE-----\n" + again + "\n-----END CERTIFICATE-----\n";
}

TEST(Facts, ShowsNamesOfEveryKind) {
    EXPECT_THAT(facts_in("p256.names.pem").names,
                ElementsAre("DNS:av.example.test", "DNS:*.example.test", "IP:192.0.2.7",
                            "IP:2001:db8::1:0:0:7", "IP:::1", "email:a@example.test",
                            "URI:sip:av.example.test", "dirName:CN=inner",
                            "otherName:1.3.6.1.4.1.311.20.2.3", "RID:1.2.3"));
}

TEST(Facts, ShowsASubjectInItsOwnOrderAndLetters) {
    EXPECT_EQ(facts_in("p256.names.pem").subject, "O=Zoë\\, Ltd.,CN=ошибка");
    EXPECT_EQ(facts_in("p256.names.pem").issuer, "O=Zoë\\, Ltd.,CN=ошибка");
}

TEST(Facts, ShowsUsages) {
    const auto about = facts_in("p256.names.pem");
    EXPECT_THAT(about.key_usage,
                ElementsAre("digitalSignature", "keyEncipherment", "cRLSign", "decipherOnly"));
    EXPECT_THAT(about.extended_key_usage, ElementsAre("serverAuth", "codeSigning", "1.2.3.4.5"));
}

TEST(Facts, ShowsWhatIsNotThereAsEmpty) {
    const auto about = facts_in("p256.empty.pem");
    EXPECT_EQ(about.subject, "");
    EXPECT_EQ(about.issuer, "");
    EXPECT_THAT(about.names, IsEmpty());
    EXPECT_THAT(about.key_usage, IsEmpty());
    EXPECT_THAT(about.extended_key_usage, IsEmpty());
}

TEST(Facts, ReadsDatesPastEveryOverflow) {
    EXPECT_EQ(utc_text(facts_in("p256.year2038.pem").not_before), "1970-01-01T00:00:00Z");
    EXPECT_EQ(utc_text(facts_in("p256.year2038.pem").not_after), "2038-01-19T03:14:08Z");
    EXPECT_EQ(utc_text(facts_in("p256.year2106.pem").not_before), "2038-01-19T03:14:07Z");
    EXPECT_EQ(utc_text(facts_in("p256.year2106.pem").not_after), "2106-02-07T06:28:16Z");
    EXPECT_EQ(utc_text(facts_in("p256.year9999.pem").not_before), "1950-01-01T00:00:00Z");
    EXPECT_EQ(utc_text(facts_in("p256.year9999.pem").not_after), "9999-12-31T23:59:59Z");
}

TEST(Facts, NamesTheKeysTypeAndSize) {
    struct row {
        const char *file, *type;
        unsigned bits;
    };
    for (const auto& [file, type, bits] :
         {row{"rsa2048.cert.pem", "RSA", 2048}, row{"rsa1024.cert.pem", "RSA", 1024},
          row{"p256.cert.pem", "EC P-256", 256}, row{"p384.cert.pem", "EC P-384", 384},
          row{"p521.cert.pem", "EC P-521", 521}, row{"secp256k1.cert.pem", "EC secp256k1", 256},
          row{"rsapss.cert.pem", "RSA-PSS", 2048}}) {
        EXPECT_EQ(facts_in(file).key_type, type) << file;
        EXPECT_EQ(facts_in(file).key_bits, bits) << file;
    }
    EXPECT_EQ(facts_in("ed25519.cert.pem").key_type, "Ed25519");
    EXPECT_EQ(facts_in("ed448.cert.pem").key_type, "Ed448");
}

TEST(Facts, GivesAKeyOneIdInEveryCertificate) {
    EXPECT_EQ(facts_in("rsa2048.cert.pem").key_id, "168e9d81");
    EXPECT_EQ(facts_in("rsa2048.renamed.pem").key_id, "168e9d81");
    EXPECT_EQ(facts_in("p256.cert.pem").key_id, "6d679884");
    EXPECT_EQ(facts_in("p256.compressed.cert.pem").key_id, "6d679884");
}

TEST(Facts, TellsASelfSignedCertificateFromAnIssuedOne) {
    EXPECT_TRUE(facts_in("p256.cert.pem").self_signed);
    EXPECT_TRUE(facts_in("p256.empty.pem").self_signed);
    EXPECT_FALSE(facts_in("rsa2048.chain.pem").self_signed);
}

TEST(Facts, SaysSelfSignedOnlyWhereTheSignatureIsGood) {
    auto der = vector_file("p256.cert.pem");
    der[der.rfind("-----END") - 8] ^= 1;  // inside the signature
    const auto got = read_facts(as_bytes(der), {});
    ASSERT_TRUE(got.has_value()) << got.error().text;
    EXPECT_FALSE(got->self_signed);
}

TEST(Facts, TakesTheLeafOfAChainWithoutAKey) {
    EXPECT_EQ(facts_in("rsa2048.chain.pem").subject, "CN=leaf.example.test");
}

TEST(Facts, TakesTheCertificateOfTheKeyWhereThereIsOne) {
    const auto file =
        vector_file("p384.cert.pem") + vector_file("p256.cert.pem") + vector_file("p256.key.pem");
    const auto got = read_facts(as_bytes(file), {});
    ASSERT_TRUE(got.has_value());
    EXPECT_EQ(got->subject, "CN=p256.example.test");
}

TEST(Facts, NeedsNoPasswordForACertificateBesideALockedKey) {
    const auto file = vector_file("rsa2048.encrypted.pem") + vector_file("rsa2048.cert.pem");
    EXPECT_TRUE(read_facts(as_bytes(file), {}).has_value());
}

TEST(Facts, ReadsAPfxWithoutAKey) {
    EXPECT_EQ(facts_in("rsa2048.nokey.pfx").subject, "CN=rsa2048.example.test");
}

TEST(Facts, NeedsThePasswordOfAPfx) {
    EXPECT_EQ(why_not(read_facts(as_bytes(vector_file("rsa2048.pfx")), {})), errc::password_needed);
}

TEST(Facts, SaysThatThereIsNoCertificate) {
    EXPECT_EQ(why_not(read_facts(as_bytes(vector_file("p256.key.pem")), {})), errc::no_certificate);
}

TEST(Facts, RefusesDatesThatAreNone) {
    for (const std::string_view date : {"20561301000000Z", "2056x101000000Z", "20560230000000Z"}) {
        const auto file = patched("p256.cert.pem", "20560101000000Z", date);
        EXPECT_EQ(why_not(read_facts(as_bytes(file), {})), errc::damaged) << date;
    }
}

TEST(Facts, DescribesAKeyThatNobodyKnows) {
    // id-ecPublicKey becomes 1.2.840.10045.2.126.
    const auto file =
        patched("p256.cert.pem", "\x2A\x86\x48\xCE\x3D\x02\x01", "\x2A\x86\x48\xCE\x3D\x02\x7E");
    const auto got = read_facts(as_bytes(file), {});
    ASSERT_TRUE(got.has_value()) << got.error().text;
    EXPECT_EQ(got->key_type, "unknown");
    EXPECT_EQ(got->key_bits, 0u);
    EXPECT_EQ(got->key_id.size(), 8u);
}

TEST(Facts, EscapesWhatHasNoPlaceInAName) {
    const auto file = patched("p256.names.pem", "av.example.test", "av\n\\xample test");
    const auto got = read_facts(as_bytes(file), {});
    ASSERT_TRUE(got.has_value());
    EXPECT_EQ(got->names.front(), "DNS:av\\0a\\5cxample\\20test");
}

}  // namespace
}  // namespace relayauth::certificate
