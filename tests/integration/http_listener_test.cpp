#include "relayauth/net/http_listener.hpp"

#include <gtest/gtest.h>
#include <boost/asio/connect.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

#include <atomic>
#include <chrono>
#include <thread>

namespace relayauth::net {
namespace {

using boost::asio::ip::tcp;
using boost::system::error_code;
using namespace std::chrono_literals;

// fixed_clock dates every answer alike.
class fixed_clock final : public clock {
public:
    wall_time wall() const override { return wall_time::from_unix(784111777s); }
    mono_time boot() const override { return mono(); }
    kernel_sync kernel() const override { return kernel_sync::unknown; }
    mono_time mono() const override { return {}; }
};

// client is one connection of a scraper, good or bad.
class client {
public:
    explicit client(const tcp::endpoint& server) : socket_(io_) { socket_.connect(server); }

    // send tells whether the connection took it.
    bool send(std::string_view octets) {
        error_code gone;
        boost::asio::write(socket_, boost::asio::buffer(octets), gone);
        return !gone;
    }
    void half_close() { socket_.shutdown(tcp::socket::shutdown_send); }
    // rest gives what comes until the server closes.
    std::string rest() {
        std::string all;
        error_code end;
        boost::asio::read(socket_, boost::asio::dynamic_buffer(all), end);
        return all;
    }
    // next gives what comes until `last` is its end, or until the server closes.
    std::string next(std::string_view last) {
        std::string all;
        error_code end;
        char octet = 0;
        while (!all.ends_with(last) &&
               boost::asio::read(socket_, boost::asio::buffer(&octet, 1), end) == 1)
            all += octet;
        return all;
    }

private:
    boost::asio::io_context io_;
    tcp::socket socket_;
};

class HttpListener : public ::testing::Test {
protected:
    // serve begins to listen; the body of each answer is its target.
    void serve(const http_limits& bounds = {}) {
        server_.emplace(
            [this](std::string_view target) {
                ++asked_;
                http_answer answer;
                answer.status = target == "/bad" ? 503 : 200;
                answer.body = target;
                return answer;
            },
            clock_, bounds);
        ASSERT_FALSE(server_->listen({boost::asio::ip::address_v4::loopback(), 0}));
        where_ = server_->local_endpoints().at(0);
        server_->start();
    }
    // answer_to gives all of the answer to `octets`, behind which nothing is sent.
    std::string answer_to(std::string_view octets) const {
        client peer(where_);
        peer.send(octets);
        peer.half_close();
        return peer.rest();
    }

