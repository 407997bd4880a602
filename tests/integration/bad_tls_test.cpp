#include "running_server.hpp"
#include "service_request.hpp"
#include "tcp_stream.hpp"
#include "tls_stream.hpp"

#include <gtest/gtest.h>

// TLS that comes to nothing: the client gets an alert, the log says which check failed and whose
// it was, and others are served.
namespace relayauth::lab {
namespace {

std::string peer_field(const stream& end) {
    return "peer=127.0.0.1:" + std::to_string(end.local_port()) + " ";
}

// What the server's refusal looks like to the client, be it in the handshake or, in TLS 1.3, at the
// first read after it.
std::string alert_seen_by(tls_stream& client) {
    std::string octets;
    if (client.established()) client.receive(octets, patience);
    EXPECT_EQ(octets, "");
    return client.failure();
}

void expect_failure(const running_server& server, tls_stream& client, std::string_view alert,
                    std::string_view words) {
    EXPECT_NE(alert_seen_by(client).find(alert), std::string::npos) << client.failure();
    const auto line = server.wait_for_line({"tls_failed", peer_field(client)});
    EXPECT_NE(line.find(words), std::string::npos) << line << server.log();
}

void expect_served(sip_peer peer) {
    const auto answer = peer.ask(service());
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->attribute("reasonPhrase"), "OK");
}

TEST(BadTls, Tls11IsRefusedWithAnAlert) {
    running_server server;
    tls_settings old;
    old.newest = tls_settings::version::tls_1_1;
    tls_stream client(server.port(), old);
    EXPECT_FALSE(client.established());
    expect_failure(server, client, "alert protocol version", "unsupported protocol");
    expect_served(server.tls());
    EXPECT_NE(server.stop().find(" tls_failed=1"), std::string::npos);
}

TEST(BadTls, Tls12And13AreServed) {
    const running_server server;
    for (const auto newest : {tls_settings::version::tls_1_2, tls_settings::version::tls_1_3}) {
        tls_settings settings;
        settings.newest = newest;
        expect_served(sip_peer(std::make_unique<tls_stream>(server.port(), settings)));
    }
}

TEST(BadTls, GarbageInARecordIsRefusedWithAnAlert) {
    const running_server server;
    tcp_stream client(server.port());
    ASSERT_TRUE(client.send(std::string("\x16\x03\x01\x00\x05hello", 10)));
    std::string answer;
    while (client.receive(answer, patience) == stream::outcome::octets) {
    }
    ASSERT_GE(answer.size(), 7u) << "no alert";
    EXPECT_EQ(answer[0], 0x15);  // RFC 8446 5.1: alert
    EXPECT_EQ(answer[5], 2);     // fatal
    EXPECT_NE(server.wait_for_line({"tls_failed", peer_field(client)}), "") << server.log();
    expect_served(server.tls());
}

TEST(BadTls, APlainRequestBehindAHandshakeIsRefused) {
    const running_server server;
    tls_stream client(server.port());
    ASSERT_TRUE(client.established());
    // Good TLS, but the plain text within it is no SIP.
    ASSERT_TRUE(client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
    std::string answer;
    EXPECT_EQ(client.receive(answer, patience), stream::outcome::closed);
    EXPECT_EQ(answer, "");
    EXPECT_TRUE(client.said_goodbye());
    EXPECT_NE(server.wait_for_line({"unknown_protocol", peer_field(client)}), "");
}

TEST(BadTls, AClientThatLeavesInTheHandshakeIsLogged) {
    const running_server server;
    std::string name;
    {
        tcp_stream client(server.port());
        name = peer_field(client);
        ASSERT_TRUE(
            client.send(std::string("\x16\x03\x01\x00\xC8\x01\x00\x00\xC4\x03\x03\x5A", 12)));
    }
    EXPECT_NE(server.wait_for_line({"tls_failed", name, "closed in the handshake"}), "")
        << server.log();
}

class ClientCertificate : public ::testing::Test {
protected:
    tls_settings showing(const lab_certificate& files,
                         tls_settings::version newest = tls_settings::version::tls_1_3) const {
        tls_settings settings;
        settings.newest = newest;
        settings.certificate = files.certificate;
        settings.key = files.key;
        return settings;
    }

    temporary_folder folder_;
    lab_authority authority_{folder_};
    running_server server_{{"--client-ca", authority_.certificate()}};
};

TEST_F(ClientCertificate, MustBeThere) {
    for (const auto newest : {tls_settings::version::tls_1_2, tls_settings::version::tls_1_3}) {
        tls_settings none;
        none.newest = newest;
        tls_stream client(server_.port(), none);
        expect_failure(server_, client,
                       newest == tls_settings::version::tls_1_3 ? "alert certificate required"
                                                                : "handshake failure",
                       "peer did not return a certificate");
    }
}

TEST_F(ClientCertificate, MustChainToTheAuthority) {
    const auto stranger = make_certificate(folder_, "stranger.example.test");
    for (const auto newest : {tls_settings::version::tls_1_2, tls_settings::version::tls_1_3}) {
        tls_stream client(server_.port(), showing(stranger, newest));
        expect_failure(server_, client, "alert unknown ca", "self-signed certificate");
    }
    const auto front_end = authority_.sign("fe.example.test", "serverAuth");
    expect_served(sip_peer(std::make_unique<tls_stream>(server_.port(), showing(front_end))));
}

TEST_F(ClientCertificate, OfAnotherAuthorityIsRefused) {
    const temporary_folder other_folder;
    const lab_authority other(other_folder);
    const auto forged = other.sign("fe.example.test", "serverAuth,clientAuth");
    tls_stream client(server_.port(), showing(forged));
    expect_failure(server_, client, "alert", "certificate verify failed");
}

}  // namespace
}  // namespace relayauth::lab
