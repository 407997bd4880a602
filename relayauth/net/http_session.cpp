#include "relayauth/net/http_session.hpp"

#include "relayauth/base/time_text.hpp"
#include "relayauth/net/http_listener.hpp"

#include <boost/beast/http/error.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

#include <array>
#include <utility>

namespace relayauth::net {

namespace beast = boost::beast;
namespace http = boost::beast::http;
using boost::asio::ip::tcp;
using boost::system::error_code;

namespace {

// Behind a head of full size there is room for what a client pipelines; more waits in the kernel.
constexpr std::size_t buffer_heads = 2;
constexpr std::size_t first_read_bytes = 1024;
// What is read and thrown away after a last answer.
constexpr std::size_t most_lingering_bytes = 256 * 1024;

constexpr unsigned http_1_1 = 11;

bool has_body(const http::request_parser<http::empty_body>& head) {
    return head.chunked() || head.content_length().value_or(0) > 0;
}

// RFC 9112 3.2: a 1.1 request without Host, or with two, is a bad one.
bool has_wrong_host(const http::request_header<>& head) {
    const auto hosts = head.count(http::field::host);
    return hosts > 1 || (head.version() >= http_1_1 && hosts == 0);
}

// Nothing to answer: the peer has gone, or time is up.
bool is_end(const error_code& failed) {
    return failed.category() != http::make_error_code(http::error::bad_method).category() ||
           failed == http::error::end_of_stream || failed == http::error::partial_message;
}

}  // namespace

http_session::http_session(http_listener& owner, tcp::socket socket)
    : owner_(owner), stream_(std::move(socket)), buffer_(buffer_heads * owner.limits_.head_bytes) {}

void http_session::start(place at) {
    place_ = at;
    // The time for a first request runs from the connection on.
    first_ = true;
    wait_for_request(owner_.limits_.request_timeout);
}

void http_session::end() {
    if (ended_) return;
    ended_ = true;
    stream_.close();
    owner_.sessions_.erase(place_);  // handlers still in flight hold their own share
}

void http_session::wait_for_request(std::chrono::milliseconds at_most) {
    if (buffer_.size() > 0) return read_head();
    stream_.expires_after(at_most);
    stream_.async_read_some(buffer_.prepare(first_read_bytes),
                            [self = shared_from_this()](error_code failed, std::size_t count) {
                                if (failed || self->ended_) return self->end();
                                self->buffer_.commit(count);
                                self->read_head();
                            });
}

void http_session::read_head() {
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(owner_.limits_.head_bytes));
    if (!std::exchange(first_, false)) stream_.expires_after(owner_.limits_.request_timeout);
    http::async_read_header(stream_, buffer_, *parser_,
                            [self = shared_from_this()](error_code failed, std::size_t) {
                                if (self->ended_) return;
                                self->on_head(failed);
                            });
}

void http_session::on_head(error_code failed) {
    if (failed == http::error::header_limit || failed == http::error::buffer_overflow)
        return refuse(431, "the head of a request may have 8 KiB\n");
    if (failed == http::error::body_limit) return refuse(413, "no request here has a body\n");
    if (failed && is_end(failed)) return end();
    if (failed) return refuse(400, "not an HTTP/1.0 or HTTP/1.1 request\n");
    if (has_wrong_host(parser_->get())) return refuse(400, "one Host field is needed\n");
    answer_request();
}

void http_session::answer_request() {
    const auto& head = parser_->get();
    const bool is_head = head.method() == http::verb::head;
    if (head.method() != http::verb::get && !is_head)
        return refuse(405, "only GET and HEAD are answered here\n");
    if (has_body(*parser_)) return refuse(413, "no request here has a body\n");
    auto& all = owner_.sessions_;
    all.splice(all.end(), all, place_);
    const auto target = head.target();
    write(owner_.answers_(std::string_view(target.data(), target.size())), is_head,
          head.keep_alive());
}

// What follows a request that we refuse is not looked at: where it ends may be unknown.
void http_session::refuse(int status, std::string_view words) {
    http_answer answer;
    answer.status = status;
    answer.body = words;
    write(answer, parser_->get().method() == http::verb::head, false);
}

void http_session::write(const http_answer& answer, bool without_body, bool keep_alive) {
    const auto& asked = parser_->get();
    http::response<http::string_body> made(static_cast<http::status>(answer.status),
                                           asked.version() < http_1_1 ? 10 : http_1_1);
    std::array<char, sip_date_size> date{};
    sip_date(owner_.clock_.wall(), date.data());  // RFC 9110 5.6.7: the same form
    made.set(http::field::date, beast::string_view(date.data(), date.size()));
    made.set(http::field::content_type, answer.content_type);
    made.set(http::field::cache_control, "no-store");
    if (answer.status == 405) made.set(http::field::allow, "GET, HEAD");
    made.content_length(answer.body.size());
    made.keep_alive(keep_alive);
    if (!without_body) made.body() = answer.body;
    http::message_generator octets = [&]() -> http::message_generator {
        if (!without_body) return std::move(made);
        return http::response<http::empty_body>(std::move(made.base()));
    }();
    stream_.expires_after(owner_.limits_.request_timeout);
    beast::async_write(stream_, std::move(octets),
                       [self = shared_from_this(), keep_alive](error_code failed, std::size_t) {
                           if (failed || self->ended_) return self->end();
                           if (!keep_alive) return self->linger();
                           self->wait_for_request(self->owner_.limits_.idle_timeout);
                       });
}

void http_session::linger() {
    error_code ignored;
    stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    stream_.expires_after(owner_.limits_.linger_timeout);
    read_on(0);
}

void http_session::read_on(std::size_t before) {
    buffer_.clear();
    stream_.async_read_some(
        buffer_.prepare(buffer_.max_size()),
        [self = shared_from_this(), before](error_code failed, std::size_t count) {
            if (failed || self->ended_ || before + count > most_lingering_bytes) return self->end();
            self->read_on(before + count);
        });
}

}  // namespace relayauth::net
