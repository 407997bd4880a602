#include "tls_link.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <cstring>

namespace relayauth::floor {

// link_bio lets OpenSSL read from what was received and write to what will be sent.
struct link_bio {
    static int read(BIO* bio, char* out, int size) {
        auto& link = *static_cast<tls_link*>(BIO_get_data(bio));
        BIO_clear_retry_flags(bio);
        if (link.input_.empty()) {
            BIO_set_retry_read(bio);
            return -1;
        }
        const auto count = std::min(link.input_.size(), static_cast<std::size_t>(size));
        std::memcpy(out, link.input_.data(), count);
        link.input_.remove_prefix(count);
        return static_cast<int>(count);
    }

    static int write(BIO* bio, const char* data, int size) {
        static_cast<tls_link*>(BIO_get_data(bio))
            ->wire_->append(data, static_cast<std::size_t>(size));
        return size;
    }

    static long control(BIO*, int command, long, void*) {
        return command == BIO_CTRL_FLUSH ? 1 : 0;
    }

    static const BIO_METHOD* method() {
        static BIO_METHOD* const made = [] {
            auto* method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "floor");
            BIO_meth_set_read(method, &link_bio::read);
            BIO_meth_set_write(method, &link_bio::write);
            BIO_meth_set_ctrl(method, &link_bio::control);
            return method;
        }();
        return made;
    }
};

tls_settings::tls_settings(const std::string& certificate, const std::string& key)
    : context_(SSL_CTX_new(TLS_server_method())) {
    // Each record's header and body come in one call of the BIO.
    SSL_CTX_set_read_ahead(context_.get(), 1);
    SSL_CTX_set_session_cache_mode(context_.get(), SSL_SESS_CACHE_OFF);
    if (SSL_CTX_use_certificate_chain_file(context_.get(), certificate.c_str()) != 1 ||
        SSL_CTX_use_PrivateKey_file(context_.get(), key.c_str(), SSL_FILETYPE_PEM) != 1) {
        context_.reset();
    }
}

void tls_settings::freed::operator()(ssl_ctx_st* context) const {
    SSL_CTX_free(context);
}

tls_link::tls_link(const tls_settings& settings) : ssl_(SSL_new(settings.native())) {
    auto* bio = BIO_new(link_bio::method());
    BIO_set_data(bio, this);
    BIO_set_init(bio, 1);
    SSL_set_bio(ssl_, bio, bio);
    SSL_set_accept_state(ssl_);
}

tls_link::~tls_link() {
    SSL_free(ssl_);
}

long tls_link::read(std::span<char> plain) {
    const int count = SSL_read(ssl_, plain.data(), static_cast<int>(plain.size()));
    if (count > 0) return count;
    if (SSL_get_error(ssl_, count) == SSL_ERROR_WANT_READ) return 0;
    ERR_clear_error();  // else the next connection would be blamed for it
    return -1;
}

bool tls_link::write(std::string_view plain) {
    return SSL_write(ssl_, plain.data(), static_cast<int>(plain.size())) > 0;
}

}  // namespace relayauth::floor
