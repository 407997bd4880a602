#include "relayauth/certificate/text.hpp"

#include "relayauth/base/time_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relayauth::certificate {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

facts usual_facts() {
    facts about;
    about.subject = "CN=av.example.test";
    about.issuer = "CN=av.example.test";
    about.names = {"DNS:av.example.test", "IP:192.0.2.7"};
    about.not_before = *parse_utc("2026-01-01T00:00:00Z");
    about.not_after = *parse_utc("2026-12-31T23:59:59Z");
    about.key_type = "RSA";
    about.key_bits = 2048;
    about.key_id = "1a2b3c4d";
    about.key_usage = {"digitalSignature"};
    about.self_signed = true;
    return about;
}

std::string at(const char* now) {
    return describe(usual_facts(), *parse_utc(now));
}

TEST(Text, ShowsAlignedFacts) {
    EXPECT_THAT(at("2026-12-30T00:00:00Z"),
                StartsWith("subject             CN=av.example.test\n"
                           "names               DNS:av.example.test, IP:192.0.2.7\n"
                           "issuer              CN=av.example.test (self-signed)\n"
                           "not before          2026-01-01T00:00:00Z\n"
                           "not after           2026-12-31T23:59:59Z (in 2 days)\n"
                           "key                 RSA, 2048 bits\n"
                           "key id              1a2b3c4d\n"
                           "key usage           digitalSignature\n"
                           "extended key usage  (none)\n\nFor A/V"));
}

TEST(Text, SaysWhatMattersAndWhatDoesNot) {
    const auto text = at("2026-12-30T00:00:00Z");
    EXPECT_THAT(text, HasSubstr("private key"));
    EXPECT_THAT(text, HasSubstr("public FQDN of the A/V Edge"));
    EXPECT_THAT(text, HasSubstr("internal interface"));
    EXPECT_THAT(text, HasSubstr("do not matter"));
    EXPECT_EQ(text.back(), '\n');
}

TEST(Text, SaysExpiredOnlyAfterTheLastSecond) {
    EXPECT_THAT(at("2026-12-31T23:59:59Z"), HasSubstr("(in 1 s)"));
    EXPECT_THAT(at("2026-12-31T23:59:59.9Z"), Not(HasSubstr("EXPIRED")));
    EXPECT_THAT(at("2027-01-01T00:00:00Z"), HasSubstr("(EXPIRED 0 s ago)"));
    EXPECT_THAT(at("2027-01-02T00:00:00Z"), HasSubstr("(EXPIRED 1 day ago)"));
}

TEST(Text, SaysNotYetValidBeforeTheFirstSecond) {
    EXPECT_THAT(at("2025-12-31T23:59:59Z"), HasSubstr("(NOT YET VALID: begins in 1 s)"));
    EXPECT_THAT(at("2026-01-01T00:00:00Z"), Not(HasSubstr("NOT YET")));
}

TEST(Text, ShowsAnEmptySubjectAsSuch) {
    facts about = usual_facts();
    about.subject = about.issuer = "";
    about.self_signed = false;
    about.names.clear();
    const auto text = describe(about, about.not_before);
    EXPECT_THAT(text, HasSubstr("subject             (empty)\n"));
    EXPECT_THAT(text, HasSubstr("issuer              (empty)\n"));
    EXPECT_THAT(text, HasSubstr("names               (none)\n"));
}

TEST(Text, WritesJson) {
    facts about = usual_facts();
    about.subject = "CN=\"Zoë\"\\,\n";
    EXPECT_EQ(describe_json(about),
              "{\"subject\":\"CN=\\\"Zoë\\\"\\\\,\\u000a\","
              "\"names\":[\"DNS:av.example.test\",\"IP:192.0.2.7\"],"
              "\"issuer\":\"CN=av.example.test\",\"not_before\":\"2026-01-01T00:00:00Z\","
              "\"not_after\":\"2026-12-31T23:59:59Z\",\"key_type\":\"RSA\",\"key_bits\":2048,"
              "\"key_id\":\"1a2b3c4d\",\"key_usage\":[\"digitalSignature\"],"
              "\"extended_key_usage\":[],\"self_signed\":true}");
    about.self_signed = false;
    EXPECT_THAT(describe_json(about), HasSubstr("\"self_signed\":false}"));
}

}  // namespace
}  // namespace relayauth::certificate
