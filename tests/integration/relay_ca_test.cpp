#include "own_client.hpp"
#include "running_server.hpp"
#include "service_request.hpp"
#include "tls_stream.hpp"

#include <gtest/gtest.h>

#include <signal.h>

// --relay-ca: relays are served from anywhere, but mint nothing; nobody else notices.
namespace relayauth::lab {
namespace {

class RelayCa : public ::testing::Test {
protected:
    void SetUp() override {
        ASSERT_NE(outer_address(), "")
            << "run this through tests/integration/own_network.sh, as ctest does";
    }

    // Options of a server that outer peers can reach.
    std::vector<std::string> serving(const std::vector<std::string>& more = {}) const {
        std::vector<std::string> words = {"--listen", "0.0.0.0:0", "--relay-ca",
                                          relays_.certificate()};
        words.insert(words.end(), more.begin(), more.end());
        return words;
    }

    // A peer that is not loopback, and its certificate if it shows one.
    static sip_peer outer_peer(const running_server& server, const lab_certificate& files = {}) {
        tls_settings settings;
        settings.certificate = files.certificate;
        settings.key = files.key;
        const place where(server.port_of("0.0.0.0"), outer_address());
        return sip_peer(std::make_unique<tls_stream>(where, settings));
    }

    // What `relayauth validate` says from outside.
    static std::string validated(const running_server& server, const lab_certificate& files = {}) {
        std::vector<std::string> options;
        if (!files.certificate.empty()) {
            options = {"--client-certificate", files.certificate, "--client-key", files.key};
        }
        const auto port = std::to_string(server.port_of("0.0.0.0"));
        const auto minted = request_credential("127.0.0.1:" + port, {"--tcp"});
        const auto done = validate(outer_address() + ":" + port, minted, options);
        return done.code == 0 ? "good" : text_of(done.output, "reason");
    }

    // The status that a request for a credential gets; 0 if the connection fails.
    static int status_of(sip_peer peer) {
        const auto answer = peer.ask(service());
        return answer ? answer->status : 0;
    }

    temporary_folder client_folder_, relay_folder_;
    lab_authority clients_{client_folder_};
    lab_authority relays_{relay_folder_};
    lab_certificate front_end_ = clients_.sign("fe.example.test", "serverAuth");
    lab_certificate relay_ = relays_.sign("relay.example.test", "serverAuth");
};

TEST_F(RelayCa, ServesARelayFromAnywhereButLetsItMintNothing) {
    const running_server server(serving());
    EXPECT_NE(server.log().find("long-term keys for loopback peers and certificates of --relay-ca"),
              std::string::npos);
    EXPECT_EQ(validated(server, relay_), "good");
    auto peer = outer_peer(server, relay_);
    const auto name = ":" + std::to_string(peer.carrier().local_port()) + " ";
    EXPECT_EQ(status_of(std::move(peer)), 403);
    EXPECT_NE(server.wait_for_line({"peer_refused", name, "may not mint"}), "") << server.log();
}

TEST_F(RelayCa, LetsOthersPassTheHandshakeToBeJudgedAsBefore) {
    const running_server server(serving());
    for (const auto& files : {lab_certificate(), front_end_}) {
        EXPECT_EQ(status_of(outer_peer(server, files)), 403);
        EXPECT_EQ(validated(server, files), "forbidden");
    }
    EXPECT_EQ(server.count_lines("tls_failed"), 0u) << server.log();
    const running_server allowing(serving({"--allow", outer_address()}));
    for (const auto& files : {lab_certificate(), front_end_, relay_}) {
        EXPECT_EQ(status_of(outer_peer(allowing, files)), 200);
    }
    const running_server elsewhere(serving({"--allow", "198.51.100.0/24"}));
    EXPECT_EQ(validated(elsewhere, relay_), "forbidden") << "--allow holds for relays too";
}

TEST_F(RelayCa, BesideClientCaEveryClientNeedsACertificateOfEither) {
    const running_server server(serving({"--client-ca", clients_.certificate()}));
    EXPECT_EQ(status_of(outer_peer(server, front_end_)), 200);
    EXPECT_EQ(validated(server, front_end_), "good");
    EXPECT_EQ(status_of(outer_peer(server, relay_)), 403);
    EXPECT_EQ(validated(server, relay_), "good");
    EXPECT_EQ(server.count_lines("tls_failed"), 0u) << server.log();

    EXPECT_EQ(status_of(outer_peer(server)), 0);
    EXPECT_NE(server.wait_for_line({"tls_failed", "did not return a certificate"}), "");
    const auto stranger = make_certificate(client_folder_, "stranger.example.test");
    EXPECT_EQ(status_of(outer_peer(server, stranger)), 0);
    EXPECT_NE(server.wait_for_line({"tls_failed", "self-signed certificate"}), "");
}

TEST_F(RelayCa, IsReadAgainOnSighup) {
    const auto live = relay_folder_.write("live.pem", read_file(relays_.certificate()));
    running_server server({"--listen", "0.0.0.0:0", "--relay-ca", live});
    EXPECT_EQ(validated(server, relay_), "good");
    relay_folder_.write("live.pem", read_file(clients_.certificate()));
    server.process().signal(SIGHUP);
    ASSERT_NE(server.wait_for_line({" reloaded"}), "") << server.log();
    EXPECT_EQ(validated(server, relay_), "forbidden");
    EXPECT_EQ(validated(server, front_end_), "good");
}

TEST_F(RelayCa, OfWhichOneCertificateIsDamagedIsNotReadInPart) {
    const auto whole = read_file(relays_.certificate());
    const auto live = relay_folder_.write("live.pem", whole);
    running_server server({"--listen", "0.0.0.0:0", "--relay-ca", live});
    relay_folder_.write("live.pem", whole + whole.substr(0, whole.size() / 2));
    server.process().signal(SIGHUP);
    EXPECT_NE(server.wait_for_line({"reload_refused", "certificate 2 in the file cannot be read"}),
              "")
        << server.log();
    EXPECT_EQ(validated(server, relay_), "good") << "the authorities of before stay";
}

}  // namespace
}  // namespace relayauth::lab
