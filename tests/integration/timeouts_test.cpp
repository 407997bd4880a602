#include "running_server.hpp"
#include "service_request.hpp"
#include "tcp_stream.hpp"
#include "tls_stream.hpp"

#include <gtest/gtest.h>

#include <thread>

// The three times that a connection may take, each set to one second.
namespace relayauth::lab {
namespace {

constexpr auto limit = 1s;
constexpr auto latest = 4s;  // the server looks four times a second; the machine may be busy

class Timeouts : public ::testing::Test {
protected:
    // The others stay at their long defaults, so each test sees only its own.
    running_server& with(const char* option) {
        server_ = std::make_unique<running_server>(std::vector<std::string>{option, "1s"});
        return *server_;
    }

    static void expect_closed_in_time(sip_peer& peer, const stopwatch& running) {
        EXPECT_TRUE(peer.is_closed(2 * latest));
        EXPECT_GE(running.elapsed(), limit - 50ms);
        EXPECT_LT(running.elapsed(), latest);
    }

    std::unique_ptr<running_server> server_;
};

TEST_F(Timeouts, AHandshakeThatDoesNotEnd) {
    auto& server = with("--handshake-timeout");
    auto peer = server.tcp();
    const stopwatch running;
    ASSERT_TRUE(peer.send(std::string("\x16\x03\x01\x00\xC8\x01\x00\x00\xC4\x03\x03\x5A", 12)));
    expect_closed_in_time(peer, running);
    EXPECT_NE(server.wait_for_line({"handshake_timeout", "peer=" + peer.name()}), "");
    EXPECT_NE(server.stop().find(" handshake_timeout=1"), std::string::npos);
}

TEST_F(Timeouts, AConnectionThatNeverSays) {
    auto& server = with("--message-timeout");
    const stopwatch running;
    auto peer = server.tcp();
    expect_closed_in_time(peer, running);
    EXPECT_NE(server.wait_for_line({"message_timeout", "peer=" + peer.name()}), "");
}

// No time is out here, but the peer has gone: a Content-Length that is too large looks like this.
TEST_F(Timeouts, AMessageThatItsPeerCutsShort) {
    running_server server;
    for (auto make : {&sip_peer::over_tcp, &sip_peer::over_tls}) {
        std::string name;
        {
            auto peer = make(server.port());
            name = peer.name();
            ASSERT_TRUE(peer.ask(service()));
            peer.send(service().substr(0, service().size() - 1));
        }
        EXPECT_NE(server.wait_for_line({"message_cut_short", "peer=" + name, "Content-Length"}),
                  "");
    }
    { const auto whole = server.tcp().ask(service()); }
    EXPECT_NE(server.stop().find(" message_cut_short=2"), std::string::npos);
}

TEST_F(Timeouts, AMessageThatTricklesIn) {
    auto& server = with("--message-timeout");
    for (auto make : {&sip_peer::over_tcp, &sip_peer::over_tls}) {
        auto peer = make(server.port());
        ASSERT_TRUE(peer.ask(service()));
        const stopwatch running;
        // Each octet comes in good time; the message does not.
        for (const char octet : service().substr(0, 60)) {
            if (!peer.send(std::string(1, octet)) || peer.is_closed(100ms)) break;
        }
        expect_closed_in_time(peer, running);
        EXPECT_NE(server.wait_for_line({"message_timeout", "peer=" + peer.name()}), "");
    }
}

TEST_F(Timeouts, MessagesThatEndInTimeAreNotMeantTogether) {
    auto& server = with("--message-timeout");
    auto peer = server.tcp();
    const auto whole = service();
    // At every look of the server a message is half there, but each time another one.
    ASSERT_TRUE(peer.send(whole.substr(0, 100)));
    const stopwatch running;
    while (running.elapsed() < 2500ms) {
        std::this_thread::sleep_for(50ms);
        const auto answer = peer.ask(whole.substr(100) + whole.substr(0, 100));
        ASSERT_TRUE(answer) << "closed after " << running.elapsed().count() << " ms";
        EXPECT_EQ(answer->status, 200);
    }
}

TEST_F(Timeouts, AnIdleConnection) {
    auto& server = with("--idle-timeout");
    for (auto make : {&sip_peer::over_tcp, &sip_peer::over_tls}) {
        auto peer = make(server.port());
        ASSERT_TRUE(peer.ask(service()));
        std::this_thread::sleep_for(300ms);
        const stopwatch running;  // each request begins the time anew
        ASSERT_TRUE(peer.ask(service()));
        expect_closed_in_time(peer, running);
    }
    // A routine that only the last line tells of.
    EXPECT_NE(server.stop().find(" idle_timeout=2"), std::string::npos);
}

}  // namespace
}  // namespace relayauth::lab
