#include "tls_stream.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <fcntl.h>
#include <poll.h>

#include <array>
#include <csignal>

namespace relayauth::lab {
namespace {

int number_of(tls_settings::version version) {
    switch (version) {
        case tls_settings::version::tls_1_1:
            return TLS1_1_VERSION;
        case tls_settings::version::tls_1_2:
            return TLS1_2_VERSION;
        case tls_settings::version::tls_1_3:
            return TLS1_3_VERSION;
    }
    return TLS1_3_VERSION;
}

SSL_CTX* make_context(const tls_settings& settings) {
    auto* made = SSL_CTX_new(TLS_client_method());
    // Security level 0, or OpenSSL itself would not try TLS 1.1.
    if (settings.newest == tls_settings::version::tls_1_1) {
        SSL_CTX_set_cipher_list(made, "DEFAULT@SECLEVEL=0");
        SSL_CTX_set_min_proto_version(made, TLS1_1_VERSION);
    }
    SSL_CTX_set_max_proto_version(made, number_of(settings.newest));
    SSL_CTX_set_verify(made, SSL_VERIFY_NONE, nullptr);
    if (!settings.certificate.empty()) {
        SSL_CTX_use_certificate_chain_file(made, settings.certificate.c_str());
        SSL_CTX_use_PrivateKey_file(made, settings.key.c_str(), SSL_FILETYPE_PEM);
    }
    return made;
}

}  // namespace

void tls_stream::freed::operator()(ssl_ctx_st* context) const {
    SSL_CTX_free(context);
}
void tls_stream::freed::operator()(ssl_st* ssl) const {
    SSL_free(ssl);
}

tls_stream::tls_stream(const place& where, const tls_settings& settings,
                       std::chrono::milliseconds within)
    : socket_(connect_tcp(where)), context_(make_context(settings)), ssl_(SSL_new(context_.get())) {
    std::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes with write(2)
    local_port_of_socket_ = relayauth::lab::local_port_of(socket_.number());
    ::fcntl(socket_.number(), F_SETFL, ::fcntl(socket_.number(), F_GETFL) | O_NONBLOCK);
    SSL_set_fd(ssl_.get(), socket_.number());
    SSL_set_mode(ssl_.get(), SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    const stopwatch running;
    while (true) {
        ERR_clear_error();
        const int done = SSL_connect(ssl_.get());
        established_ = done == 1;
        if (established_ || !wait(done, running, within)) return;
    }
}

tls_stream::~tls_stream() = default;

bool tls_stream::wait(int done, const stopwatch& running, std::chrono::milliseconds within) {
    const int wanted = SSL_get_error(ssl_.get(), done);
    time_up_ = false;
    if (wanted == SSL_ERROR_ZERO_RETURN) said_goodbye_ = true;
    if (wanted == SSL_ERROR_WANT_READ || wanted == SSL_ERROR_WANT_WRITE) {
        const short events = wanted == SSL_ERROR_WANT_READ ? POLLIN : POLLOUT;
        const auto left = within - running.elapsed();
        time_up_ = left < 0ms || !wait_for(socket_.number(), events, left);
        return !time_up_;
    }
    const char* reason = ERR_reason_error_string(ERR_peek_error());
    failure_ = reason != nullptr ? reason : "closed";
    return false;
}

bool tls_stream::send(std::string_view octets) {
    const stopwatch running;
    while (!octets.empty()) {
        ERR_clear_error();
        std::size_t count = 0;
        const int done = SSL_write_ex(ssl_.get(), octets.data(), octets.size(), &count);
        if (done == 1) {
            octets.remove_prefix(count);
        } else if (!wait(done, running, patience)) {
            return false;
        }
    }
    return true;
}

stream::outcome tls_stream::receive(std::string& into, std::chrono::milliseconds within) {
    const stopwatch running;
    std::array<char, 16384> part{};
    while (true) {
        ERR_clear_error();
        std::size_t count = 0;
        const int done = SSL_read_ex(ssl_.get(), part.data(), part.size(), &count);
        if (done == 1) {
            into.append(part.data(), count);
            return stream::outcome::octets;
        }
        if (wait(done, running, within)) continue;
        return time_up_ ? stream::outcome::time_up : stream::outcome::closed;
    }
}

void tls_stream::half_close() {
    SSL_shutdown(ssl_.get());
}

}  // namespace relayauth::lab
