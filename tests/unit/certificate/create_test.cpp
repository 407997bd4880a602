#include "relayauth/certificate/create.hpp"

#include "relayauth/base/hex.hpp"
#include "relayauth/base/time_text.hpp"
#include "vector_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relayauth::certificate {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const wall_time now = *parse_utc("2026-11-22T09:30:54Z");

// P-256 by default: RSA takes a tenth of a second.
create_request lab_request(std::string subject) {
    create_request request;
    request.subject = std::move(subject);
    request.kind = key_kind::p256;
    return request;
}

identity made(const create_request& request, wall_time at = now) {
    const auto got = create(request, at);
    EXPECT_TRUE(got.has_value()) << (got ? "" : got.error().text);
    auto parsed = parse(got->certificate_pem, as_text(got->private_key_pem.reveal()));
    EXPECT_TRUE(parsed.has_value()) << (parsed ? "" : parsed.error().text);
    return *std::move(parsed);
}

facts facts_made(const create_request& request, wall_time at = now) {
    return made(request, at).about();
}

TEST(Create, MakesEachKindOfKey) {
    auto request = lab_request("CN=a");
    EXPECT_EQ(facts_made(request).key_type, "EC P-256");
    request.kind = key_kind::ed25519;
    EXPECT_EQ(facts_made(request).key_type, "Ed25519");
    EXPECT_THAT(facts_made(request).key_usage, ElementsAre("digitalSignature"));
    request.kind = key_kind::rsa2048;
    const auto rsa = facts_made(request);
    EXPECT_EQ(rsa.key_type, "RSA");
    EXPECT_EQ(rsa.key_bits, 2048u);
    EXPECT_THAT(rsa.key_usage, ElementsAre("digitalSignature", "keyEncipherment"));
}

TEST(Create, IsSelfSignedForServersAndClients) {
    const auto about = facts_made(lab_request("CN=gobblygook.confusedamused.com"));
    EXPECT_TRUE(about.self_signed);
    EXPECT_EQ(about.subject, "CN=gobblygook.confusedamused.com");
    EXPECT_EQ(about.issuer, about.subject);
    EXPECT_THAT(about.names, ElementsAre("DNS:gobblygook.confusedamused.com"));
    EXPECT_THAT(about.key_usage, ElementsAre("digitalSignature"));
    EXPECT_THAT(about.extended_key_usage, ElementsAre("serverAuth", "clientAuth"));
}

TEST(Create, BeginsAnHourAgoAndLastsAsAsked) {
    auto request = lab_request("CN=a");
    request.valid_for = std::chrono::days{2};
    const auto about = facts_made(request);
    EXPECT_EQ(utc_text(about.not_before), "2026-11-22T08:30:54Z");
    EXPECT_EQ(utc_text(about.not_after), "2026-11-24T09:30:54Z");
}

TEST(Create, WritesDatesOnBothSidesOf2050) {
    auto request = lab_request("CN=a");
    request.valid_for = std::chrono::days{1};
    const auto about = facts_made(request, *parse_utc("2050-01-01T00:59:59Z"));
    EXPECT_EQ(utc_text(about.not_before), "2049-12-31T23:59:59Z");
    EXPECT_EQ(utc_text(about.not_after), "2050-01-02T00:59:59Z");
}

TEST(Create, EndsWithTheYear9999AtTheLatest) {
    auto request = lab_request("CN=a");
    request.valid_for = std::chrono::days{4'000'000};
    EXPECT_EQ(utc_text(facts_made(request).not_after), "9999-12-31T23:59:59Z");
    request.valid_for = std::chrono::days{4'000'001};
    EXPECT_EQ(why_not(create(request, now)), errc::not_a_lifetime);
}

TEST(Create, LastsADayAtLeast) {
    auto request = lab_request("CN=a");
    for (const int days : {0, -1}) {
        request.valid_for = std::chrono::days{days};
        EXPECT_EQ(why_not(create(request, now)), errc::not_a_lifetime) << days;
    }
}

TEST(Create, TakesAnEmptySubject) {
    const auto about = facts_made(lab_request(""));
    EXPECT_EQ(about.subject, "");
    EXPECT_THAT(about.names, IsEmpty());
}

TEST(Create, TakesOddSubjectsAndUsages) {
    auto request = lab_request("CN=ошибка,O=Zoë");
    request.key_usage = {"cRLSign"};
    request.extended_key_usage = {"codeSigning", "1.2.3.4"};
    const auto about = facts_made(request);
    EXPECT_EQ(about.subject, "CN=ошибка,O=Zoë");
    EXPECT_THAT(about.names, IsEmpty());
    EXPECT_THAT(about.key_usage, ElementsAre("cRLSign"));
    EXPECT_THAT(about.extended_key_usage, ElementsAre("codeSigning", "1.2.3.4"));
}

