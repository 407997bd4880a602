#include "relayauth/doctor/shown_name.hpp"

#include "relayauth/base/time_text.hpp"
#include "relayauth/certificate/create.hpp"

#include <gtest/gtest.h>

namespace relayauth::doctor {
namespace {

std::string certificate_for(const std::vector<std::string>& names) {
    certificate::create_request wanted;
    wanted.subject = "CN=other.example.test";
    wanted.dns_names = names;
    wanted.kind = certificate::key_kind::p256;
    return certificate::create(wanted, *parse_utc("2026-11-22T12:00:00Z"))->certificate_pem;
}

TEST(ShownName, IsOneOfTheAlternativeNames) {
    const auto shown = certificate_for({"a.example.test", "b.example.test"});
    EXPECT_TRUE(is_for(shown, "b.example.test"));
    EXPECT_TRUE(is_for(shown, "B.Example.Test"));
    EXPECT_FALSE(is_for(shown, "c.example.test"));
    EXPECT_FALSE(is_for(shown, "192.0.2.1"));
}

TEST(ShownName, MayHaveAWildcardForOneLabel) {
    const auto shown = certificate_for({"*.example.test"});
    EXPECT_TRUE(is_for(shown, "edge.example.test"));
    EXPECT_FALSE(is_for(shown, "a.edge.example.test"));
}

TEST(ShownName, IsNoneOfWhatIsNoCertificate) {
    EXPECT_FALSE(is_for("", "a.example.test"));
    EXPECT_FALSE(is_for("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "a"));
}

}  // namespace
}  // namespace relayauth::doctor
