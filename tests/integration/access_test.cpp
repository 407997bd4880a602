#include "own_client.hpp"
#include "rpc_peer.hpp"
#include "running_server.hpp"
#include "service_request.hpp"
#include "tls_stream.hpp"

#include <gtest/gtest.h>

// Who may ask, and who may mint.
namespace relayauth::lab {
namespace {

sip_peer with_certificate(const running_server& server, const lab_certificate& files) {
    tls_settings settings;
    settings.certificate = files.certificate;
    settings.key = files.key;
    return sip_peer(std::make_unique<tls_stream>(server.port(), settings));
}

std::vector<std::string> as_client(const lab_certificate& files) {
    return {"--client-certificate", files.certificate, "--client-key", files.key};
}

void expect_minted(sip_peer peer) {
    const auto answer = peer.ask(service());
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->attribute("reasonPhrase"), "OK") << answer->status << answer->reason;
}

void expect_forbidden(sip_peer peer, const std::string& reason) {
    const auto answer = peer.ask(service());
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 403);
    EXPECT_EQ(answer->reason, reason);
    EXPECT_EQ(answer->body, "");
    EXPECT_TRUE(peer.is_closed());
}

class ClientCa : public ::testing::Test {
protected:
    temporary_folder folder_;
    lab_authority authority_{folder_};
};

TEST_F(ClientCa, CertificatesForServersAndForClientsAreAccepted) {
    const running_server server({"--client-ca", authority_.certificate()});
    expect_minted(with_certificate(server, authority_.sign("fe.example.test", "serverAuth")));
    expect_minted(with_certificate(server, authority_.sign("client.example.test", "clientAuth")));
    expect_minted(
        with_certificate(server, authority_.sign("both.example.test", "serverAuth,clientAuth")));
}

TEST_F(ClientCa, CertificatesForOtherPurposesAreRefused) {
    const running_server server({"--client-ca", authority_.certificate()});
    const auto files = authority_.sign("code.example.test", "codeSigning");
    auto peer = with_certificate(server, files);
    EXPECT_FALSE(peer.ask(service()));
    EXPECT_NE(server.wait_for_line({"tls_failed", "peer=" + peer.name() + " ", "purpose"}), "")
        << server.log();
}

TEST_F(ClientCa, OwnClientShowsItsCertificate) {
    const running_server server({"--client-ca", authority_.certificate()});
    const auto files = authority_.sign("fe.example.test", "serverAuth");
    const auto minted = request_credential(server.address(), as_client(files));
    EXPECT_EQ(validate(server.address(), minted, as_client(files)).code, 0);
    const auto without = ask_relayauth("request", server.address(), {"--identity", "sip:a@b.test"});
    EXPECT_EQ(without.code, 2);
    EXPECT_NE(without.errors.find("--client-certificate"), std::string::npos) << without.errors;
}

TEST_F(ClientCa, PlainTextFromLoopbackIsServedStill) {
    const running_server server({"--client-ca", authority_.certificate()});
    expect_minted(server.tcp());
}

TEST_F(ClientCa, ANameDecidesWhoMintsButNotWhoValidates) {
    running_server server({"--client-ca", authority_.certificate(), "--client-name",
                           "fe*.example.test", "--client-name", "edge.example.test"});
    const auto front_end = authority_.sign("fe1.example.test", "serverAuth");
    const auto relay = authority_.sign("relay.example.test", "serverAuth");
    expect_minted(with_certificate(server, front_end));
    expect_minted(with_certificate(server, authority_.sign("edge.example.test", "serverAuth")));

    auto peer = with_certificate(server, relay);
    const auto name = "peer=" + peer.name() + " ";
    expect_forbidden(std::move(peer), "Forbidden");
    EXPECT_NE(server.wait_for_line({"peer_refused", name, "--client-name"}), "") << server.log();

    const auto minted = request_credential(server.address(), as_client(front_end));
    EXPECT_EQ(validate(server.address(), minted, as_client(relay)).code, 0);
    // Without a certificate there is no name either.
    expect_forbidden(server.tcp(), "Forbidden");
    EXPECT_EQ(validate(server.address(), minted).code, 0);
}

// Connects to an address of this machine that is not loopback: the peer then has it too.
sip_peer from_outside(const running_server& server, bool over_tls) {
    const place where(server.port_of("0.0.0.0"), outer_address());
    if (over_tls) return sip_peer(std::make_unique<tls_stream>(where));
    return sip_peer(std::make_unique<tcp_stream>(where));
}

class OuterPeer : public ::testing::Test {
protected:
    void SetUp() override {
        ASSERT_NE(outer_address(), "")
            << "run this through tests/integration/own_network.sh, as ctest does";
    }
    const std::string here_ = outer_address();
};

TEST_F(OuterPeer, IsForbiddenUntilAllowed) {
    running_server server({"--listen", "0.0.0.0:0"});
    for (const bool over_tls : {false, true}) {
        auto peer = from_outside(server, over_tls);
        const auto name = "peer=" + here_ + ":" + std::to_string(peer.carrier().local_port()) + " ";
        expect_forbidden(std::move(peer), "Forbidden");
        EXPECT_NE(server.wait_for_line({"peer_refused", name, "--allow CIDR"}), "") << server.log();
    }
    EXPECT_NE(server.stop().find(" peer_refused_forbidden=2"), std::string::npos);
}

TEST_F(OuterPeer, AllowedIsServedOverTlsAndTakesPlainTextOnlyWhenSaid) {
    const running_server server({"--listen", "0.0.0.0:0", "--allow", here_});
    expect_minted(from_outside(server, true));
    expect_forbidden(from_outside(server, false), "TLS required");
    expect_minted(server.tcp());
    const running_server always(
        {"--listen", "0.0.0.0:0", "--allow", here_ + "/32", "--plaintext", "always"});
    expect_minted(from_outside(always, false));
    const running_server others({"--listen", "0.0.0.0:0", "--allow", "198.51.100.0/24"});
    expect_forbidden(from_outside(others, true), "Forbidden");
}

TEST(Plaintext, NeverMeansTlsForEverybody) {
    const running_server server({"--plaintext", "never"});
    auto peer = server.tcp();
    const auto name = "peer=" + peer.name() + " ";
    expect_forbidden(std::move(peer), "TLS required");
    EXPECT_NE(server.wait_for_line({"peer_refused", name, "status=403"}), "") << server.log();
    expect_minted(server.tls());

    auto rpc = rpc_peer::over_tcp(server.port());
    ASSERT_TRUE(rpc.send(rpc_preface + framed(server_info_call(1))));
    const auto reply = rpc.reply();
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->result, reply_error);
    EXPECT_EQ(value_in(reply->content, 1), 9u) << "REASON_FORBIDDEN";
    EXPECT_EQ(text_in(reply->content, 2), "TLS required");
    EXPECT_TRUE(rpc.is_closed());
}

}  // namespace
}  // namespace relayauth::lab
