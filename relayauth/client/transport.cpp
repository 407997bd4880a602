#include "relayauth/client/transport.hpp"

#include "relayauth/base/time_text.hpp"
#include "relayauth/client/resolver.hpp"
#include "relayauth/client/tls.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>

#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <chrono>
#include <utility>

namespace relayauth::client {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using deadline = std::chrono::steady_clock::time_point;

deadline after(std::chrono::milliseconds d) {
    return std::chrono::steady_clock::now() + d;
}

// OpenSSL's packed code, or 0 where the connection just ended.
unsigned long openssl_code(const error_code& why) {
    if (why.category() != asio::error::get_ssl_category()) return 0;
    return static_cast<unsigned int>(why.value());
}

std::string connect_words(const error_code& why, const connect_settings& settings) {
    const auto place = to_text(settings.server);
    if (why == asio::error::connection_refused) {
        return "nothing listens on " + place +
               ": is the server running? (relayauth serve, or another HOST:PORT)";
    }
    if (why == asio::error::timed_out) {
        return "no connection to " + place + " within " + duration_text(settings.connect_timeout) +
               ": a firewall, or another HOST:PORT?";
    }
    return "cannot connect to " + place + ": " + why.message();
}

// arrival counts the octets that came, behind the handshake.
struct arrival {
    std::size_t of_answer = 0;  // since expect_answer
    bool any = false;           // on this connection
};

// A server's last words can get lost when it closes with something of ours unread, so the usual
// reasons are named here too; but who has spoken with us already wants no TLS or certificate.
std::string closed_words(const error_code& why, const connect_settings& settings,
                         const arrival& came) {
    std::string text = "the server ";
    text += why == asio::error::connection_reset ? "reset the connection" : "closed the connection";
    if (came.of_answer > 0) {
        text += " in the middle of its answer (" + std::to_string(came.of_answer) +
                (came.of_answer == 1 ? " octet came)" : " octets came)");
    }
    text += ": its log says why";
    if (came.any) return text;
    if (!settings.tls) return text + " (does it want TLS? " + settings.tls_advice + ")";
    if (!settings.certificate_file.empty()) return text;
    return text + " (does it ask for a client certificate? --client-certificate F --client-key F)";
}

failure connect_failure(const error_code& why, const connect_settings& settings) {
    const bool refused = why == asio::error::connection_refused;
    return {connect_words(why, settings),
            refused ? failure_kind::refused : failure_kind::unreachable};
}

std::string exchange_words(const error_code& why, const connect_settings& settings,
                           const arrival& came) {
    if (why == asio::error::timed_out) {
        return "no answer within " + duration_text(settings.answer_timeout) + ": is " +
               to_text(settings.server) + " a relayauth server?";
    }
    if (auto words = alert_words(openssl_code(why)); !words.empty()) return words;
    if (why == asio::error::eof || why == asio::error::connection_reset ||
        why == asio::error::broken_pipe || why == asio::ssl::error::stream_truncated) {
        return closed_words(why, settings, came);
    }
    return "the connection broke: " + why.message();
}

failure exchange_failure(const error_code& why, const connect_settings& settings,
                         const arrival& came) {
    auto kind = why == asio::error::timed_out ? failure_kind::silent : failure_kind::closed;
    if (!alert_words(openssl_code(why)).empty()) kind = failure_kind::tls;
    return {exchange_words(why, settings, came), kind};
}

std::string pem_of(X509* certificate) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> out(BIO_new(BIO_s_mem()), &BIO_free);
    if (certificate == nullptr || !out || PEM_write_bio_X509(out.get(), certificate) != 1) {
        return {};
    }
    char* text = nullptr;
    const auto size = BIO_get_mem_data(out.get(), &text);
    return {text, static_cast<std::size_t>(size)};
}

}  // namespace

struct transport::state {
    explicit state(const connect_settings& wanted) : settings(wanted) {}

    connect_settings settings;
    asio::io_context io;
    tcp::socket socket{io};
    std::unique_ptr<asio::ssl::context> tls;
    std::unique_ptr<asio::ssl::stream<tcp::socket&>> secure;
    deadline answer_by;
    arrival came;

    // wait runs what `start` begins until it is done or the time is up; then the socket is closed.
    template <class Start>
    error_code wait(deadline by, Start start) {
        error_code outcome;
        bool done = false;
        start([&](const error_code& why, auto&&...) {
            outcome = why;
            done = true;
        });
        io.restart();
        io.run_until(by);
        if (done) return outcome;
        error_code ignored;
        socket.close(ignored);
        io.restart();
        io.run();
        return asio::error::timed_out;
    }

