#include "own_client.hpp"
#include "running_server.hpp"
#include "service_request.hpp"
#include "socket_table.hpp"
#include "tcp_stream.hpp"
#include "tls_stream.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include <signal.h>

// SIGTERM and SIGINT: what was read is answered, then the end, with exit code 0 within 5 s.
namespace relayauth::lab {
namespace {

constexpr auto promised = 5s;

// Until the server's program has read all that `peer` sent.
bool all_read(const running_server& server, sip_peer& peer) {
    return eventually(
        [&] { return unread_octets(server.port(), peer.carrier().local_port()) == 0u; });
}

void expect_answers(sip_peer& peer, unsigned first, unsigned last) {
    for (unsigned number = first; number <= last; ++number) {
        const auto answer = peer.answer();
        ASSERT_TRUE(answer) << "no answer " << number;
        ASSERT_EQ(answer->header("CSeq"), std::to_string(number) + " SERVICE");
        ASSERT_EQ(answer->attribute("reasonPhrase"), "OK");
    }
}

class Stop : public ::testing::TestWithParam<int> {
protected:
    void ask_to_stop() {
        asked_.emplace();
        server_.process().signal(GetParam());
    }
    void expect_good_end() {
        EXPECT_EQ(server_.process().wait(), 0) << server_.log();
        EXPECT_LT(asked_->elapsed(), promised);
        EXPECT_NE(server_.wait_for_line({" stopped"}, 0ms), "") << server_.log();
    }

    running_server server_;
    std::optional<stopwatch> asked_;
};

TEST_P(Stop, ClosesIdleConnectionsAtOnce) {
    auto fresh = server_.tcp();
    auto used = server_.tcp();
    auto tls = server_.tls();
    EXPECT_TRUE(used.ask(service()) && tls.ask(service()));
    ask_to_stop();
    expect_good_end();
    EXPECT_LT(asked_->elapsed(), 3s) << "nobody is in the middle of anything";
    for (auto* each : {&fresh, &used, &tls}) EXPECT_TRUE(each->is_closed());
    EXPECT_TRUE(static_cast<tls_stream&>(tls.carrier()).said_goodbye());
}

TEST_P(Stop, AnswersWhatWasPipelined) {
    constexpr unsigned many = 500;  // about 700 KB of answers that wait for their reader
    std::string requests;
    for (unsigned number = 1; number <= many; ++number) requests += numbered(number);
    auto plain = server_.tcp();
    auto tls = server_.tls();
    ASSERT_TRUE(plain.send(requests));
    ASSERT_TRUE(tls.send(requests));
    ASSERT_TRUE(all_read(server_, plain) && all_read(server_, tls));
    ask_to_stop();
    expect_answers(plain, 1, many);
    expect_answers(tls, 1, many);
    EXPECT_TRUE(plain.is_closed());
    EXPECT_TRUE(tls.is_closed());
    expect_good_end();
}

TEST_P(Stop, LetsAHalfSentRequestEndAndSaysBusy) {
    auto peer = server_.tcp();
    // Dealt round robin, so each worker has one of these: it is idle, hence closed as soon
    // as that worker begins to drain.
    std::vector<sip_peer> idle;
    for (unsigned i = 0; i < std::thread::hardware_concurrency(); ++i)
        idle.push_back(server_.tcp());
    const auto second = numbered(2);
    ASSERT_TRUE(peer.send(numbered(1) + second.substr(0, 200)));
    expect_answers(peer, 1, 1);
    ask_to_stop();
    ASSERT_NE(server_.wait_for_line({" stopping"}), "");
    // No more connections, while the old one is served.
    EXPECT_TRUE(eventually([this] { return connect_tcp(server_.port()).number() < 0; }, 2s));
    for (auto& each : idle) EXPECT_TRUE(each.is_closed());
    const auto answer = peer.ask(second.substr(200));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 200);
    EXPECT_EQ(answer->attribute("reasonPhrase"), "Server Busy");
    EXPECT_TRUE(peer.is_closed());
    expect_good_end();
}

TEST_P(Stop, DoesNotWaitForEverForAHalfSentRequest) {
    auto peer = server_.tcp();
    ASSERT_TRUE(peer.send(numbered(1).substr(0, 200)));
    ASSERT_TRUE(all_read(server_, peer));
    ask_to_stop();
    expect_good_end();
}

TEST_P(Stop, ASecondSignalALittleLaterEndsAtOnce) {
    auto peer = server_.tcp();
    ASSERT_TRUE(peer.send(numbered(1).substr(0, 200)));
    ASSERT_TRUE(all_read(server_, peer));
    ask_to_stop();
    ASSERT_NE(server_.wait_for_line({" stopping"}), "");
    std::this_thread::sleep_for(1200ms);
    server_.process().signal(GetParam());
    EXPECT_EQ(server_.process().wait(1s), 1) << server_.log();
}

// Ctrl-C reaches a server from the terminal and from the script around it.
TEST_P(Stop, TwoSignalsAtTheSameTimeAreOne) {
    auto peer = server_.tcp();
    ASSERT_TRUE(peer.ask(service()));
    ask_to_stop();
    server_.process().signal(SIGTERM);
    expect_good_end();
}

TEST_P(Stop, AnswersARequestThatWaitsInANewConnection) {
    server_.process().signal(SIGSTOP);
    auto peer = server_.tcp();
    ASSERT_TRUE(peer.send(service()));
    ask_to_stop();
    server_.process().signal(SIGCONT);
    const auto answer = peer.answer();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 200);
    expect_good_end();
}

INSTANTIATE_TEST_SUITE_P(OnSignal, Stop, ::testing::Values(SIGTERM, SIGINT),
                         [](const auto& each) { return each.param == SIGTERM ? "Term" : "Int"; });

TEST(Start, IsRepeatedOnTheSamePort) {
    auto first = std::make_unique<running_server>();
    auto peer = first->tcp();
    EXPECT_TRUE(peer.ask(service()));
    const auto address = first->address();
    first->stop();
    // Connections of the first in TIME_WAIT must not keep the second from listening.
    const auto& files = shared_certificate();
    child_process second({relayauth_program, "serve", "--certificate", files.certificate, "--key",
                          files.key, "--listen", address});
    EXPECT_TRUE(eventually([&] { return connect_tcp(first->port()).number() >= 0; }))
        << second.errors();
    request_credential(address);
}

}  // namespace
}  // namespace relayauth::lab
