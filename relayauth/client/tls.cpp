#include "relayauth/client/tls.hpp"

#include "relayauth/certificate/identity.hpp"
#include "relayauth/client/file.hpp"
#include "relayauth/mras/ip_literal.hpp"

#include <fcntl.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <cstdlib>
#include <string_view>

namespace relayauth::client {
namespace {

using x509_ptr = std::unique_ptr<X509, decltype(&X509_free)>;

failure openssl_failure(std::string what) {
    const char* reason = ERR_reason_error_string(ERR_peek_last_error());
    if (reason != nullptr) what += std::string(": ") + reason;
    ERR_clear_error();
    return {what};
}

// One line a secret, in the form that Wireshark reads. Opened for each line: sessions are few.
void write_key_log(const SSL*, const char* line) {
    const char* path = std::getenv("SSLKEYLOGFILE");
    if (path == nullptr || *path == '\0') return;
    const int file = ::open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (file < 0) return;
    const auto text = std::string(line) + '\n';
    // Nothing can be done about a full disk here.
    [[maybe_unused]] const auto written = ::write(file, text.data(), text.size());
    ::close(file);
}

std::optional<failure> trust(SSL_CTX* context, const std::string& ca_file) {
    const auto content = read_file(ca_file, certificate::max_file_bytes);
    if (!content) return failure{"--ca: " + content.error()};
    const std::unique_ptr<BIO, decltype(&BIO_free)> input(
        BIO_new_mem_buf(content->data(), static_cast<int>(content->size())), &BIO_free);
    int count = 0;
    while (const x509_ptr each{PEM_read_bio_X509(input.get(), nullptr, nullptr, nullptr),
                               &X509_free}) {
        X509_STORE_add_cert(SSL_CTX_get_cert_store(context), each.get());
        ++count;
    }
    // The end of the file is an error to OpenSSL; any other means that more may follow.
    const bool read_to_its_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
    ERR_clear_error();
    if (!read_to_its_end) {
        return failure{"--ca: " + ca_file + ": certificate " + std::to_string(count + 1) +
                       " in the file cannot be read"};
    }
    if (count == 0) return failure{"--ca: " + ca_file + " holds no certificate in PEM"};
    // So that the file may also hold the server's own certificate, as in a lab.
    X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(context), X509_V_FLAG_PARTIAL_CHAIN);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    return std::nullopt;
}

bool use_chain(SSL_CTX* context, const certificate::identity& own) {
    bool first = true;
    for (const auto& der : own.chain_der()) {
        const auto* at = der.data();
        const x509_ptr each(d2i_X509(nullptr, &at, static_cast<long>(der.size())), &X509_free);
        if (!each) return false;
        if (first ? SSL_CTX_use_certificate(context, each.get()) != 1
                  : SSL_CTX_add1_chain_cert(context, each.get()) != 1) {
            return false;
        }
        first = false;
    }
    const auto key_der = own.private_key_der();
    const auto* at = key_der.reveal().data();
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
        d2i_AutoPrivateKey(nullptr, &at, static_cast<long>(key_der.size())), &EVP_PKEY_free);
    return key && SSL_CTX_use_PrivateKey(context, key.get()) == 1;
}

std::optional<failure> show_certificate(SSL_CTX* context, const connect_settings& settings) {
    const auto shown = read_file(settings.certificate_file, certificate::max_file_bytes);
    if (!shown) return failure{"--client-certificate: " + shown.error()};
    certificate::identity_source source;
    source.certificate = *shown;
    std::vector<std::uint8_t> key;
    if (!settings.key_file.empty()) {
        auto read = read_file(settings.key_file, certificate::max_file_bytes);
        if (!read) return failure{"--client-key: " + read.error()};
        key = *std::move(read);
        source.key = key;
    }
    const auto own = certificate::identity::parse(source);
    wipe(key);
    if (!own) return failure{"--client-certificate, --client-key: " + own.error().text};
    if (!use_chain(context, *own)) {
        return openssl_failure("--client-certificate: OpenSSL does not take it for TLS");
    }
    return std::nullopt;
}

std::string untrusted_words(long why, const connect_settings& settings) {
    std::string text = "the server's certificate is not to be trusted: ";
    text += X509_verify_cert_error_string(why);
    if (why == X509_V_ERR_HOSTNAME_MISMATCH || why == X509_V_ERR_IP_ADDRESS_MISMATCH) {
        return text + " (it is not for " + settings.server_name + ": see --server-name)";
    }
    if (why == X509_V_ERR_CERT_NOT_YET_VALID || why == X509_V_ERR_CERT_HAS_EXPIRED) {
        return text + " (or this machine's clock is wrong)";
    }
    return text + " (--ca names what is trusted)";
}

}  // namespace