    std::optional<failure> connect_tcp();
    std::optional<failure> connect_tls();
};

std::optional<failure> transport::state::connect_tcp() {
    const auto by = after(settings.connect_timeout);
    const auto places = resolve(settings.server, settings.connect_timeout);
    if (!places) return places.error();
    error_code why;
    for (std::size_t i = 0; i < places->size(); ++i) {
        // One dead address must not use up the time of the others.
        const auto left = by - std::chrono::steady_clock::now();
        const auto share = left / static_cast<long>(places->size() - i);
        error_code ignored;
        socket.close(ignored);
        const auto until = std::chrono::steady_clock::now() + share;
        why = wait(until, [&](auto done) { socket.async_connect((*places)[i], done); });
        if (!why) break;
    }
    if (why) return connect_failure(why, settings);
    error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    return std::nullopt;
}

std::optional<failure> transport::state::connect_tls() {
    auto context = make_tls_context(settings);
    if (!context) return context.error();
    tls = std::make_unique<asio::ssl::context>(context->release());
    secure = std::make_unique<asio::ssl::stream<tcp::socket&>>(socket, *tls);
    auto* native = secure->native_handle();
    if (!prepare_handshake(native, settings)) return failure{"OpenSSL cannot prepare a handshake"};
    const auto why = wait(after(settings.connect_timeout), [&](auto done) {
        secure->async_handshake(asio::ssl::stream_base::client, done);
    });
    if (!why) return std::nullopt;
    if (why == asio::error::timed_out) {
        return failure{"no TLS handshake within " + duration_text(settings.connect_timeout) +
                           " (a plain-text server? " + settings.plain_advice + ")",
                       failure_kind::no_handshake};
    }
    const auto code = openssl_code(why);
    return failure{handshake_words(code, native, settings), handshake_kind(code)};
}

transport::transport(std::unique_ptr<state> made) : state_(std::move(made)) {}
transport::transport(transport&&) noexcept = default;
transport& transport::operator=(transport&&) noexcept = default;
transport::~transport() = default;

result<transport, failure> transport::connect(const connect_settings& settings) {
    auto made = std::make_unique<state>(settings);
    if (auto wrong = made->connect_tcp()) return *wrong;
    if (settings.tls) {
        if (auto wrong = made->connect_tls()) return *wrong;
    }
    transport ready(std::move(made));
    ready.expect_answer();
    return ready;
}

void transport::expect_answer() {
    state_->answer_by = after(state_->settings.answer_timeout);
    state_->came.of_answer = 0;
}

void transport::limit_answers(std::chrono::milliseconds each) {
    state_->settings.answer_timeout = each;
}

std::optional<failure> transport::write(bytes_view content) {
    const auto octets = asio::buffer(content.data(), content.size());
    const auto why = state_->wait(state_->answer_by, [&](auto done) {
        if (state_->secure) {
            asio::async_write(*state_->secure, octets, done);
        } else {
            asio::async_write(state_->socket, octets, done);
        }
    });
    if (why) return exchange_failure(why, state_->settings, state_->came);
    return std::nullopt;
}

result<std::size_t, failure> transport::read_some(std::span<std::uint8_t> into) {
    std::size_t size = 0;
    const auto octets = asio::buffer(into.data(), into.size());
    const auto why = state_->wait(state_->answer_by, [&](auto done) {
        const auto keep_size = [done, &size](const error_code& outcome, std::size_t count) {
            size = count;
            done(outcome);
        };
        if (state_->secure) {
            state_->secure->async_read_some(octets, keep_size);
        } else {
            state_->socket.async_read_some(octets, keep_size);
        }
    });
    if (why) return exchange_failure(why, state_->settings, state_->came);
    state_->came.of_answer += size;
    state_->came.any = true;
    return size;
}

std::string transport::local_address() const {
    error_code ignored;
    const auto here = state_->socket.local_endpoint(ignored);
    return to_text(endpoint{here.address().to_string(), here.port()});
}

tcp::endpoint transport::remote_endpoint() const {
    error_code ignored;
    return state_->socket.remote_endpoint(ignored);
}

std::optional<tls_session> transport::session() const {
    if (!state_->secure) return std::nullopt;
    auto* native = state_->secure->native_handle();
    const std::unique_ptr<X509, decltype(&X509_free)> shown(SSL_get1_peer_certificate(native),
                                                            &X509_free);
    return tls_session{SSL_get_version(native), SSL_get_cipher_name(native), pem_of(shown.get())};
}

const connect_settings& transport::settings() const {
    return state_->settings;
}

}  // namespace relayauth::client
