#include "bad_row.hpp"
#include "running_server.hpp"
#include "service_request.hpp"

#include <gtest/gtest.h>

// Each row of bad XML: 200, the reasonPhrase, a Warning with the reason and our clock; the
// connection lives.
namespace relayauth::lab {
namespace {

bad_row row(std::string name, std::string body, std::string counted = "issue_refused_malformed",
            std::string reason = "Request Malformed") {
    bad_row made;
    made.name = std::move(name);
    made.octets = service(body);
    made.status = 200;
    made.xml = true;
    made.reason = std::move(reason);
    made.log_line = "issue_refused";
    made.counted = std::move(counted);
    return made;
}

bad_row changed(std::string name, std::string_view what, std::string_view with) {
    return row(std::move(name), replaced(good_body, what, with));
}

bad_row version(std::string name, std::string_view number) {
    return row(std::move(name),
               replaced(good_body, "version=\"2.0\"", "version=\"" + std::string(number) + "\""),
               "issue_refused_unsupported_version", "Version Mismatch");
}

class BadXml : public ::testing::TestWithParam<bad_row> {};

TEST_P(BadXml, IsRefusedInXmlAndHarmsNobody) {
    check_row(GetParam());
}

const char* const duration = "<duration>480</duration>";
const char* const identity = "<identity>sip:alice@example.test</identity>";
const char* const location = "<location>intranet</location>";

INSTANTIATE_TEST_SUITE_P(
    Shape, BadXml,
    ::testing::Values(
        row("NoBody", ""), changed("NotWellFormed", "</request>", "</reqest>"),
        changed("CutShort", "</credentialsRequest></request>", ""),
        changed("NotUtf8", "alice",
                "al\xFF"
                "ce"),
        row("Doctype", "<!DOCTYPE request [<!ENTITY e \"e\">]>" + std::string(good_body)),
        changed("WrongNamespace", "2006/09/sip/mrasp", "2006/09/sip/other"),
        changed("NoNamespace", " xmlns=\"http://schemas.microsoft.com/2006/09/sip/mrasp\"", ""),
        row("WrongRoot",
            replaced(replaced(good_body, "<request ", "<demand "), "</request>", "</demand>")),
        changed("NoIdentity", identity, ""), changed("ExtraElement", duration, "<realm>r</realm>"),
        changed("MisplacedElement", std::string(location) + duration,
                std::string(duration) + location),
        changed("TwoIdentities", identity, std::string(identity) + identity),
        changed("NoRequestId", "requestID=\"17\" version", "version"),
        changed("UnknownLocation", "intranet", "moon")),
    [](const auto& each) { return name_of_row(each.param); });

INSTANTIATE_TEST_SUITE_P(
    Values, BadXml,
    ::testing::Values(
        changed("OverLongRequestId", "requestID=\"17\"",
                "requestID=\"" + std::string(65, '7') + "\""),
        changed("OverLongCredentialsRequestId", "credentialsRequestID=\"17\"",
                "credentialsRequestID=\"" + std::string(65, '7') + "\""),
        changed("ToIsNoSipUri", "to=\"sip:mras@example.test\"", "to=\"http://example.test\""),
        changed("FromIsNoSipUri", "from=\"sip:alice@example.test\"", "from=\"alice\""),
        changed("DurationZero", "480", "0"), changed("DurationNegative", "480", "-1"),
        changed("DurationInWords", "480", "abc"),
        changed("DurationOfTenDigits", "480", "1000000000"),
        changed("VersionInWords", "2.0", "two"), version("VersionTooNew", "4.0"),
        version("VersionBetween", "2.5")),
    [](const auto& each) { return name_of_row(each.param); });

std::string asking_for(unsigned count) {
    std::string body =
        R"(<request requestID="17" version="2.0" to="sip:mras@example.test")"
        R"( from="sip:alice@example.test" xmlns="http://schemas.microsoft.com/2006/09/sip/mrasp">)";
    for (unsigned i = 0; i < count; ++i) {
        body += "<credentialsRequest credentialsRequestID=\"" + std::to_string(i) +
                "\"><identity>sip:a@b.test</identity></credentialsRequest>";
    }
    return body + "</request>";
}

INSTANTIATE_TEST_SUITE_P(Counts, BadXml,
                         ::testing::Values(row("NoCredentialsRequest", asking_for(0)),
                                           row("AHundredAndOneCredentialsRequests", asking_for(101),
                                               "issue_refused_too_large", "Request Too Large")),
                         [](const auto& each) { return name_of_row(each.param); });

TEST(GoodXml, AHundredCredentialsRequestsAreServed) {
    running_server server;
    auto peer = server.tls();
    const auto answer = peer.ask(service(asking_for(100)));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->attribute("reasonPhrase"), "OK");
    EXPECT_NE(answer->body.find("credentialsRequestID=\"99\""), std::string::npos);
    EXPECT_NE(server.stop().find(" issued=100"), std::string::npos);
}

TEST(BadXmlEchoes, TooManyKeepTheIdsAndMalformedDoesNot) {
    const running_server server;
    auto peer = server.tcp();
    const auto too_large = peer.ask(service(asking_for(101)));
    ASSERT_TRUE(too_large);
    EXPECT_EQ(too_large->attribute("requestID"), "17");
    EXPECT_EQ(too_large->attribute("to"), "sip:mras@example.test");
    EXPECT_EQ(too_large->attribute("from"), "sip:alice@example.test");

    const auto malformed = peer.ask(service(replaced(good_body, "480", "0")));
    ASSERT_TRUE(malformed);
    for (const auto* name : {"requestID", "to", "from"}) EXPECT_EQ(malformed->attribute(name), "");
    EXPECT_EQ(malformed->attribute("version"), "3.0");
}

TEST(BadXmlEchoes, VersionMismatchNamesTheHighestVersionBelow) {
    const running_server server;
    auto peer = server.tcp();
    const std::pair<const char*, const char*> cases[] = {
        {"4.0", "3.0"}, {"2.5", "2.0"}, {"1.9", "1.0"}, {"0.9", "1.0"}};
    for (const auto& each : cases) {
        const auto answer = peer.ask(service(replaced(good_body, "2.0", each.first)));
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->attribute("reasonPhrase"), "Version Mismatch");
        EXPECT_EQ(answer->attribute("version"), each.second) << each.first;
        EXPECT_EQ(answer->attribute("requestID"), "17");
    }
}

}  // namespace
}  // namespace relayauth::lab
