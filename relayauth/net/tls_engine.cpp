#include "relayauth/net/tls_engine.hpp"

#include "relayauth/net/client_certificate.hpp"
#include "relayauth/net/tls_context.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <cstring>

namespace relayauth::net {
namespace {

// SSL_get_error asks for an empty error queue before each operation. It nearly always is empty, and
// to look costs a tenth of clearing its 16 places.
void empty_error_queue() {
    if (ERR_peek_error() != 0) ERR_clear_error();
}

}  // namespace

// engine_bio is the BIO between OpenSSL and the engine's buffers.
struct engine_bio {
    static int read(BIO* bio, char* out, int size) {
        auto& engine = *static_cast<tls_engine*>(BIO_get_data(bio));
        BIO_clear_retry_flags(bio);
        if (engine.input_.empty()) {
            BIO_set_retry_read(bio);
            return -1;
        }
        const auto count = std::min(engine.input_.size(), static_cast<std::size_t>(size));
        std::memcpy(out, engine.input_.data(), count);
        engine.input_ = engine.input_.subspan(count);
        return static_cast<int>(count);
    }

    static int write(BIO* bio, const char* data, int size) {
        auto& engine = *static_cast<tls_engine*>(BIO_get_data(bio));
        if (engine.wire_ == nullptr) return -1;
        engine.wire_->append(data, static_cast<std::size_t>(size));
        return size;
    }

    static long control(BIO*, int command, long, void*) {
        return command == BIO_CTRL_FLUSH ? 1 : 0;
    }

    static const BIO_METHOD* method() {
        static const BIO_METHOD* const made = [] {
            auto* method =
                BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "relayauth engine");
            BIO_meth_set_read(method, &engine_bio::read);
            BIO_meth_set_write(method, &engine_bio::write);
            BIO_meth_set_ctrl(method, &engine_bio::control);
            return method;
        }();
        return made;
    }
};

void tls_engine::freed::operator()(ssl_st* ssl) const {
    SSL_free(ssl);
}

tls_engine::tls_engine(const tls_context& context) : ssl_(SSL_new(context.native())) {
    auto* bio = ssl_ ? BIO_new(engine_bio::method()) : nullptr;
    if (bio == nullptr) {
        state_ = state::failed;
        failure_ = "out of memory";
        return;
    }
    BIO_set_data(bio, this);
    BIO_set_init(bio, 1);
    SSL_set_bio(ssl_.get(), bio, bio);
    SSL_set_accept_state(ssl_.get());
}

tls_engine::~tls_engine() = default;

void tls_engine::receive(std::span<const char> ciphertext, std::string& wire) {
    input_ = ciphertext;
    wire_ = &wire;
}

std::size_t tls_engine::read(std::span<char> plain, std::string& wire) {
    wire_ = &wire;
    if (state_ == state::failed || state_ == state::closed_by_peer) return 0;
    // OpenSSL would fetch a record buffer of 17 KiB only to find that nothing is left.
    if (state_ == state::open && input_.empty() && SSL_has_pending(ssl_.get()) == 0) return 0;
    empty_error_queue();
    std::size_t count = 0;
    const int outcome = SSL_read_ex(ssl_.get(), plain.data(), plain.size(), &count);
    if (state_ == state::handshaking && SSL_is_init_finished(ssl_.get())) state_ = state::open;
    if (outcome == 1) return count;
    switch (SSL_get_error(ssl_.get(), outcome)) {
        case SSL_ERROR_WANT_READ:
            return 0;
        case SSL_ERROR_ZERO_RETURN:
            state_ = state::closed_by_peer;
            return 0;
        default:
            fail();
            return 0;
    }
}

// Names the check that refused, or the alert that either side sent.
void tls_engine::fail() {
    const auto verified = SSL_get_verify_result(ssl_.get());
    const auto code = ERR_peek_error();
    const char* reason = code != 0 ? ERR_reason_error_string(code) : nullptr;
    failure_ = reason != nullptr ? reason : "connection lost in the handshake";
    if (code != 0 && ERR_GET_REASON(code) > SSL_AD_REASON_OFFSET)
        failure_ = "the peer says: " + failure_;
    if (verified != X509_V_OK) {
        failure_ += std::string(": ") + X509_verify_cert_error_string(verified);
    }
    ERR_clear_error();
    state_ = state::failed;
}

void tls_engine::write(std::string_view plain, std::string& wire) {
    wire_ = &wire;
    if ((state_ != state::open && state_ != state::closed_by_peer) || plain.empty()) return;
    empty_error_queue();
    std::size_t written = 0;  // our BIO takes everything, so one call does
    if (SSL_write_ex(ssl_.get(), plain.data(), plain.size(), &written) != 1) fail();
}

void tls_engine::close(std::string& wire) {
    wire_ = &wire;
    if (state_ != state::open && state_ != state::closed_by_peer) return;
    ERR_clear_error();
    SSL_shutdown(ssl_.get());
    ERR_clear_error();
}

bool tls_engine::holds_partial_record() const {
    // "RB" is OpenSSL's word for: the header was read, its body is awaited.
    return state_ == state::handshaking || SSL_has_pending(ssl_.get()) == 1 ||
           std::string_view(SSL_rstate_string(ssl_.get())) == "RB";
}

std::string tls_engine::description() const {
    return std::string(SSL_get_version(ssl_.get())) + " " + SSL_get_cipher_name(ssl_.get());
}

bool tls_engine::has_certificate() const {
    return verdict_on(ssl_.get()).is_client;
}

bool tls_engine::is_relay() const {
    return verdict_on(ssl_.get()).is_relay;
}

std::vector<std::string> tls_engine::certificate_names() const {
    std::vector<std::string> names;
    const auto add = [&names](const ASN1_STRING* text) {
        unsigned char* utf8 = nullptr;
        const int size = ASN1_STRING_to_UTF8(&utf8, text);
        const std::string_view name(reinterpret_cast<char*>(utf8),
                                    size > 0 ? static_cast<std::size_t>(size) : 0);
        // A NUL in a name has fooled others into reading half of it.
        if (!name.empty() && name.find('\0') == std::string_view::npos) names.emplace_back(name);
        OPENSSL_free(utf8);
    };
    auto* certificate = SSL_get0_peer_certificate(ssl_.get());
    if (certificate == nullptr) return names;

    const std::unique_ptr<GENERAL_NAMES, decltype(&GENERAL_NAMES_free)> alternatives(
        static_cast<GENERAL_NAMES*>(
            X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)),
        &GENERAL_NAMES_free);
    for (int i = 0; alternatives && i < sk_GENERAL_NAME_num(alternatives.get()); ++i) {
        const auto* name = sk_GENERAL_NAME_value(alternatives.get(), i);
        if (name->type == GEN_DNS) add(name->d.dNSName);
    }
    auto* subject = X509_get_subject_name(certificate);
    const int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
    if (at >= 0) add(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at)));
    return names;
}

}  // namespace relayauth::net
