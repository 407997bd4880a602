#include "relayauth/client/tls.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <fstream>
#include <string>

namespace relayauth::client {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

const std::string vectors = RELAYAUTH_SOURCE_DIR "/tests/vectors/";

unsigned long reason(int code) {
    return ERR_PACK(ERR_LIB_SSL, 0, code);
}

std::string failure_of(const connect_settings& settings) {
    const auto made = make_tls_context(settings);
    return made ? "good" : made.error().text;
}

std::string words(unsigned long code) {
    return handshake_words(code, nullptr, connect_settings());
}

TEST(AlertWords, SayWhatToDoAboutAClientCertificate) {
    EXPECT_THAT(alert_words(reason(SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED)),
                HasSubstr("--client-certificate F"));
    EXPECT_THAT(alert_words(reason(SSL_R_TLSV1_ALERT_UNKNOWN_CA)), HasSubstr("--client-ca"));
    EXPECT_THAT(alert_words(reason(SSL_R_SSLV3_ALERT_CERTIFICATE_EXPIRED)), HasSubstr("clock"));
    for (const int code :
         {SSL_R_SSLV3_ALERT_BAD_CERTIFICATE, SSL_R_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE,
          SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN, SSL_R_TLSV1_ALERT_ACCESS_DENIED}) {
        EXPECT_THAT(alert_words(reason(code)), HasSubstr("refuses this client's certificate"));
    }
}

TEST(AlertWords, AreEmptyForWhatIsNoAlert) {
    EXPECT_EQ(alert_words(0), "");
    EXPECT_EQ(alert_words(reason(SSL_R_WRONG_VERSION_NUMBER)), "");
    EXPECT_EQ(alert_words(ERR_PACK(ERR_LIB_X509, 0, SSL_R_TLSV1_ALERT_UNKNOWN_CA)), "");
}

TEST(HandshakeWords, SuggestPlainTextWhereNoTlsAnswers) {
    EXPECT_EQ(words(0),
              "TLS handshake failed: the server closed the connection (a plain-text server? try "
              "--tcp)");
    for (const int code :
         {SSL_R_WRONG_VERSION_NUMBER, SSL_R_PACKET_LENGTH_TOO_LONG, SSL_R_HTTP_REQUEST}) {
        EXPECT_EQ(words(reason(code)),
                  "TLS handshake failed: what answers is not TLS (a plain-text server? try --tcp)");
    }
}

TEST(HandshakeKind, TellsNoTlsFromATrustThatFailed) {
    EXPECT_EQ(handshake_kind(0), failure_kind::no_handshake);
    for (const int code :
         {SSL_R_WRONG_VERSION_NUMBER, SSL_R_PACKET_LENGTH_TOO_LONG, SSL_R_HTTP_REQUEST}) {
        EXPECT_EQ(handshake_kind(reason(code)), failure_kind::not_tls);
    }
    EXPECT_EQ(handshake_kind(reason(SSL_R_CERTIFICATE_VERIFY_FAILED)), failure_kind::untrusted);
    for (const int code : {SSL_R_UNSUPPORTED_PROTOCOL, SSL_R_TLSV1_ALERT_PROTOCOL_VERSION}) {
        EXPECT_EQ(handshake_kind(reason(code)), failure_kind::old_tls);
    }
    EXPECT_EQ(handshake_kind(reason(SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE)), failure_kind::tls);
}

TEST(HandshakeWords, NameOtherReasons) {
    EXPECT_THAT(words(reason(SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED)),
                HasSubstr("asks for a client certificate"));
    EXPECT_THAT(words(reason(SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE)),
                HasSubstr("--client-certificate"));
    EXPECT_THAT(words(reason(SSL_R_TLSV1_ALERT_PROTOCOL_VERSION)), HasSubstr("TLS version"));
    EXPECT_THAT(words(reason(SSL_R_UNSUPPORTED_PROTOCOL)), HasSubstr("TLS version"));
    const auto context = make_tls_context(connect_settings());  // only then OpenSSL has its words
    EXPECT_EQ(words(reason(SSL_R_DATA_LENGTH_TOO_LONG)),
              "TLS handshake failed: data length too long");
}

TEST(HandshakeWords, SayWhyACertificateIsNotToBeTrusted) {
    connect_settings settings;
    settings.server_name = "edge.example.test";
    const auto context = make_tls_context(settings);
    ASSERT_TRUE(context);
    const std::unique_ptr<SSL, decltype(&SSL_free)> connection(SSL_new(context->get()), &SSL_free);
    const auto words_of = [&](long why) {
        SSL_set_verify_result(connection.get(), why);
        return handshake_words(reason(SSL_R_CERTIFICATE_VERIFY_FAILED), connection.get(), settings);
    };
    EXPECT_THAT(words_of(X509_V_ERR_HOSTNAME_MISMATCH),
                HasSubstr("it is not for edge.example.test: see --server-name"));
    EXPECT_THAT(words_of(X509_V_ERR_IP_ADDRESS_MISMATCH), HasSubstr("see --server-name"));
    EXPECT_THAT(words_of(X509_V_ERR_CERT_NOT_YET_VALID), HasSubstr("this machine's clock"));
    EXPECT_THAT(words_of(X509_V_ERR_CERT_HAS_EXPIRED), HasSubstr("this machine's clock"));
    EXPECT_THAT(words_of(X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT), HasSubstr("--ca"));
}

TEST(TlsContext, NamesTheFileThatCannotBeUsed) {
    connect_settings settings;
    EXPECT_EQ(failure_of(settings), "good");
    settings.ca_file = vectors + "none.pem";
    EXPECT_EQ(failure_of(settings), "--ca: cannot read " + vectors +
                                        "none.pem: No such file or directory: check the path");
    settings.ca_file = vectors + "p256.key.pem";
    EXPECT_EQ(failure_of(settings),
              "--ca: " + vectors + "p256.key.pem holds no certificate in PEM");
    settings.ca_file = RELAYAUTH_TEST_WORK_DIR "/damaged.pem";
    std::ifstream whole(vectors + "p256.cert.pem");
    std::ofstream(settings.ca_file) << whole.rdbuf()
                                    << "-----BEGIN CERTIFICATE-----\nAAAA\n"
                                       "-----END CERTIFICATE-----\n";
    EXPECT_EQ(failure_of(settings),
              "--ca: " + settings.ca_file + ": certificate 2 in the file cannot be read");
    settings.ca_file = vectors + "p256.cert.pem";
    EXPECT_EQ(failure_of(settings), "good");

    settings.certificate_file = vectors + "none.pem";
    EXPECT_THAT(failure_of(settings), StartsWith("--client-certificate: cannot read "));
    settings.certificate_file = vectors + "p256.cert.pem";
    EXPECT_THAT(failure_of(settings), StartsWith("--client-certificate, --client-key: "));
    settings.key_file = vectors + "none.pem";
    EXPECT_THAT(failure_of(settings), StartsWith("--client-key: cannot read "));
    settings.key_file = vectors + "p384.key.pem";
    EXPECT_THAT(failure_of(settings), StartsWith("--client-certificate, --client-key: "));
    settings.key_file = vectors + "p256.key.pem";
    EXPECT_EQ(failure_of(settings), "good");
    settings.key_file = vectors + "rsa1024.key.pem";
    settings.certificate_file = vectors + "rsa1024.cert.pem";
    EXPECT_THAT(failure_of(settings), StartsWith("--client-certificate: OpenSSL does not take it"));
}

TEST(TlsContext, VerifiesOnlyWithACaFile) {
    connect_settings settings;
    auto context = make_tls_context(settings);
    ASSERT_TRUE(context);
    EXPECT_EQ(SSL_CTX_get_verify_mode(context->get()), SSL_VERIFY_NONE);
    settings.ca_file = vectors + "p256.cert.pem";
    context = make_tls_context(settings);
    ASSERT_TRUE(context);
    EXPECT_EQ(SSL_CTX_get_verify_mode(context->get()), SSL_VERIFY_PEER);
}

// The name that goes into the ClientHello, and the one the certificate is held against.
std::string names_of(const connect_settings& settings) {
    const auto context = make_tls_context(settings);
    const std::unique_ptr<SSL, decltype(&SSL_free)> connection(SSL_new(context->get()), &SSL_free);
    EXPECT_TRUE(prepare_handshake(connection.get(), settings));
    const char* sent = SSL_get_servername(connection.get(), TLSEXT_NAMETYPE_host_name);
    const char* checked = X509_VERIFY_PARAM_get0_host(SSL_get0_param(connection.get()), 0);
    char* address = X509_VERIFY_PARAM_get1_ip_asc(SSL_get0_param(connection.get()));
    std::string text = sent != nullptr ? sent : "-";
    text += std::string(" ") + (checked != nullptr ? checked : "-");
    text += std::string(" ") + (address != nullptr ? address : "-");
    OPENSSL_free(address);
    return text;
}

TEST(Handshake, ChecksANameOnlyWithACaFileAndAServerName) {
    connect_settings settings;
    settings.server.host = "edge.example.test";
    EXPECT_EQ(names_of(settings), "edge.example.test - -");
    settings.server_name = "other.example.test";
    EXPECT_EQ(names_of(settings), "other.example.test - -");
    settings.ca_file = vectors + "p256.cert.pem";
    EXPECT_EQ(names_of(settings), "other.example.test other.example.test -");
    settings.server_name = "";
    EXPECT_EQ(names_of(settings), "edge.example.test - -");
}

TEST(Handshake, NeverSendsAnAddressAsAName) {
    connect_settings settings;
    settings.server.host = "::1";
    EXPECT_EQ(names_of(settings), "- - -");
    settings.server_name = "192.0.2.1";
    settings.ca_file = vectors + "p256.cert.pem";
    EXPECT_EQ(names_of(settings), "- - 192.0.2.1");
}

}  // namespace
}  // namespace relayauth::client
