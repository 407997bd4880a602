#include "running_server.hpp"
#include "sanitizer.hpp"
#include "service_request.hpp"
#include "socket_table.hpp"
#include "tcp_stream.hpp"
#include "tls_stream.hpp"

#include <gtest/gtest.h>

#include <sys/resource.h>

#include <memory>
#include <thread>
#include <vector>

// What many connections, or greedy ones, may cost the server and the others.
namespace relayauth::lab {
namespace {

std::string reason_for(sip_peer& peer) {
    const auto answer = peer.ask(service());
    return answer ? answer->attribute("reasonPhrase") : "no answer";
}

TEST(Connections, AreLimited) {
    running_server server({"--max-connections", "3"});
    std::vector<sip_peer> inside;
    for (int i = 0; i < 3; ++i) {
        inside.push_back(server.tcp());
        EXPECT_EQ(reason_for(inside.back()), "OK");
    }
    auto fourth = server.tcp();
    EXPECT_TRUE(fourth.is_closed());
    EXPECT_NE(server.wait_for_line({"too_many_connections", "peer=" + fourth.name()}), "");
    inside.pop_back();
    EXPECT_TRUE(eventually([&server] {
        auto next = server.tcp();
        return reason_for(next) == "OK";
    }));
    for (auto& each : inside) EXPECT_EQ(reason_for(each), "OK");
}

TEST(Memory, OverItsLimitOthersHearServerBusyUntilItIsFreed) {
    running_server server({"--max-memory", "1MiB", "--workers", "1"});
    auto other = server.tcp();
    EXPECT_EQ(reason_for(other), "OK");

    // Each leaves most of a long message in the server; one of them is the one too many.
    const auto half = service(std::string(100'000, ' ')).substr(0, 60'000);
    std::vector<sip_peer> greedy;
    std::string reason;
    while (greedy.size() < 40 && reason != "Server Busy") {
        greedy.push_back(server.tcp());
        ASSERT_TRUE(greedy.back().send(half));
        const auto port = greedy.back().carrier().local_port();
        ASSERT_TRUE(eventually([&] { return unread_octets(server.port(), port) == 0u; }));
        reason = reason_for(other);
    }
    EXPECT_EQ(reason, "Server Busy") << greedy.size() << " half-sent messages";
    EXPECT_GT(greedy.size(), 8u) << "1 MiB is more than that";

    // What would have to be buffered now closes its connection.
    auto late = server.tcp();
    late.send(half);
    EXPECT_TRUE(late.is_closed());
    EXPECT_NE(server.wait_for_line({"memory_exhausted", "peer=" + late.name()}), "");

    greedy.clear();
    EXPECT_TRUE(eventually([&other] { return reason_for(other) == "OK"; }));
    EXPECT_NE(server.stop().find(" issue_refused_busy="), std::string::npos);
}

TEST(SlowReader, IsNotReadFromUntilItReads) {
    running_server server({"--workers", "1"});
    constexpr unsigned requests = 20'000;
    std::string all;
    for (unsigned number = 1; number <= requests; ++number) all += numbered(number);
    const auto before = server.process().resident_bytes();

    auto carrier = std::make_unique<tcp_stream>(server.port(), 8192);
    auto& socket = *carrier;
    sip_peer peer(std::move(carrier));
    std::string_view left = all;
    const auto stuck = [&] {
        const auto count = socket.send_some(left);
        left.remove_prefix(count);
        return count == 0;
    };
    while (!left.empty()) {
        if (!stuck()) continue;
        std::this_thread::sleep_for(300ms);
        if (stuck()) break;
    }
    EXPECT_FALSE(left.empty()) << "the server reads on although nobody takes its answers";
    if (!address_sanitizer) {
        EXPECT_LT(server.process().resident_bytes(), before + 16 * 1024 * 1024);
    }
    auto other = server.tcp();
    EXPECT_EQ(reason_for(other), "OK") << "others are served meanwhile";

    for (unsigned number = 1; number <= requests; ++number) {
        std::optional<sip_answer> answer;
        const stopwatch waiting;
        while (!answer && waiting.elapsed() < patience) {
            left.remove_prefix(socket.send_some(left));
            answer = peer.answer(left.empty() ? std::chrono::milliseconds(patience) : 20ms);
        }
        ASSERT_TRUE(answer) << "no answer " << number;
        ASSERT_EQ(answer->header("CSeq"), std::to_string(number) + " SERVICE");
    }
}

// More answers than --max-pending-output from one read, taken as fast as they come: nothing that
// was read may wait for more to arrive.
TEST(PendingOutput, WhatOneReadBroughtIsAnsweredInFull) {
    const running_server server({"--max-pending-output", "4KiB", "--workers", "1"});
    std::string requests;
    for (unsigned number = 1; number <= 40; ++number) requests += numbered(number);
    for (auto make : {&sip_peer::over_tcp, &sip_peer::over_tls}) {
        auto peer = make(server.port());
        ASSERT_TRUE(peer.send(requests));
        for (unsigned number = 1; number <= 40; ++number) {
            const auto answer = peer.answer();
            ASSERT_TRUE(answer) << "no answer " << number;
            EXPECT_EQ(answer->header("CSeq"), std::to_string(number) + " SERVICE");
        }
        ASSERT_TRUE(peer.send(requests));
        peer.carrier().half_close();
        for (unsigned number = 1; number <= 40; ++number) ASSERT_TRUE(peer.answer()) << number;
        EXPECT_TRUE(peer.is_closed());
    }
}

TEST(PendingOutput, NothingIsBelievedBehindALostFraming) {
    running_server server({"--max-pending-output", "64MiB"});
    auto peer = server.tcp();
    std::string many;
    for (int i = 0; i < 9000; ++i) many += service();
    ASSERT_TRUE(peer.send(many));  // some of whose answers nobody has read when the fault comes
    auto bad = service();
    bad.insert(bad.find("Content-Length:"), "Content-Length: 1\r\n");
    ASSERT_TRUE(peer.send(bad));
    ASSERT_NE(server.wait_for_line({"status=400"}), "");
    peer.send(service() + service());
    EXPECT_TRUE(peer.is_closed());
    const auto count = [&peer](std::string_view words) {
        std::size_t found = 0;
        for (auto at = peer.unread().find(words); at != std::string::npos;
             at = peer.unread().find(words, at + 1)) {
            ++found;
        }
        return found;
    };
    EXPECT_EQ(count("SIP/2.0 200 "), 9000u);
    EXPECT_EQ(count("SIP/2.0 400 "), 1u);
}

TEST(FileDescriptors, WhenTheyRunOutAcceptingPausesAndRecovers) {
    running_server server({"--workers", "1"});
    auto early = server.tcp();
    EXPECT_EQ(reason_for(early), "OK");
    const auto limit = server.process().open_files() + 2;
    server.process().set_file_limit(limit);

    std::vector<sip_peer> many;
    for (int i = 0; i < 8; ++i) many.push_back(server.tcp());
    EXPECT_NE(server.wait_for_line({"accept_failed"}), "") << server.log();
    const auto cpu_before = server.process().cpu_time();
    std::this_thread::sleep_for(1s);
    EXPECT_LT(server.process().cpu_time() - cpu_before, 300ms) << "it spins";
    EXPECT_EQ(reason_for(early), "OK") << "those inside are served";
    EXPECT_EQ(server.count_lines("accept_failed"), 1u) << "one line for one shortage";

    server.process().set_file_limit(limit + 100);
    for (auto& each : many) EXPECT_EQ(reason_for(each), "OK");
    server.stop();
}

TEST(Connections, AThousandIdleOnesOverTls) {
    constexpr std::size_t count = 1000;
    rlimit files{};
    ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &files), 0);
    files.rlim_cur = files.rlim_max;
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &files), 0);

    running_server server;
    const auto before = server.process().resident_bytes();
    std::vector<sip_peer> idle;
    for (std::size_t i = 0; i < count; ++i) {
        idle.push_back(server.tls());
        ASSERT_TRUE(static_cast<tls_stream&>(idle.back().carrier()).established()) << i;
    }
    EXPECT_GE(server.process().open_files(), count);
    for (std::size_t i = 0; i < count; i += 10) EXPECT_EQ(reason_for(idle[i]), "OK") << i;
    if (!address_sanitizer && !thread_sanitizer) {
        const auto each = (server.process().resident_bytes() - before) / count;
        EXPECT_LT(each, 64u * 1024) << "octets for one idle TLS connection";
    }
    idle.clear();
    EXPECT_TRUE(eventually([&server] { return server.process().open_files() < 100; }));
    server.stop();
}

}  // namespace
}  // namespace relayauth::lab