TEST(Create, LeavesOutTheExtendedUsageWhenToldTo) {
    auto request = lab_request("CN=a");
    request.extended_key_usage = {};
    EXPECT_THAT(facts_made(request).extended_key_usage, IsEmpty());
}

TEST(Create, TakesACommonNameForADnsNameOnlyIfItLooksLikeOne) {
    const auto names = [](const std::string& common) {
        return facts_made(lab_request("CN=" + common)).names;
    };
    EXPECT_THAT(names("*.example.test"), ElementsAre("DNS:*.example.test"));
    EXPECT_THAT(names("localhost"), ElementsAre("DNS:localhost"));
    EXPECT_THAT(names("a-b_c.test1"), ElementsAre("DNS:a-b_c.test1"));
    for (const auto* other : {"alice", "192.0.2.1", "a b.test", "a..test", ".test", "test.",
                              "a.*.test", "*.", "a@b.test"}) {
        EXPECT_THAT(names(other), IsEmpty()) << other;
    }
}

TEST(Create, AddsNamesAndAddresses) {
    auto request = lab_request("CN=av.example.test");
    request.dns_names = {"other.example.test", "192.0.2.7", "2001:db8::7", "host"};
    EXPECT_THAT(facts_made(request).names,
                ElementsAre("DNS:av.example.test", "DNS:other.example.test", "IP:192.0.2.7",
                            "IP:2001:db8::7", "DNS:host"));
    request.dns_names = {"b.test", "av.example.test"};
    EXPECT_THAT(facts_made(request).names, ElementsAre("DNS:b.test", "DNS:av.example.test"));
}

TEST(Create, RefusesANameThatIsNone) {
    for (const auto* name : {"", "a b", "a,DNS:b", "ошибка.test", "a\n", "1.2.3"}) {
        auto request = lab_request("CN=a");
        request.dns_names = {name};
        EXPECT_EQ(why_not(create(request, now)), errc::not_a_name) << name;
    }
    EXPECT_EQ(why_not(create(lab_request("gobblygook"), now)), errc::not_a_name);
    auto request = lab_request("CN=a");
    request.dns_names = {std::string(254, 'a')};
    EXPECT_EQ(why_not(create(request, now)), errc::not_a_name);
}

TEST(Create, RefusesAUsageThatIsNone) {
    for (const auto* usage : {"", "xyzzy", "cRLSign,keyCertSign", "@section"}) {
        auto request = lab_request("CN=a");
        request.key_usage = {usage};
        EXPECT_EQ(why_not(create(request, now)), errc::not_a_usage) << usage;
        request.key_usage = {};
        request.extended_key_usage = {usage};
        EXPECT_EQ(why_not(create(request, now)), errc::not_a_usage) << usage;
    }
}

TEST(Create, MakesANewKeyAndSerialEachTime) {
    const auto first = made(lab_request("CN=a")), second = made(lab_request("CN=a"));
    EXPECT_NE(first.about().key_id, second.about().key_id);
}

TEST(Create, CertifiesAnExistingKeyAgain) {
    for (const std::string name : {"rsa2048", "p256", "ed25519", "ed448"}) {
        const auto old = parse(vector_file(name + ".cert.pem"), vector_file(name + ".key.pem"));
        ASSERT_TRUE(old.has_value());
        const secret key = old->private_key_der();
        auto request = lab_request("CN=another.example.test");
        request.existing_key = &key;
        const auto again = made(request);
        EXPECT_EQ(again.about().subject, "CN=another.example.test");
        EXPECT_TRUE(again.about().self_signed);
        EXPECT_EQ(again.about().key_id, old->about().key_id);
        EXPECT_EQ(to_hex(again.derive("password").reveal()),
                  to_hex(old->derive("password").reveal()));
    }
}

TEST(Create, RefusesAnExistingKeyThatIsNone) {
    const secret nonsense(as_bytes("nonsense"));
    auto request = lab_request("CN=a");
    request.existing_key = &nonsense;
    EXPECT_EQ(why_not(create(request, now)), errc::damaged);
}

TEST(Create, RefusesAnExistingKeyThatTheServerWouldRefuse) {
    // An X25519 key (RFC 8410 section 7): it cannot sign.
    const auto der = from_hex("302e020100300506032b656e04220420" + std::string(64, '7'));
    const secret key{bytes_view(*der)};
    auto request = lab_request("CN=a");
    request.existing_key = &key;
    EXPECT_EQ(why_not(create(request, now)), errc::unsupported_key_type);
}

}  // namespace
}  // namespace relayauth::certificate
