#include "relayauth/net/tls_engine.hpp"
#include "relayauth/certificate/create.hpp"
#include "relayauth/certificate/identity.hpp"
#include "relayauth/net/tls_context.hpp"

#include <gtest/gtest.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <array>
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

// tls_client is OpenSSL's own client over memory, the other end of the engine.
class tls_client {
public:
    explicit tls_client(int newest = 0, const char* ciphers = nullptr)
        : context_(SSL_CTX_new(TLS_client_method()), &SSL_CTX_free) {
        SSL_CTX_set_security_level(context_.get(), 0);
        if (newest != 0) {
            SSL_CTX_set_min_proto_version(context_.get(), TLS1_VERSION);
            SSL_CTX_set_max_proto_version(context_.get(), newest);
        }
        if (ciphers != nullptr) SSL_CTX_set_cipher_list(context_.get(), ciphers);
        ssl_.reset(SSL_new(context_.get()));
        in_ = BIO_new(BIO_s_mem());
        out_ = BIO_new(BIO_s_mem());
        SSL_set_bio(ssl_.get(), in_, out_);
        SSL_set_connect_state(ssl_.get());
    }
    void take(std::string_view wire) { BIO_write(in_, wire.data(), static_cast<int>(wire.size())); }
    std::string give() {
        std::string wire(BIO_ctrl_pending(out_), '\0');
        if (!wire.empty()) BIO_read(out_, wire.data(), static_cast<int>(wire.size()));
        return wire;
    }
    bool handshake() { return SSL_do_handshake(ssl_.get()) == 1; }
    void write(std::string_view text) {
        SSL_write(ssl_.get(), text.data(), static_cast<int>(text.size()));
    }
    std::string read() {
        std::array<char, 40'000> text;
        std::string all;
        for (int n; (n = SSL_read(ssl_.get(), text.data(), text.size())) > 0;) {
            all.append(text.data(), static_cast<std::size_t>(n));
        }
        return all;
    }
    bool got_close_notify() { return (SSL_get_shutdown(ssl_.get()) & SSL_RECEIVED_SHUTDOWN) != 0; }
    void close() { SSL_shutdown(ssl_.get()); }

private:
    std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_;
    std::unique_ptr<SSL, decltype(&SSL_free)> ssl_{nullptr, &SSL_free};
    BIO* in_ = nullptr;
    BIO* out_ = nullptr;
};

// feed hands `wire` to the engine in pieces and gives back the plain text.
std::string feed(tls_engine& engine, std::string_view wire, std::string& answer,
                 std::size_t piece = 1 << 20) {
    std::string plain;
    std::array<char, 20'000> buffer;
    while (!wire.empty()) {
        const auto now = wire.substr(0, piece);
        wire.remove_prefix(now.size());
        engine.receive(now, answer);
        while (const auto count = engine.read(buffer, answer)) plain.append(buffer.data(), count);
    }
    return plain;
}

void shake_hands(tls_client& client, tls_engine& engine, std::size_t piece = 1 << 20) {
    for (int flight = 0; flight < 4; ++flight) {
        client.handshake();
        std::string answer;
        feed(engine, client.give(), answer, piece);
        client.take(answer);
    }
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

TEST(TlsEngine, SeesNoClientCertificateWhenItAsksForNone) {
    const auto context = make_context();
    tls_engine engine(*context);
    tls_client client;
    shake_hands(client, engine);
    EXPECT_FALSE(engine.has_certificate());
    EXPECT_TRUE(engine.certificate_names().empty());
}

TEST(TlsContext, RefusesAClientCaFileWithoutCertificate) {
    const auto identity = make_identity(certificate::key_kind::p256);
    const auto made =
        tls_context::create({identity.chain_der(), identity.private_key_der()}, "no PEM here");
    ASSERT_FALSE(made);
    EXPECT_NE(made.error().find("--client-ca"), std::string::npos);
}

}  // namespace
}  // namespace relayauth::net
