#include "relayauth/net/read_wait.hpp"

#include <boost/asio/write.hpp>

#include <gtest/gtest.h>

#include <array>
#include <memory>
#include <string_view>

namespace relayauth::net {
namespace {

using boost::asio::ip::tcp;
using boost::system::error_code;

// a_pair is a client and the socket that it reached, which counts the ends of its waits.
class a_pair : public std::enable_shared_from_this<a_pair> {
public:
    explicit a_pair(boost::asio::io_context& io)
        : ours(io), theirs(io), wait_(io, [this](const error_code& failed) {
              ++ended;
              last = failed;
          }) {
        tcp::acceptor listener(io, {boost::asio::ip::address_v4::loopback(), 0});
        theirs.connect(listener.local_endpoint());
        listener.accept(ours);
        ours.non_blocking(true);
        tell_rest(ours.native_handle());
    }
    void wait(bool drained) { wait_.start(ours, shared_from_this(), drained); }
    void write(std::string_view text) { boost::asio::write(theirs, boost::asio::buffer(text)); }
    chunk read(std::size_t most = 100) {
        return read_some(ours.native_handle(), std::span(buffer_).first(most));
    }

    tcp::socket ours;
    tcp::socket theirs;
    int ended = 0;
    error_code last;

private:
    read_wait wait_;
    std::array<char, 100> buffer_;
};

// Runs what is ready; what the peer did has arrived, since both ends are on loopback.
void settle(boost::asio::io_context& io) {
    io.restart();
    io.poll();
}

TEST(ReadSome, KnowsWhetherItLeftSomething) {
    boost::asio::io_context io;
    const auto pair = std::make_shared<a_pair>(io);
    EXPECT_TRUE(pair->read().drained);
    pair->write("question");
    const auto some = pair->read(7);
    EXPECT_EQ(some.count, 7);
    EXPECT_FALSE(some.drained);
    const auto rest = pair->read(1);
    EXPECT_EQ(rest.count, 1);
    EXPECT_TRUE(rest.drained);
}

TEST(ReadSome, HasNotDrainedASocketWhoseStreamEnded) {
    boost::asio::io_context io;
    const auto pair = std::make_shared<a_pair>(io);
    pair->write("last words");
    pair->theirs.shutdown(tcp::socket::shutdown_send);
    const auto words = pair->read();
    EXPECT_EQ(words.count, 10);
    EXPECT_FALSE(words.drained);
    EXPECT_EQ(pair->read().count, 0);
}

TEST(ReadWait, EndsOnceForEachArrivalAtADrainedSocket) {
    boost::asio::io_context io;
    const auto pair = std::make_shared<a_pair>(io);
    pair->wait(true);
    settle(io);
    EXPECT_EQ(pair->ended, 1);  // Asio cannot know yet that there is nothing
    for (int turn = 2; turn <= 4; ++turn) {
        pair->wait(pair->read().drained);
        settle(io);
        EXPECT_EQ(pair->ended, turn - 1);
        pair->write("question");
        settle(io);
        EXPECT_EQ(pair->ended, turn);
    }
}

TEST(ReadWait, EndsForWhatCameWhileNobodyWaited) {
    boost::asio::io_context io;
    const auto pair = std::make_shared<a_pair>(io);
    pair->wait(true);
    settle(io);
    const bool drained = pair->read().drained;
    pair->write("question");
    settle(io);
    pair->wait(drained);
    settle(io);
    EXPECT_EQ(pair->ended, 2);
}

TEST(ReadWait, EndsForWhatWasLeftAndForTheEndOfTheStream) {
    boost::asio::io_context io;
    const auto pair = std::make_shared<a_pair>(io);
    pair->write("twice");
    pair->theirs.shutdown(tcp::socket::shutdown_send);
    for (const std::ptrdiff_t expected : {3, 2, 0}) {
        const auto ended_before = pair->ended;
        pair->wait(false);
        settle(io);
        ASSERT_EQ(pair->ended, ended_before + 1);
        EXPECT_EQ(pair->read(3).count, expected);
    }
}

TEST(ReadWait, EndsWithAnErrorWhenTheSocketIsClosed) {
    boost::asio::io_context io;
    const auto pair = std::make_shared<a_pair>(io);
    pair->wait(false);
    pair->ours.close();
    settle(io);
    EXPECT_EQ(pair->ended, 1);
    EXPECT_EQ(pair->last, boost::asio::error::operation_aborted);
    EXPECT_EQ(pair.use_count(), 1);
}

TEST(ReadWait, LetsItsOwnerGoWithTheContext) {
    std::weak_ptr<a_pair> watched;
    {
        boost::asio::io_context io;
        const auto pair = std::make_shared<a_pair>(io);
        watched = pair;
        pair->wait(false);
    }
    EXPECT_TRUE(watched.expired());
}

}  // namespace
}  // namespace relayauth::net