    fixed_clock clock_;
    std::atomic<int> asked_{0};
    std::optional<http_listener> server_;
    tcp::endpoint where_;
};

const std::string get = "GET /page HTTP/1.1\r\nHost: here\r\n\r\n";

TEST_F(HttpListener, AnswersAGet) {
    serve();
    EXPECT_EQ(answer_to(get),
              "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
              "Content-Type: text/plain; charset=utf-8\r\nCache-Control: no-store\r\n"
              "Content-Length: 5\r\n\r\n/page");
    EXPECT_TRUE(answer_to("GET /bad HTTP/1.1\r\nHost: here\r\n\r\n").starts_with("HTTP/1.1 503 "));
}

TEST_F(HttpListener, AnswersAHeadWithoutItsBody) {
    serve();
    const auto answer = answer_to("HEAD /page HTTP/1.1\r\nHost: here\r\n\r\n");
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 OK\r\n"));
    EXPECT_NE(answer.find("\r\nContent-Length: 5\r\n"), std::string::npos);
    EXPECT_TRUE(answer.ends_with("\r\n\r\n"));
    const auto refused =
        answer_to("HEAD /page HTTP/1.1\r\nHost: here\r\nContent-Length: 1\r\n\r\na");
    EXPECT_TRUE(refused.starts_with("HTTP/1.1 413 "));
    EXPECT_TRUE(refused.ends_with("\r\n\r\n"));
}

TEST_F(HttpListener, ClosesAfterHttp10UnlessAskedToStay) {
    serve();
    client peer(where_);
    peer.send("GET /old HTTP/1.0\r\n\r\n");
    const auto answer = peer.rest();
    EXPECT_TRUE(answer.starts_with("HTTP/1.0 200 OK\r\n")) << answer;
    EXPECT_TRUE(answer.ends_with("\r\n\r\n/old"));

    client staying(where_);
    for (int i = 0; i < 2; ++i) {
        staying.send("GET /old HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        EXPECT_NE(staying.next("\r\n\r\n/old").find("Connection: keep-alive"), std::string::npos);
    }
}

TEST_F(HttpListener, ClosesWhenAskedTo) {
    serve();
    client peer(where_);
    peer.send("GET /last HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n" + get);
    const auto answer = peer.rest();
    EXPECT_NE(answer.find("Connection: close\r\n"), std::string::npos);
    EXPECT_TRUE(answer.ends_with("\r\n\r\n/last"));
    EXPECT_EQ(asked_, 1);
}

TEST_F(HttpListener, AnswersWhatIsPipelinedInItsOrder) {
    serve();
    std::string requests, targets;
    for (int i = 100; i < 1000; ++i) {  // 40 KiB: more than its buffer
        requests += "GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: here\r\n\r\n";
        targets += "/" + std::to_string(i);
    }
    const auto answers = answer_to(requests);
    std::string said;
    for (std::size_t at = 0; (at = answers.find("\r\n\r\n/", at)) != std::string::npos; at += 8)
        said += answers.substr(at + 4, 4);
    EXPECT_EQ(said, targets);
}

TEST_F(HttpListener, AnswersARequestThatComesOctetByOctet) {
    serve();
    client peer(where_);
    for (const char each : get) peer.send(std::string_view(&each, 1));
    EXPECT_TRUE(peer.next("/page").ends_with("\r\n\r\n/page"));
}

struct bad_row {
    std::string name, request, status;
};
class BadHttp : public HttpListener, public ::testing::WithParamInterface<bad_row> {};

TEST_P(BadHttp, IsRefusedAndClosed) {
    serve();
    client peer(where_);
    peer.send(GetParam().request);
    const auto answer = peer.rest();
    EXPECT_TRUE(answer.starts_with("HTTP/1.")) << answer;
    EXPECT_EQ(answer.substr(9, 3), GetParam().status) << answer;
    EXPECT_NE(answer.find("\r\nConnection: close\r\n"), std::string::npos) << answer;
    EXPECT_EQ(asked_, 0);
    const bool allows = answer.find("\r\nAllow: GET, HEAD\r\n") != std::string::npos;
    EXPECT_EQ(allows, GetParam().status == "405");
}

const std::string host = " HTTP/1.1\r\nHost: here\r\n";

INSTANTIATE_TEST_SUITE_P(
    Each, BadHttp,
    ::testing::Values(
        bad_row{"Post", "POST /page" + host + "Content-Length: 0\r\n\r\n", "405"},
        bad_row{"Delete", "DELETE /page" + host + "\r\n", "405"},
        bad_row{"UnknownMethod", "FROBNICATE /page" + host + "\r\n", "405"},
        bad_row{"Options", "OPTIONS *" + host + "\r\n", "405"},
        bad_row{"Body", "GET /page" + host + "Content-Length: 3\r\n\r\nabc", "413"},
        bad_row{"ChunkedBody", "GET /page" + host + "Transfer-Encoding: chunked\r\n\r\n3\r\n",
                "413"},
        bad_row{"HugeBody", "GET /page" + host + "Content-Length: 99999999999\r\n\r\n", "413"},
        bad_row{"LongTarget", "GET /" + std::string(9000, 'a') + host + "\r\n", "431"},
        bad_row{"LongField", "GET /page" + host + "X: " + std::string(9000, 'a') + "\r\n\r\n",
                "431"},
        bad_row{"EndlessField", "GET /page" + host + "X: " + std::string(200'000, 'a'), "431"},
        bad_row{"NoHost", "GET /page HTTP/1.1\r\n\r\n", "400"},
        bad_row{"TwoHosts", "GET /page" + host + "Host: there\r\n\r\n", "400"},
        bad_row{"NoVersion", "GET /page\r\n\r\n", "400"},
        bad_row{"OtherVersion", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "400"},
        bad_row{"BadField", "GET /page" + host + "no colon\r\n\r\n", "400"},
        bad_row{"BadLength", "GET /page" + host + "Content-Length: x\r\n\r\n", "400"},
        bad_row{"Sip", "OPTIONS sip:a SIP/2.0\r\n\r\n", "400"},
        bad_row{"Garbage", std::string("\x16\x03\x01\x02\x00\x01\r\n\r\n", 10), "400"}),
    [](const auto& each) { return each.param.name; });

TEST_F(HttpListener, ClosesASlowRequestHoweverItTrickles) {
    http_limits bounds;
    bounds.request_timeout = 150ms;
    serve(bounds);
    client silent(where_), trickling(where_);
    trickling.send("GET /");
    const auto began = std::chrono::steady_clock::now();
    while (trickling.send("a") && std::chrono::steady_clock::now() - began < 10s)
        std::this_thread::sleep_for(1ms);  // an octet a millisecond is the attack
    EXPECT_LT(std::chrono::steady_clock::now() - began, 10s);
    EXPECT_EQ(trickling.rest(), "");
    EXPECT_EQ(silent.rest(), "");
    EXPECT_EQ(asked_, 0);
}

TEST_F(HttpListener, ClosesWhatIsIdle) {
    http_limits bounds;
    bounds.idle_timeout = 50ms;
    serve(bounds);
    client peer(where_);
    peer.send(get);
    EXPECT_TRUE(peer.rest().ends_with("\r\n\r\n/page"));
}

TEST_F(HttpListener, ClosesTheLongestIdleForANewOne) {
    http_limits bounds;
    bounds.connections = 3;
    serve(bounds);
    client first(where_), second(where_), third(where_);
    for (auto* each : {&first, &second, &third, &first}) {
        each->send(get);
        ASSERT_TRUE(each->next("/page").ends_with("/page"));
    }
    client fourth(where_);
    fourth.send(get);
    EXPECT_TRUE(fourth.next("/page").ends_with("/page"));
    for (auto* each : {&first, &third, &fourth}) {
        each->send(get);
        ASSERT_TRUE(each->next("/page").ends_with("/page"));
    }
    EXPECT_EQ(second.rest(), "");
}

// A socket closed with octets unread resets, which may destroy an answer that is on its way.
TEST_F(HttpListener, ReadsOnForAWhileAfterItsLastAnswer) {
    http_limits bounds;
    bounds.linger_timeout = 60s;
    serve(bounds);
    client peer(where_);
    peer.send("POST /page HTTP/1.1\r\nHost: here\r\nContent-Length: 100000\r\n\r\n");
    EXPECT_TRUE(peer.next("here\n").starts_with("HTTP/1.1 405 "));
    for (int i = 0; i < 10; ++i) EXPECT_TRUE(peer.send(std::string(10'000, 'a')));
    peer.half_close();
    EXPECT_EQ(peer.rest(), "");
}

TEST_F(HttpListener, ReadsOnNoLongerThanIsDecent) {
    http_limits bounds;
    bounds.linger_timeout = 60s;
    serve(bounds);
    client peer(where_);
    peer.send("POST /page HTTP/1.1\r\nHost: here\r\n\r\n");
    EXPECT_TRUE(peer.next("here\n").starts_with("HTTP/1.1 405 "));
    bool open = true;
    for (int i = 0; i < 10'000 && open; ++i) open = peer.send(std::string(10'000, 'a'));
    EXPECT_FALSE(open) << "100 MB, and it still listens";
}

TEST_F(HttpListener, StopsListeningWhileWhoIsThereIsAnswered) {
    serve();
    client peer(where_);
    peer.send(get);
    EXPECT_TRUE(peer.next("/page").ends_with("/page"));
    server_->stop_listening();
    peer.send(get);
    EXPECT_TRUE(peer.next("/page").ends_with("/page"));
    // Its port is free for the next server.
    http_listener next([](std::string_view) { return http_answer{}; }, clock_);
    EXPECT_FALSE(next.listen(where_));
}

TEST_F(HttpListener, EndsAtOnceWhateverIsUnderWay) {
    serve();
    client idle(where_), halfway(where_), used(where_);
    halfway.send("GET /pa");
    used.send(get);
    EXPECT_TRUE(used.next("/page").ends_with("/page"));
    const auto began = std::chrono::steady_clock::now();
    server_.reset();
    EXPECT_LT(std::chrono::steady_clock::now() - began, 1s);
    for (auto* each : {&idle, &halfway, &used}) EXPECT_EQ(each->rest(), "");
}

TEST_F(HttpListener, SaysWhenAnAddressIsTaken) {
    serve();
    http_listener other([](std::string_view) { return http_answer{}; }, clock_);
    EXPECT_EQ(other.listen(where_), boost::asio::error::address_in_use);
    EXPECT_TRUE(other.local_endpoints().empty());
}

}  // namespace
}  // namespace relayauth::net
