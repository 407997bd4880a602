#include "relayauth/net/client_certificate.hpp"

#include "test_certificate.hpp"
#include "tls_client.hpp"

#include "relayauth/certificate/create.hpp"
#include "relayauth/certificate/identity.hpp"
#include "relayauth/net/tls_context.hpp"

#include <gtest/gtest.h>

namespace relayauth::net {
namespace {

constexpr int versions[] = {TLS1_3_VERSION, TLS1_2_VERSION};

result<std::shared_ptr<const tls_context>, std::string> context_for(
    const client_authorities& authorities) {
    certificate::create_request wanted;
    wanted.kind = certificate::key_kind::p256;
    const auto made =
        certificate::create(wanted, wall_time::from_unix(std::chrono::seconds(1'700'000'000)));
    const auto own = certificate::identity::parse(
        {as_bytes(made->certificate_pem), made->private_key_pem.reveal(), nullptr});
    return tls_context::create({own->chain_der(), own->private_key_der()}, authorities);
}

// What became of a handshake.
struct outcome {
    bool open = false;
    bool is_client = false;
    bool is_relay = false;
    std::vector<std::string> names;
    std::string failure;
    bool resumed = false;
    std::unique_ptr<SSL_SESSION, decltype(&SSL_SESSION_free)> session{nullptr, &SSL_SESSION_free};
};

outcome meet(const tls_context& context, tls_client& client) {
    tls_engine engine(context);
    shake_hands(client, engine);
    client.read();
    client.close();  // OpenSSL resumes no session that ended without
    return {engine.status() == tls_engine::state::open,
            engine.has_certificate(),
            engine.is_relay(),
            engine.certificate_names(),
            engine.failure(),
            client.has_resumed(),
            client.session()};
}

class ClientCertificate : public ::testing::Test {
protected:
    outcome show(const tls_context& context, int version, const test_certificate& shown,
                 const test_certificate* issuer = nullptr) const {
        tls_client client(version);
        client.show(shown.x509.get(), shown.key.get(),
                    issuer != nullptr ? issuer->x509.get() : nullptr);
        return meet(context, client);
    }
    outcome show_none(const tls_context& context, int version) const {
        tls_client client(version);
        return meet(context, client);
    }
    // A session of before, and no certificate.
    outcome resume(const tls_context& context, int version, SSL_SESSION* session) const {
        tls_client client(version);
        client.resume(session);
        return meet(context, client);
    }

    std::shared_ptr<const tls_context> both() const {
        return *context_for({client_ca_.pem(), relay_ca_.pem()});
    }
    std::shared_ptr<const tls_context> relays_only() const {
        return *context_for({"", relay_ca_.pem()});
    }

    test_certificate client_ca_ = make_ca("clients");
    test_certificate relay_ca_ = make_ca("relays");
    test_certificate front_end_ = certify({"fe.example.test"}, &client_ca_);
    test_certificate relay_ = certify({"relay.example.test"}, &relay_ca_);
    test_certificate stranger_ = certify({"stranger.example.test"}, nullptr);
};

TEST_F(ClientCertificate, IsNotAskedForWithoutAuthorities) {
    const auto context = *context_for({});
    const auto done = show(*context, TLS1_3_VERSION, relay_);
    EXPECT_TRUE(done.open) << done.failure;
    EXPECT_FALSE(done.is_client || done.is_relay);
    EXPECT_TRUE(done.names.empty());
}

TEST_F(ClientCertificate, OfARelayIsKnownByRelayCaAlone) {
    const auto context = relays_only();
    for (const int version : versions) {
        const auto done = show(*context, version, relay_);
        EXPECT_TRUE(done.open) << done.failure;
        EXPECT_TRUE(done.is_relay);
        EXPECT_FALSE(done.is_client);
        const std::vector<std::string> names(2, "relay.example.test");  // DNS and common name
        EXPECT_EQ(done.names, names);
    }
}

TEST_F(ClientCertificate, NeedNotBeThereNorChainWithRelayCaAlone) {
    const auto context = relays_only();
    for (const int version : versions) {
        for (const auto& done : {show_none(*context, version), show(*context, version, stranger_),
                                 show(*context, version, front_end_)}) {
            EXPECT_TRUE(done.open) << done.failure;
            EXPECT_FALSE(done.is_client || done.is_relay);
        }
    }
}

TEST_F(ClientCertificate, MustChainToEitherWithBoth) {
    const auto context = both();
    for (const int version : versions) {
        const auto client = show(*context, version, front_end_);
        EXPECT_TRUE(client.open && client.is_client && !client.is_relay) << client.failure;
        const auto relay = show(*context, version, relay_);
        EXPECT_TRUE(relay.open && !relay.is_client && relay.is_relay) << relay.failure;

        const auto none = show_none(*context, version);
        EXPECT_FALSE(none.open);
        EXPECT_NE(none.failure.find("did not return a certificate"), std::string::npos);
        const auto stranger = show(*context, version, stranger_);
        EXPECT_FALSE(stranger.open || stranger.is_client || stranger.is_relay);
        EXPECT_NE(stranger.failure.find("verify failed: self-signed certificate"),
                  std::string::npos)
            << stranger.failure;
    }
}

TEST_F(ClientCertificate, MayBeOfAClientAndOfARelay) {
    const auto context = *context_for({client_ca_.pem(), client_ca_.pem() + relay_ca_.pem()});
    const auto done = show(*context, TLS1_3_VERSION, front_end_);
    EXPECT_TRUE(done.open && done.is_client && done.is_relay) << done.failure;
}

TEST_F(ClientCertificate, OfARelayFailsWithClientCaAlone) {
    const auto context = *context_for({client_ca_.pem(), ""});
    for (const int version : versions) {
        EXPECT_TRUE(show(*context, version, front_end_).is_client);
        const auto relay = show(*context, version, relay_);
        EXPECT_FALSE(relay.open);
        EXPECT_NE(relay.failure.find("unable to get local issuer"), std::string::npos)
            << relay.failure;
    }
}

TEST_F(ClientCertificate, ChainsOverAnIntermediateThatTheClientShows) {
    const auto context = both();
    const auto middle = make_ca("relays of one site", &relay_ca_);
    const auto leaf = certify({}, &middle);
    EXPECT_TRUE(show(*context, TLS1_3_VERSION, leaf, &middle).is_relay);
    EXPECT_FALSE(show(*context, TLS1_3_VERSION, leaf).open);
}

TEST_F(ClientCertificate, OfARelayIsCheckedAsOneOfAClient) {
    const auto relays = relays_only(), required = both();
    const auto expect_none = [&](const certificate_wish& wanted, std::string_view words) {
        for (const auto* issuer : {&relay_ca_, &client_ca_}) {
            const auto bad = certify(wanted, issuer);
            const auto passed = show(*relays, TLS1_3_VERSION, bad);
            EXPECT_TRUE(passed.open && !passed.is_relay) << words;
            const auto refused = show(*required, TLS1_3_VERSION, bad);
            EXPECT_FALSE(refused.open) << words;
            EXPECT_NE(refused.failure.find(words), std::string::npos) << refused.failure;
        }
    };
    const std::string later = "99991231235959Z";
    expect_none({"a.test", "serverAuth", "20010101000000Z", 0}, "certificate has expired");
    expect_none({"a.test", "codeSigning", later, 0}, "certificate purpose");
    // Below OpenSSL's security level for this connection.
    expect_none({"a.test", "serverAuth", later, 1024}, "key too weak");
    for (const auto usage : {"serverAuth", "clientAuth", "codeSigning,clientAuth"}) {
        const auto good = certify({"a.test", usage}, &relay_ca_);
        EXPECT_TRUE(show(*required, TLS1_3_VERSION, good).is_relay) << usage;
    }
}

TEST_F(ClientCertificate, IsRefusedWithTheReasonOfTheAuthorityThatKnowsIt) {
    const auto required = both();
    // Shown with its root, it is self-signed in the chain to those who do not know the root.
    const auto late = certify({"a.test", "serverAuth", "20010101000000Z", 0}, &relay_ca_);
    EXPECT_NE(show(*required, TLS1_3_VERSION, late, &relay_ca_).failure.find("has expired"),
              std::string::npos);
    const auto alone = certify({"a.test", "serverAuth", "20010101000000Z", 0}, nullptr);
    const auto pinned = *context_for({client_ca_.pem(), alone.pem()});
    EXPECT_NE(show(*pinned, TLS1_3_VERSION, alone).failure.find("has expired"), std::string::npos);
}

TEST_F(ClientCertificate, OfTwoAuthoritiesWithOneNamePassesForTheRightOne) {
    const auto namesake = make_ca("clients");
    const auto context = *context_for({client_ca_.pem(), namesake.pem()});
    for (const int version : versions) {
        const auto relay = show(*context, version, certify({}, &namesake));
        EXPECT_TRUE(relay.open && relay.is_relay && !relay.is_client) << relay.failure;
        const auto client = show(*context, version, front_end_);
        EXPECT_TRUE(client.open && !client.is_relay && client.is_client) << client.failure;
    }
}

TEST_F(ClientCertificate, IsAskedForByTheNamesOfItsAuthorities) {
    for (const auto& [context, names] : {std::pair(relays_only(), 1), std::pair(both(), 2)}) {
        tls_client client;
        meet(*context, client);
        EXPECT_EQ(client.named_authorities(), names);
    }
}

TEST_F(ClientCertificate, IsNoneBeforeTheHandshake) {
    const tls_engine engine(*relays_only());
    EXPECT_FALSE(engine.is_relay());
    EXPECT_FALSE(engine.has_certificate());
}

TEST_F(ClientCertificate, IsJudgedInEveryConnectionSinceNoSessionIsResumed) {
    for (const auto& context : {*context_for({client_ca_.pem(), ""}), both()}) {
        for (const int version : versions) {
            const auto first = show(*context, version, front_end_);
            ASSERT_TRUE(first.open && first.is_client) << first.failure;
            EXPECT_FALSE(SSL_SESSION_is_resumable(first.session.get()));
            const auto again = resume(*context, version, first.session.get());
            EXPECT_FALSE(again.open || again.resumed || again.is_client);
            EXPECT_NE(again.failure.find("did not return a certificate"), std::string::npos);
        }
    }
}

TEST_F(ClientCertificate, IsJudgedInEveryConnectionWithRelayCaAlone) {
    const auto context = relays_only();
    for (const int version : versions) {
        for (const auto* each : {&relay_, &stranger_}) {
            const auto first = show(*context, version, *each);
            EXPECT_EQ(first.is_relay, each == &relay_);
            EXPECT_FALSE(SSL_SESSION_is_resumable(first.session.get()));
            const auto again = resume(*context, version, first.session.get());
            EXPECT_TRUE(again.open && !again.resumed) << again.failure;
            EXPECT_FALSE(again.is_client || again.is_relay);
        }
    }
}

TEST_F(ClientCertificate, IsAskedForInASessionFromBeforeTheAuthorities) {
    const auto before = *context_for({}), after = both();
    for (const int version : versions) {
        const auto first = show_none(*before, version);
        ASSERT_TRUE(SSL_SESSION_is_resumable(first.session.get()));
        const auto again = resume(*after, version, first.session.get());
        EXPECT_FALSE(again.open || again.resumed);
    }
}

TEST_F(ClientCertificate, IsJudgedAfterItsContextIsLetGo) {
    auto context = relays_only();
    tls_engine engine(*context);
    context.reset();
    tls_client client;
    client.show(relay_.x509.get(), relay_.key.get(), nullptr);
    shake_hands(client, engine);
    EXPECT_TRUE(engine.is_relay());
}

TEST_F(ClientCertificate, AFailureAfterTheHandshakeDoesNotSpeakOfIt) {
    const auto context = relays_only();
    tls_engine engine(*context);
    tls_client client;
    client.show(stranger_.x509.get(), stranger_.key.get(), nullptr);
    shake_hands(client, engine);
    client.write("a question");
    auto wire = client.give();
    wire.back() = static_cast<char>(wire.back() ^ 1);
    std::string answer;
    feed(engine, wire, answer);
    EXPECT_EQ(engine.status(), tls_engine::state::failed);
    EXPECT_EQ(engine.failure().find("self-signed"), std::string::npos) << engine.failure();
}

TEST_F(ClientCertificate, IsNotAskedForWithAFileThatHasNone) {
    const auto client = context_for({"no PEM here", relay_ca_.pem()});
    ASSERT_FALSE(client);
    EXPECT_TRUE(client.error().starts_with("--client-ca: no certificate")) << client.error();
    const auto relay = context_for({client_ca_.pem(), "no PEM here"});
    ASSERT_FALSE(relay);
    EXPECT_TRUE(relay.error().starts_with("--relay-ca: no certificate")) << relay.error();
}

TEST_F(ClientCertificate, IsNotAskedForWithAFileThatIsDamaged) {
    const auto good = client_ca_.pem();
    // Cut in the second certificate; with an octet in it that is no base64; no certificate inside.
    const auto cut = good.substr(0, good.size() / 2);
    auto spoilt = good;
    spoilt[good.size() / 2] = '!';
    const std::string hollow = "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n";
    for (const auto& bad : {cut, spoilt, hollow}) {
        // A good one behind it is lost too, and does not hide it.
        for (const auto& rest : {std::string(), relay_ca_.pem()}) {
            const auto client = context_for({good + bad + rest, relay_ca_.pem()});
            ASSERT_FALSE(client) << bad;
            EXPECT_EQ(client.error(), "--client-ca: certificate 2 in the file cannot be read");
            const auto relay = context_for({"", bad + rest});
            ASSERT_FALSE(relay) << bad;
            EXPECT_EQ(relay.error(), "--relay-ca: certificate 1 in the file cannot be read");
        }
    }
}

TEST_F(ClientCertificate, MayStandBetweenWordsForPeopleInTheFile) {
    const auto pem =
        "The first:\n" + client_ca_.pem() + "\nThe second:\n" + relay_ca_.pem() + "\nEnd";
    const auto context = *context_for({"", pem});
    EXPECT_TRUE(show(*context, TLS1_3_VERSION, front_end_).is_relay);
    EXPECT_TRUE(show(*context, TLS1_3_VERSION, relay_).is_relay);
}

}  // namespace
}  // namespace relayauth::net
