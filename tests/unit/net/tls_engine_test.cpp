#include "relayauth/net/tls_engine.hpp"

#include "tls_client.hpp"

#include "relayauth/certificate/create.hpp"
#include "relayauth/certificate/identity.hpp"
#include "relayauth/net/tls_context.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace relayauth::net {
namespace {

certificate::identity make_identity(certificate::key_kind kind) {
    certificate::create_request wanted;
    wanted.subject = "CN=edge.example.test";
    wanted.kind = kind;
    const auto made =
        certificate::create(wanted, wall_time::from_unix(std::chrono::seconds(1'700'000'000)));
    const auto pem = as_bytes(made->certificate_pem);
    return *certificate::identity::parse({pem, made->private_key_pem.reveal(), nullptr});
}

std::shared_ptr<const tls_context> make_context(
    certificate::key_kind kind = certificate::key_kind::p256) {
    const auto identity = make_identity(kind);
    return *tls_context::create({identity.chain_der(), identity.private_key_der()}, {});
}

TEST(TlsEngine, TalksTls13AndTls12) {
    for (const int version : {TLS1_3_VERSION, TLS1_2_VERSION}) {
        const auto context = make_context();
        tls_engine engine(*context);
        tls_client client(version);
        shake_hands(client, engine);
        ASSERT_EQ(engine.status(), tls_engine::state::open) << engine.failure();

        client.write("a question");
        std::string answer;
        EXPECT_EQ(feed(engine, client.give(), answer), "a question");
        engine.write("an answer", answer);
        client.take(answer);
        EXPECT_EQ(client.read(), "an answer");
    }
}

// Its handshake costs less; whoever has only AES-256 gets that.
TEST(TlsEngine, TakesAes128FirstAndAes256IfThatIsAll) {
    const auto context = make_context();
    const auto agreed_with = [&context](tls_client& client) {
        tls_engine engine(*context);
        shake_hands(client, engine);
        return engine.description();
    };
    tls_client newest;
    EXPECT_EQ(agreed_with(newest), "TLSv1.3 TLS_AES_128_GCM_SHA256");
    tls_client older(TLS1_2_VERSION, "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES128-GCM-SHA256");
    EXPECT_EQ(agreed_with(older), "TLSv1.2 ECDHE-ECDSA-AES128-GCM-SHA256");
    tls_client strict(TLS1_2_VERSION, "ECDHE-ECDSA-AES256-GCM-SHA384");
    EXPECT_EQ(agreed_with(strict), "TLSv1.2 ECDHE-ECDSA-AES256-GCM-SHA384");
}

TEST(TlsEngine, TakesItsOctetsOneByOne) {
    const auto context = make_context();
    tls_engine engine(*context);
    tls_client client;
    shake_hands(client, engine, 1);
    ASSERT_EQ(engine.status(), tls_engine::state::open) << engine.failure();
    client.write("slowly");
    std::string answer;
    EXPECT_EQ(feed(engine, client.give(), answer, 1), "slowly");
}

TEST(TlsEngine, WritesMoreThanOneRecord) {
    const auto context = make_context();
    tls_engine engine(*context);
    tls_client client;
    shake_hands(client, engine);
    const std::string large(100'000, 'x');
    std::string wire;
    engine.write(large, wire);
    client.take(wire);
    EXPECT_EQ(client.read(), large);
}

TEST(TlsEngine, AnswersAnOldVersionWithAnAlertAndSaysWhy) {
    const auto context = make_context();
    tls_engine engine(*context);
    tls_client client(TLS1_1_VERSION);
    client.handshake();
    std::string answer;
    feed(engine, client.give(), answer);
    EXPECT_EQ(engine.status(), tls_engine::state::failed);
    EXPECT_NE(engine.failure().find("unsupported protocol"), std::string::npos) << engine.failure();
    ASSERT_FALSE(answer.empty());
    EXPECT_EQ(answer[0], 21);  // RFC 8446 5.1: an alert record
}

TEST(TlsEngine, OffersEcdheOnly) {
    const auto context = make_context(certificate::key_kind::rsa2048);
    tls_engine engine(*context);
    tls_client client(TLS1_2_VERSION, "AES128-SHA:AES256-GCM-SHA384");  // key exchange by RSA
    client.handshake();
    std::string answer;
    feed(engine, client.give(), answer);
    EXPECT_EQ(engine.status(), tls_engine::state::failed);
    EXPECT_NE(engine.failure().find("no shared cipher"), std::string::npos) << engine.failure();
}

TEST(TlsEngine, FailsOnGarbageAndOnAFlippedBit) {
    const auto context = make_context();
    std::string answer;
    tls_engine garbage(*context);
    feed(garbage, std::string("\x16\x03\x01\0\x10", 5) + "garbage and more of it", answer);
    EXPECT_EQ(garbage.status(), tls_engine::state::failed);

    tls_engine engine(*context);
    tls_client client;
    shake_hands(client, engine);
    client.write("a question");
    auto wire = client.give();
    wire.back() = static_cast<char>(wire.back() ^ 1);
    EXPECT_EQ(feed(engine, wire, answer), "");
    EXPECT_EQ(engine.status(), tls_engine::state::failed);
}

TEST(TlsEngine, KnowsThatItHoldsTheBeginningOfARecord) {
    const auto context = make_context();
    tls_engine engine(*context);
    tls_client client;
    shake_hands(client, engine);
    EXPECT_FALSE(engine.holds_partial_record());
    client.write("a question");
    const auto wire = client.give();
    std::string answer;
    for (const std::size_t cut : {std::size_t{1}, std::size_t{5}, wire.size() - 1}) {
        SCOPED_TRACE(cut);
        tls_engine other(*context);
        tls_client its_client;
        shake_hands(its_client, other);
        its_client.write("a question");
        const auto octets = its_client.give();
        EXPECT_EQ(feed(other, std::string_view(octets).substr(0, cut), answer), "");
        EXPECT_TRUE(other.holds_partial_record());
        EXPECT_EQ(feed(other, std::string_view(octets).substr(cut), answer), "a question");
        EXPECT_FALSE(other.holds_partial_record());
    }
}

TEST(TlsEngine, SaysAndHearsCloseNotify) {
    const auto context = make_context();
    tls_engine engine(*context);
    tls_client client;
    shake_hands(client, engine);
    client.write("last words");
    client.close();
    std::string answer;
    EXPECT_EQ(feed(engine, client.give(), answer), "last words");
    EXPECT_EQ(engine.status(), tls_engine::state::closed_by_peer);
    engine.close(answer);
    client.take(answer);
    client.read();
    EXPECT_TRUE(client.got_close_notify());
}

TEST(TlsEngine, ResumesASessionWhenItAsksForNoCertificate) {
    const auto context = make_context();
    for (const int version : {TLS1_3_VERSION, TLS1_2_VERSION}) {
        SCOPED_TRACE(version);
        tls_engine first(*context);
        tls_client client(version);
        shake_hands(client, first);
        client.read();
        client.close();  // OpenSSL resumes no session that ended without
        const auto session = client.session();

        tls_engine second(*context);
        tls_client again(version);
        again.resume(session.get());
        shake_hands(again, second);
        EXPECT_EQ(second.status(), tls_engine::state::open) << second.failure();
        EXPECT_TRUE(again.has_resumed());
    }
}

TEST(TlsEngine, SeesNoClientCertificateWhenItAsksForNone) {
    const auto context = make_context();
    tls_engine engine(*context);
    tls_client client;
    shake_hands(client, engine);
    EXPECT_FALSE(engine.has_certificate());
    EXPECT_TRUE(engine.certificate_names().empty());
}

}  // namespace
}  // namespace relayauth::net
