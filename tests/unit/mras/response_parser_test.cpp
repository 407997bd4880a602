#include "relayauth/mras/response.hpp"

#include <gtest/gtest.h>

namespace relayauth::mras {
namespace {

constexpr std::string_view answer =
    "<?xml version=\"1.0\"?>\n"
    "<response xmlns=\"http://schemas.microsoft.com/2006/09/sip/mrasp\" requestID=\"1\" "
    "version=\"2.0\"\n"
    " serverVersion=\"2.0\" to=\"sip:m@x\" from=\"sip:a@x\" reasonPhrase=\"OK\">\n"
    " <credentialsResponse credentialsRequestID=\"c1\">\n"
    "  <credentials><username>AgAA&#x2B;</username><password>pw=</password><duration> 480 "
    "</duration>"
    "<realm>rt<!-- -->c</realm></credentials>\n"
    "  <mediaRelayList>\n"
    "   <mediaRelay><location>intranet</location><hostName>edge.x</hostName><udpPort>3478</udpPort>"
    "<tcpPort>443</tcpPort></mediaRelay>\n"
    "   "
    "<mediaRelay><location>internet</location><directIPAddress>2001:db8::1</directIPAddress></"
    "mediaRelay>\n"
    "  </mediaRelayList>\n"
    " </credentialsResponse>\n"
    " <credentialsResponse/>\n"
    "</response>";

std::string with_text(std::string_view old, std::string_view fresh) {
    std::string text(answer);
    const auto at = text.find(old);
    EXPECT_NE(at, text.npos) << old;
    return text.replace(at, old.size(), fresh);
}

TEST(ResponseParser, ReadsAllOfAnAnswer) {
    const auto read = parse_response(answer);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->request_id, "1");
    EXPECT_EQ(read->to, "sip:m@x");
    EXPECT_EQ(read->from, "sip:a@x");
    EXPECT_EQ(read->version, "2.0");
    EXPECT_EQ(read->server_version, "2.0");
    EXPECT_EQ(read->reason, "OK");
    ASSERT_EQ(read->credentials.size(), 2u);
    const auto& first = read->credentials[0];
    EXPECT_EQ(first.id, "c1");
    EXPECT_EQ(first.username, "AgAA+");
    EXPECT_EQ(first.password, "pw=");
    EXPECT_EQ(first.duration_minutes, 480u);
    EXPECT_EQ(first.realm, "rtc");
    EXPECT_EQ(read->credentials[1].id, "");
    EXPECT_TRUE(read->credentials[1].relays.empty());
}

TEST(ResponseParser, ReadsTheRelays) {
    const auto read = parse_response(answer);
    ASSERT_TRUE(read);
    const auto& relays = read->credentials.at(0).relays;
    ASSERT_EQ(relays.size(), 2u);
    EXPECT_EQ(relays[0].location, "intranet");
    EXPECT_EQ(relays[0].host_name, "edge.x");
    EXPECT_EQ(relays[0].direct_ip_address, "");
    EXPECT_EQ(relays[0].udp_port, 3478u);
    EXPECT_EQ(relays[0].tcp_port, 443u);
    EXPECT_EQ(relays[1].location, "internet");
    EXPECT_EQ(relays[1].direct_ip_address, "2001:db8::1");
    EXPECT_EQ(relays[1].udp_port, 0u);
}

TEST(ResponseParser, OverlooksWhatItDoesNotKnow) {
    const auto read = parse_response(
        "<p:response xmlns:p='http://schemas.microsoft.com/2006/09/sip/mrasp' more='x' "
        "reasonPhrase='Server Busy'>text"
        "<p:new/><credentialsResponse/><p:credentialsResponse><p:new/><p:credentials><p:new/"
        "><username>no</username>"
        "<p:duration>4x</p:duration><p:realm><p:b/></p:realm></"
        "p:credentials><p:mediaRelayList><p:new/><p:mediaRelay><p:new/>"
        "<p:udpPort>99999999999</p:udpPort></p:mediaRelay></p:mediaRelayList></"
        "p:credentialsResponse></p:response>");
    ASSERT_TRUE(read);
    EXPECT_EQ(read->reason, "Server Busy");
    EXPECT_EQ(read->version, "");
    ASSERT_EQ(read->credentials.size(), 1u);
    EXPECT_EQ(read->credentials[0].username, "") << "in no namespace";
    EXPECT_EQ(read->credentials[0].realm, "");
    EXPECT_EQ(read->credentials[0].duration_minutes, 0u);
    ASSERT_EQ(read->credentials[0].relays.size(), 1u);
    EXPECT_EQ(read->credentials[0].relays[0].udp_port, 0u);
}

TEST(ResponseParser, GivesNothingForAnythingElse) {
    EXPECT_FALSE(parse_response(""));
    EXPECT_FALSE(parse_response("no XML"));
    EXPECT_FALSE(parse_response("<!DOCTYPE response>" + with_text("<?xml version=\"1.0\"?>", "")));
    EXPECT_FALSE(parse_response(with_text(" reasonPhrase=\"OK\"", "")));
    EXPECT_FALSE(parse_response(with_text("/mrasp\"", "/other\"")));
    EXPECT_FALSE(parse_response(
        "<request xmlns='http://schemas.microsoft.com/2006/09/sip/mrasp' reasonPhrase='OK'/>"));
    EXPECT_FALSE(parse_response(with_text("<response ", "<response p:x='' ")));
    for (const auto* at :
         {"<credentialsResponse ", "<credentials>", "<username>", "<mediaRelay>", "<hostName>"}) {
        const std::string tag(at);
        EXPECT_FALSE(
            parse_response(with_text(tag, tag.substr(0, tag.size() - 1) + " p:x='' " + tag.back())))
            << at;
    }
}

TEST(ResponseParser, SurvivesAnyTruncation) {
    for (std::size_t size = 0; size < answer.size(); ++size) {
        EXPECT_FALSE(parse_response(answer.substr(0, size))) << size;
    }
}

}  // namespace
}  // namespace relayauth::mras
