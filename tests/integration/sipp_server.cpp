#include "sipp_server.hpp"

#include "free_port.hpp"
#include "tcp_stream.hpp"

#include <gtest/gtest.h>

#include <array>
#include <ctime>

namespace relayauth::lab {
namespace {

constexpr const char* repeated =
    "[last_Via:]\n[last_From:]\n[last_To:];tag=1\n[last_Call-ID:]\n[last_CSeq:]\n";

std::string sip_date_in(std::chrono::seconds span) {
    const auto when = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now() + span);
    std::tm parts{};
    ::gmtime_r(&when, &parts);
    std::array<char, 64> text{};
    std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    return text.data();
}

}  // namespace

std::string sipp_server::knows_no_service() {
    return std::string("<?xml version=\"1.0\"?><scenario><recv request=\"SERVICE\"/>") +
           "<send><![CDATA[\nSIP/2.0 405 Method Not Allowed\n" + repeated +
           "Content-Length: 0\n\n]]></send></scenario>";
}

std::string sipp_server::grants(const std::string& username, const std::string& password,
                                std::chrono::seconds ahead) {
    return "<?xml version=\"1.0\"?><scenario><recv request=\"SERVICE\"><action>"
           "<ereg regexp=\"questID=.([0-9]+)\" search_in=\"body\" check_it=\"true\" "
           "assign_to=\"1,2\"/></action></recv><Reference variables=\"1,2\"/>"
           "<send><![CDATA[\nSIP/2.0 200 OK\n" +
           std::string(repeated) + "Date: " + sip_date_in(ahead) +
           "\nContent-Type: application/msrtc-media-relay-auth+xml\nContent-Length: [len]\n\n"
           "<response requestID=\"[$2]\" version=\"2.0\" serverVersion=\"2.0\" to=\"sip:a\" "
           "from=\"sip:b\" reasonPhrase=\"OK\" "
           "xmlns=\"http://schemas.microsoft.com/2006/09/sip/mrasp\">"
           "<credentialsResponse credentialsRequestID=\"[$2]\"><credentials><username>" +
           username + "</username><password>" + password +
           "</password><duration>480</duration></credentials><mediaRelayList><mediaRelay>"
           "<location>internet</location><hostName>relay.example.test</hostName>"
           "<udpPort>3478</udpPort><tcpPort>443</tcpPort></mediaRelay></mediaRelayList>"
           "</credentialsResponse></response>\n]]></send></scenario>";
}

sipp_server::sipp_server(const std::string& scenario)
    : port_(free_port()),
      process_({"sipp", "-sf", folder_.write("scenario.xml", scenario), "-i", "127.0.0.1", "-p",
                std::to_string(port_), "-t", "t1", "-nostdin"}) {
    EXPECT_TRUE(eventually([this] { return connect_tcp(port_).number() >= 0; }))
        << process_.errors();
}

}  // namespace relayauth::lab