void freed_tls_context::operator()(ssl_ctx_st* context) const {
    SSL_CTX_free(context);
}

result<tls_context, failure> make_tls_context(const connect_settings& settings) {
    tls_context made(SSL_CTX_new(TLS_client_method()));
    if (!made) return openssl_failure("OpenSSL cannot make a TLS context");
    SSL_CTX_set_min_proto_version(made.get(), TLS1_2_VERSION);
    SSL_CTX_set_keylog_callback(made.get(), &write_key_log);
    if (!settings.ca_file.empty()) {
        if (auto wrong = trust(made.get(), settings.ca_file)) return *wrong;
    }
    if (!settings.certificate_file.empty()) {
        if (auto wrong = show_certificate(made.get(), settings)) return *wrong;
    }
    return made;
}

bool prepare_handshake(ssl_st* connection, const connect_settings& settings) {
    const auto wanted = certificate_name(settings.server_name);
    const auto name = wanted.empty() ? certificate_name(settings.server.host) : wanted;
    const bool address = mras::is_ipv4_literal(name) || mras::is_ipv6_literal(name);
    if (!address && SSL_set_tlsext_host_name(connection, name.c_str()) != 1) return false;
    if (settings.ca_file.empty() || wanted.empty()) return true;
    auto* checks = SSL_get0_param(connection);
    if (address) return X509_VERIFY_PARAM_set1_ip_asc(checks, wanted.c_str()) == 1;
    return X509_VERIFY_PARAM_set1_host(checks, wanted.data(), wanted.size()) == 1;
}

std::string alert_words(unsigned long code) {
    if (ERR_GET_LIB(code) != ERR_LIB_SSL) return {};
    switch (ERR_GET_REASON(code)) {
        case SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED:
            return "the server asks for a client certificate (--client-certificate F "
                   "--client-key F)";
        case SSL_R_TLSV1_ALERT_UNKNOWN_CA:
            return "the server does not know who issued this client's certificate: its "
                   "--client-ca names other issuers";
        case SSL_R_SSLV3_ALERT_CERTIFICATE_EXPIRED:
            return "to the server this client's certificate is outside its dates, or a clock is "
                   "wrong";
        case SSL_R_SSLV3_ALERT_BAD_CERTIFICATE:
        case SSL_R_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE:
        case SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN:
        case SSL_R_TLSV1_ALERT_ACCESS_DENIED:
            return "the server refuses this client's certificate: its log says why";
        default:
            return {};
    }
}

failure_kind handshake_kind(unsigned long code) {
    if (code == 0) return failure_kind::no_handshake;
    switch (ERR_GET_REASON(code)) {
        case SSL_R_CERTIFICATE_VERIFY_FAILED:
            return failure_kind::untrusted;
        case SSL_R_WRONG_VERSION_NUMBER:
        case SSL_R_PACKET_LENGTH_TOO_LONG:
        case SSL_R_HTTP_REQUEST:
            return failure_kind::not_tls;
        case SSL_R_UNSUPPORTED_PROTOCOL:
        case SSL_R_TLSV1_ALERT_PROTOCOL_VERSION:
            return failure_kind::old_tls;
        default:
            return failure_kind::tls;
    }
}

std::string handshake_words(unsigned long code, ssl_st* connection,
                            const connect_settings& settings) {
    const std::string begin = "TLS handshake failed: ";
    if (code == 0) {
        return begin + "the server closed the connection (a plain-text server? " +
               settings.plain_advice + ")";
    }
    if (auto words = alert_words(code); !words.empty()) return begin + words;
    switch (ERR_GET_REASON(code)) {
        case SSL_R_CERTIFICATE_VERIFY_FAILED:
            return begin + untrusted_words(SSL_get_verify_result(connection), settings);
        case SSL_R_WRONG_VERSION_NUMBER:
        case SSL_R_PACKET_LENGTH_TOO_LONG:
        case SSL_R_HTTP_REQUEST:
            return begin + "what answers is not TLS (a plain-text server? " +
                   settings.plain_advice + ")";
        case SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE:
            return begin +
                   "the server refuses it (no common cipher suite, or it asks for a "
                   "client certificate: --client-certificate F --client-key F)";
        case SSL_R_UNSUPPORTED_PROTOCOL:
        case SSL_R_TLSV1_ALERT_PROTOCOL_VERSION:
            return begin + "no common TLS version (1.2 and 1.3 are offered)";
        default:
            break;
    }
    const char* reason = ERR_reason_error_string(code);
    return begin + (reason != nullptr ? reason : "for a reason that OpenSSL does not name");
}

}  // namespace relayauth::client
