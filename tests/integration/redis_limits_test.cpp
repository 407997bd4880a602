#include "running_server.hpp"
#include "service_request.hpp"
#include "tcp_stream.hpp"
#include "temporary_folder.hpp"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

// What a peer of --redis-listen may cost. Each limit is one second; the server looks four times a
// second.
namespace relayauth::lab {
namespace {

constexpr auto latest = 4s;

std::vector<std::string> with_door(std::vector<std::string> options) {
    const std::vector<std::string> door = {"--redis-listen", "127.0.0.1:0", "--realm",
                                           "example.test"};
    options.insert(options.end(), door.begin(), door.end());
    return options;
}

bool is_closed(tcp_stream& peer, std::string& received) {
    const stopwatch running;
    while (running.elapsed() < latest) {
        if (peer.receive(received, 100ms) == stream::outcome::closed) return true;
    }
    return false;
}

TEST(RedisDoor, AStrangerHasOneMessageTimeoutToSayAuthWhateverElseItSays) {
    const temporary_folder folder;
    const running_server server(
        with_door({"--redis-password-file", folder.write("password", "s3cret\n"),
                   "--message-timeout", "1s"}));
    tcp_stream silent(server.redis_port()), busy(server.redis_port()), known(server.redis_port());
    ASSERT_TRUE(known.send("AUTH s3cret\r\n"));
    const stopwatch running;
    std::string received, nothing;
    while (running.elapsed() < latest) {
        if (!busy.send("PING\r\n\r\nPI")) break;  // a command, a blank line, and half of another
        if (busy.receive(received, 100ms) == stream::outcome::closed) break;
    }
    EXPECT_LT(running.elapsed(), latest);
    EXPECT_TRUE(received.starts_with("-NOAUTH")) << received;
    EXPECT_TRUE(is_closed(silent, nothing));
    received.clear();
    ASSERT_TRUE(known.send("PING\r\n"));
    while (received.find("PONG") == std::string::npos) {
        ASSERT_EQ(known.receive(received, patience), stream::outcome::octets);
    }
}

TEST(RedisDoor, ARelayMayStaySilentForAsLongAsItLikes) {
    const running_server server(with_door({"--message-timeout", "1s", "--idle-timeout", "1s"}));
    tcp_stream relay(server.redis_port());
    std::this_thread::sleep_for(2500ms);
    std::string received;
    ASSERT_TRUE(relay.send("PING\r\n"));
    ASSERT_EQ(relay.receive(received, patience), stream::outcome::octets);
    EXPECT_EQ(received, "+PONG\r\n");
}

TEST(RedisDoor, GarbageEndsItsConnectionAndNothingElse) {
    running_server server(with_door({}));
    tcp_stream relay(server.redis_port()), hostile(server.redis_port());
    std::string garbage(10'000'000, '\xA5'), received;
    for (std::size_t at = 0; at < garbage.size() && hostile.send(garbage.substr(at, 65536));) {
        at += 65536;
    }
    EXPECT_TRUE(is_closed(hostile, received));
    EXPECT_TRUE(received.empty() || received.starts_with("-ERR Protocol error")) << received;
    received.clear();
    ASSERT_TRUE(relay.send("PING\r\n"));
    ASSERT_EQ(relay.receive(received, patience), stream::outcome::octets);
    EXPECT_EQ(received, "+PONG\r\n");
    auto client = server.tcp();
    const auto answer = client.ask(service());
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 200);
    EXPECT_LT(server.process().resident_bytes(), 200u * 1024 * 1024);
}

TEST(RedisDoor, ARelayThatDoesNotReadItsAnswersIsClosed) {
    running_server server(with_door({"--idle-timeout", "1s", "--message-timeout", "1s"}));
    const auto files = server.process().open_files();
    tcp_stream relay(server.redis_port(), 4096);
    std::string many;
    for (int i = 0; i < 3000; ++i) many += "PING " + std::string(1000, 'x') + "\r\n";
    ASSERT_TRUE(eventually([&] { return relay.send_some(many) == 0; })) << "it is read no more";
    EXPECT_TRUE(eventually([&] { return server.process().open_files() == files; }));
    server.stop();
}

}  // namespace
}  // namespace relayauth::lab
