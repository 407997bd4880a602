#include "bodies.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace relayauth::mras {
namespace {

TEST(RequestWriter, WritesWhatClientsSend) {
    const credentials_request one{"7", "sip:alice@contoso.com", location::internet, 480};
    std::string out = "before ";
    write_request(out, {.request_id = "7",
                        .to = "sip:edge@contoso.com",
                        .from = "sip:alice@contoso.com",
                        .version_text = "2.0",
                        .version = {2, 0},
                        .by = route::loadbalanced,
                        .credentials = {&one, 1}});
    EXPECT_EQ(
        out,
        R"(before <request requestID="7" version="2.0" to="sip:edge@contoso.com" from="sip:alice@contoso.com" )"
        R"(xmlns="http://schemas.microsoft.com/2006/09/sip/mrasp"><credentialsRequest credentialsRequestID="7">)"
        R"(<identity>sip:alice@contoso.com</identity><location>internet</location><duration>480</duration>)"
        R"(</credentialsRequest></request>)");
}

TEST(RequestWriter, SaysTheRouteOnlyWhenItIsDirect) {
    request value;
    value.by = route::directip;
    std::string out;
    write_request(out, value);
    EXPECT_EQ(out, R"(<request requestID="" version="" to="" from="" route="directip" )"
                   R"(xmlns="http://schemas.microsoft.com/2006/09/sip/mrasp"></request>)");
}

TEST(RequestWriter, WritesTextThatTheParserGivesBack) {
    const std::vector<credentials_request> credentials = {
        {"a<\"&'>\t\n\r", " <i>&amp;]]>\t\r\n ", std::nullopt, std::nullopt},
        {"\xC3\xA9", "", location::intranet, 1}};
    std::string out;
    write_request(out, {.request_id = "&\"",
                        .to = "sip:a&b@c",
                        .from = "sip:d'e@f",
                        .version_text = "9.9",
                        .version = {9, 9},
                        .by = route::directip,
                        .credentials = credentials});
    const document read(out);
    ASSERT_FALSE(read.parsed.why) << out;
    const auto& value = read.parsed.value;
    EXPECT_EQ(value.request_id, "&\"");
    EXPECT_EQ(value.to, "sip:a&b@c");
    EXPECT_EQ(value.from, "sip:d'e@f");
    EXPECT_EQ(value.by, route::directip);
    ASSERT_EQ(value.credentials.size(), 2u);
    EXPECT_EQ(value.credentials[0].id, credentials[0].id);
    EXPECT_EQ(value.credentials[0].identity, credentials[0].identity);
    EXPECT_EQ(value.credentials[0].where, std::nullopt);
    EXPECT_EQ(value.credentials[0].duration_minutes, std::nullopt);
    EXPECT_EQ(value.credentials[1].where, location::intranet);
    EXPECT_EQ(value.credentials[1].duration_minutes, 1u);
}

}  // namespace
}  // namespace relayauth::mras
