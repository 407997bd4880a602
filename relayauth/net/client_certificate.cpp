#include "relayauth/net/client_certificate.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <memory>

namespace relayauth::net {
namespace {

using x509_ptr = std::unique_ptr<X509, decltype(&X509_free)>;
using check_ptr = std::unique_ptr<X509_STORE_CTX, decltype(&X509_STORE_CTX_free)>;

void free_store(void*, void* store, CRYPTO_EX_DATA*, int, long, void*) {
    X509_STORE_free(static_cast<X509_STORE*>(store));
}

// The SSL_CTX owns the authorities of relays beside those of clients, which are its own store: a
// connection keeps its SSL_CTX, but not the tls_context, through a reload.
int relay_store_slot() {
    static const int slot = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, &free_store);
    return slot;
}

X509_STORE* relay_store(const SSL_CTX* context) {
    return static_cast<X509_STORE*>(SSL_CTX_get_ex_data(context, relay_store_slot()));
}

// Where a connection has its verdict. It is none of the session's: what a session keeps outlives
// the certificate.
int verdict_slot() {
    static const int slot = SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
    return slot;
}

// The verdicts that there are: a connection points to one, so that nothing need be freed. Never
// written, but OpenSSL keeps no pointer to const.
client_verdict verdicts[] = {{false, false}, {true, false}, {false, true}, {true, true}};

// Whether what ended the reading of a PEM file is its end, which is an error to OpenSSL. Any other
// is a certificate that it cannot read, and behind that one there may be more.
bool is_end_of_file(unsigned long code) {
    return ERR_GET_LIB(code) == ERR_LIB_PEM && ERR_GET_REASON(code) == PEM_R_NO_START_LINE;
}

std::string read_authorities(SSL_CTX* context, X509_STORE* into, std::string_view pem,
                             const std::string& option) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> input(
        BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), &BIO_free);
    int count = 0;
    while (true) {
        const x509_ptr certificate(PEM_read_bio_X509(input.get(), nullptr, nullptr, nullptr),
                                   &X509_free);
        if (!certificate) break;
        if (X509_STORE_add_cert(into, certificate.get()) != 1) {
            ERR_clear_error();
            return option + ": a certificate cannot be used";
        }
        SSL_CTX_add_client_CA(context, certificate.get());
        ++count;
    }
    const auto ended_by = ERR_peek_last_error();
    ERR_clear_error();
    if (!is_end_of_file(ended_by)) {
        return option + ": certificate " + std::to_string(count + 1) +
               " in the file cannot be read";
    }
    if (count == 0) return option + ": no certificate in the file (PEM is expected)";
    return {};
}

// Front Ends present certificates for serverAuth only; any other lone purpose stays refused.
bool suits_a_client(X509* leaf) {
    const auto usage =
        X509_get_extended_key_usage(leaf);  // all bits set when there is no such list
    return (usage & (XKU_SSL_CLIENT | XKU_SSL_SERVER)) != 0;
}

// problem_with gives OpenSSL's number for why what was shown does not chain to `authorities`.
int problem_with(X509_STORE* authorities, X509_STORE_CTX* shown) {
    const check_ptr check(X509_STORE_CTX_new(), &X509_STORE_CTX_free);
    auto* leaf = X509_STORE_CTX_get0_cert(shown);
    if (!check || X509_STORE_CTX_init(check.get(), authorities, leaf,
                                      X509_STORE_CTX_get0_untrusted(shown)) != 1) {
        return X509_V_ERR_OUT_OF_MEM;
    }
    // The purpose and the security level that OpenSSL chose for this connection.
    if (X509_VERIFY_PARAM_set1(X509_STORE_CTX_get0_param(check.get()),
                               X509_STORE_CTX_get0_param(shown)) != 1) {
        return X509_V_ERR_OUT_OF_MEM;
    }
    if (X509_verify_cert(check.get()) != 1) return X509_STORE_CTX_get_error(check.get());
    return suits_a_client(leaf) ? X509_V_OK : X509_V_ERR_INVALID_PURPOSE;
}

bool is_unknown_issuer(int problem) {
    return problem == X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY ||
           problem == X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN ||
           problem == X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT;
}

// judge decides whether the client passes the handshake, and leaves the verdict with the
// connection.
int judge(X509_STORE_CTX* shown, void*) {
    auto* connection =
        static_cast<SSL*>(X509_STORE_CTX_get_ex_data(shown, SSL_get_ex_data_X509_STORE_CTX_idx()));
    const auto* context = SSL_get_SSL_CTX(connection);
    const int as_client = problem_with(SSL_CTX_get_cert_store(context), shown);
    const int as_relay = problem_with(relay_store(context), shown);
    // What the one that fails leaves would be read as a failure of the connection.
    ERR_clear_error();
    const bool is_client = as_client == X509_V_OK;
    const bool is_relay = as_relay == X509_V_OK;
    // Without memory for it the client stays one without a certificate: no harm.
    SSL_set_ex_data(connection, verdict_slot(),
                    &verdicts[(is_client ? 1 : 0) + (is_relay ? 2 : 0)]);

    const bool required = (SSL_get_verify_mode(connection) & SSL_VERIFY_FAIL_IF_NO_PEER_CERT) != 0;
    const bool passes = is_client || is_relay || !required;
    // Of a relay's certificate that has expired, that its issuer is no --client-ca tells nothing.
    const int problem = is_unknown_issuer(as_client) ? as_relay : as_client;
    X509_STORE_CTX_set_error(shown, passes ? X509_V_OK : problem);
    return passes ? 1 : 0;
}

// OpenSSL judges no certificate when a session is resumed, and a resumed session of TLS 1.3 brings
// the next ticket: one handshake would let a client in for ever, past the expiry of its
// certificate. So there are no tickets, and every connection is judged anew.
void give_no_tickets(SSL_CTX* context) {
    SSL_CTX_set_options(context, SSL_OP_NO_TICKET);  // TLS 1.2; 1.3 would still number sessions
    SSL_CTX_set_num_tickets(context, 0);             // TLS 1.3
}

}  // namespace

std::string ask_for_certificate(ssl_ctx_st* context, const client_authorities& authorities) {
    const bool required = !authorities.client_ca_pem.empty();
    const bool relays = !authorities.relay_ca_pem.empty();
    if (!required && !relays) return {};
    auto* store = X509_STORE_new();
    if (store == nullptr || SSL_CTX_set_ex_data(context, relay_store_slot(), store) != 1) {
        X509_STORE_free(store);
        return "OpenSSL cannot make a certificate store";
    }
    std::string problem;
    if (required) {
        problem = read_authorities(context, SSL_CTX_get_cert_store(context),
                                   authorities.client_ca_pem, "--client-ca");
    }
    if (relays && problem.empty()) {
        problem = read_authorities(context, store, authorities.relay_ca_pem, "--relay-ca");
    }
    give_no_tickets(context);
    SSL_CTX_set_purpose(context, X509_PURPOSE_ANY);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER | (required ? SSL_VERIFY_FAIL_IF_NO_PEER_CERT : 0),
                       nullptr);
    SSL_CTX_set_cert_verify_callback(context, &judge, nullptr);
    return problem;
}

client_verdict verdict_on(const ssl_st* connection) {
    const auto* verdict =
        static_cast<const client_verdict*>(SSL_get_ex_data(connection, verdict_slot()));
    return verdict != nullptr ? *verdict : client_verdict();
}

}  // namespace relayauth::net
