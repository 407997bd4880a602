#include "child_process.hpp"
#include "free_port.hpp"
#include "running_server.hpp"
#include "sip_messages.hpp"
#include "tcp_stream.hpp"

#include <gtest/gtest.h>

#include <signal.h>

// SIPp, haproxy and OpenSSL's client: programs that know nothing of ours.
namespace relayauth::lab {
namespace {

constexpr unsigned calls = 1000;

void run_sipp(std::uint16_t port, const std::string& mode) {
    const temporary_folder folder;
    const auto done = run({"sipp",
                           "127.0.0.1:" + std::to_string(port),
                           "-sf",
                           RELAYAUTH_SOURCE_DIR "/bench/sipp/service.xml",
                           "-t",
                           mode,
                           "-i",
                           "127.0.0.1",
                           "-nostdin",
                           "-m",
                           std::to_string(calls),
                           "-r",
                           "500",
                           "-l",
                           "20",
                           "-max_socket",
                           "1000",
                           "-recv_timeout",
                           "20000",
                           "-timeout",
                           "60s",
                           "-timeout_error",
                           "-trace_stat",
                           "-stf",
                           folder.path("counts.csv")},
                          {}, {}, 90s);
    EXPECT_EQ(done.code, 0) << done.output.substr(0, 4000) << done.errors;
}

void expect_issued(running_server& server) {
    const auto last = server.stop();
    EXPECT_NE((last + " ").find(" issued=" + std::to_string(calls) + " "), std::string::npos)
        << last;
    EXPECT_EQ(last.find("refused"), std::string::npos) << last;
}

TEST(Sipp, AThousandCallsOverOneTcpConnection) {
    running_server server;
    run_sipp(server.port(), "t1");
    expect_issued(server);
}

// Debian's SIPp has no TLS; haproxy adds it, and checks our certificate's name on the way.
class haproxy {
public:
    explicit haproxy(const running_server& server, const lab_certificate& tls)
        : port_(free_port()),
          process_({"haproxy", "-db", "-f", folder_.write("haproxy.cfg", config(server, tls))}) {
        EXPECT_TRUE(eventually([this] { return connect_tcp(port_).number() >= 0; }))
            << process_.errors();
    }
    std::uint16_t port() const { return port_; }

private:
    std::string config(const running_server& server, const lab_certificate& tls) const {
        return "global\n"
               "  maxconn 2000\n"
               "defaults\n"
               "  mode tcp\n"
               "  timeout connect 10s\n"
               "  timeout client 60s\n"
               "  timeout server 60s\n"
               "listen tls\n"
               "  bind 127.0.0.1:" +
               std::to_string(port_) + "\n  server a " + server.address() +
               " ssl verify required verifyhost edge.example.test ca-file " + tls.certificate +
               "\n";
    }

    temporary_folder folder_;
    std::uint16_t port_;
    child_process process_;
};

class SippOverTls : public ::testing::TestWithParam<const char*> {};

TEST_P(SippOverTls, AThousandCallsThroughHaproxy) {
    const temporary_folder folder;
    const auto tls = make_certificate(folder, "edge.example.test",
                                      {"-addext", "subjectAltName=DNS:edge.example.test"});
    running_server server({"--tls-certificate", tls.certificate, "--tls-key", tls.key});
    {
        const haproxy proxy(server, tls);
        run_sipp(proxy.port(), GetParam());
    }
    expect_issued(server);
}

INSTANTIATE_TEST_SUITE_P(OneAndManyConnections, SippOverTls, ::testing::Values("t1", "tn"),
                         [](const auto& each) { return std::string(each.param); });

// s_client sends what it reads at once and stays until the server closes, or we end it.
std::string answer_to_s_client(const running_server& server, std::string_view request) {
    child_process client({"openssl", "s_client", "-quiet", "-connect", server.address()}, {},
                         request);
    EXPECT_TRUE(eventually([&client] {
        return client.output().find("</response>") != std::string::npos || !client.running();
    })) << client.errors();
    return client.output();
}

TEST(OpensslClient, IsAnsweredToALync2010Request) {
    const running_server server({"--relay", "intranet=edge.example.test:3478:443"});
    const auto answer = answer_to_s_client(server, sip::messages::lync_2010_service);
    EXPECT_EQ(answer.rfind("SIP/2.0 200 OK\r\n", 0), 0u) << answer;
    // The Vias come back in order, each as it was (RFC 3261 8.2.6.2), the first with `received`.
    const auto first = answer.find("Via: SIP/2.0/TLS 10.1.2.3:49301;branch=z9hG4bK5D2E9C31.");
    const auto second = answer.find(
        "Via: SIP/2.0/TLS 10.1.2.9:50873;ms-received-port=50873;ms-received-cid=1A2B00\r\n");
    EXPECT_LT(first, second);
    EXPECT_NE(second, std::string::npos);
    EXPECT_NE(answer.find(";received=127.0.0.1"), std::string::npos);
    for (const auto* words :
         {"Record-Route: <sip:fe.example.test:5061;transport=tls;opaque=state:T;lr>",
          "CSeq: 1 SERVICE\r\n", "Call-ID: 8c7b6a5948372615f4e3d2c1b0a99887\r\n",
          "\r\nServer: ", "\r\nDate: ", "reasonPhrase=\"OK\"", "requestID=\"3149848\"",
          "version=\"2.0\"", "serverVersion=\"3.0\"", "<hostName>edge.example.test</hostName>",
          "<udpPort>3478</udpPort><tcpPort>443</tcpPort>", "<username>AgAAJ"}) {
        EXPECT_NE(answer.find(words), std::string::npos) << words << " is not in\n" << answer;
    }
}

TEST(OpensslClient, IsAnsweredToAPidginSipeRequest) {
    const running_server server;
    const auto answer = answer_to_s_client(server, sip::messages::sipe_service);
    EXPECT_EQ(answer.rfind("SIP/2.0 200 OK\r\n", 0), 0u) << answer;
    for (const auto* words : {"reasonPhrase=\"OK\"", "version=\"1.0\"", "requestID=\"42\"",
                              "<duration>480</duration>", "<username>AQAAI"}) {
        EXPECT_NE(answer.find(words), std::string::npos) << words << " is not in\n" << answer;
    }
    EXPECT_EQ(answer.find("serverVersion"), std::string::npos) << "1.0 knows no serverVersion";
}

TEST(OpensslClient, TimesNewConnections) {
    const running_server server;
    const auto done =
        run({"openssl", "s_time", "-new", "-connect", server.address(), "-time", "1"});
    EXPECT_EQ(done.code, 0) << done.output << done.errors;
}

}  // namespace
}  // namespace relayauth::lab
