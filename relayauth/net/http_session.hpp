#pragma once

#include "relayauth/net/http_answer.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message_generator.hpp>
#include <boost/beast/http/parser.hpp>

#include <list>
#include <memory>
#include <optional>

namespace relayauth::net {

class http_listener;

// http_session is one HTTP connection: it reads a request's head, answers it, and only then looks
// at the next. Lives on its listener's thread only.
class http_session : public std::enable_shared_from_this<http_session> {
public:
    using place = std::list<std::shared_ptr<http_session>>::iterator;

    http_session(http_listener& owner, boost::asio::ip::tcp::socket socket);

    // `at` is its place in the listener's list.
    void start(place at);
    // end closes the connection and takes it out of the list; more than once does no harm.
    void end();

private:
    void wait_for_request(std::chrono::milliseconds at_most);
    void read_head();
    void on_head(boost::system::error_code failed);
    void answer_request();
    void refuse(int status, std::string_view words);
    void write(const http_answer& answer, bool without_body, bool keep_alive);
    void linger();
    void read_on(std::size_t before);

    http_listener& owner_;
    boost::beast::tcp_stream stream_;
    boost::beast::flat_buffer buffer_;
    std::optional<boost::beast::http::request_parser<boost::beast::http::empty_body>> parser_;
    bool first_ = false;  // no request was begun yet
    place place_;
    bool ended_ = false;
};

}  // namespace relayauth::net
