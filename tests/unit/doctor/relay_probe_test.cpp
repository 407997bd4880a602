#include "relayauth/doctor/relay_probe.hpp"

#include "relayauth/stun/request_writer.hpp"
#include "relayauth/stun/wire_constants.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/udp.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <functional>
#include <set>
#include <string>
#include <thread>

// What real relays do too seldom for a test; the rest is tried at coturn (doctor_relay_test.cpp).
namespace relayauth::doctor {
namespace {

using namespace std::chrono_literals;
using boost::asio::ip::udp;
using step = relay_findings::step;
namespace attribute = stun::attribute;

// answering_relay answers each request with the error that `decide` chooses, from the number of
// client addresses that it has seen and whether there is a username.
class answering_relay {
public:
    using decision = std::function<std::uint16_t(std::size_t addresses, bool with_username)>;

    explicit answering_relay(decision decide) : decide_(std::move(decide)) {
        receive();
        thread_ = std::thread([this] { io_.run(); });
    }
    ~answering_relay() { stop(); }
    answering_relay(const answering_relay&) = delete;
    answering_relay& operator=(const answering_relay&) = delete;

    void stop() {
        io_.stop();
        if (thread_.joinable()) thread_.join();
    }
    client::endpoint where() const { return {"127.0.0.1", socket_.local_endpoint().port()}; }
    // How many addresses asked; after stop().
    std::size_t addresses() const { return seen_.size(); }

private:
    void receive() {
        socket_.async_receive_from(boost::asio::buffer(octets_), from_,
                                   [this](boost::system::error_code failed, std::size_t size) {
                                       if (failed || size < stun::header_size) return;
                                       seen_.insert(from_);
                                       answer(size);
                                       receive();
                                   });
    }

    void answer(std::size_t size) {
        const auto text = as_text(bytes_view(octets_.data(), size));
        const bool named = text.find("alice") != std::string_view::npos;
        const auto code = decide_(seen_.size(), named);
        stun::transaction_id id{};
        std::copy_n(octets_.begin() + stun::transaction_id_offset, id.size(), id.begin());
        constexpr std::uint16_t error_bits = 0x0110;
        stun::request_writer told(stun::message_type::allocate | error_bits, id);
        told.add(attribute::error_code, std::uint32_t{code / 100u} << 8 | code % 100u);
        if (code == 401) {
            told.add(attribute::realm, as_bytes("lab.example.test"));
            told.add(attribute::nonce, as_bytes("nonce"));
        }
        socket_.send_to(boost::asio::buffer(told.octets().data(), told.octets().size()), from_);
    }

    decision decide_;
    boost::asio::io_context io_{1};
    udp::socket socket_{io_, {boost::asio::ip::address_v4::loopback(), 0}};
    udp::endpoint from_;
    std::array<std::uint8_t, 2048> octets_{};
    std::set<udp::endpoint> seen_;
    std::thread thread_;
};

relay_findings probe(const answering_relay& relay) {
    relay_question asked;
    asked.where = relay.where();
    asked.first = {"the MRAS token", "alice", "password"};
    return probe_relay(asked, 20s);
}

// A relay still has the allocation that another client had from the same port (437), or refuses the
// name for it (441).
TEST(RelayProbe, TriesFromAnotherAddressIfItsOwnIsTaken) {
    answering_relay relay([](std::size_t addresses, bool with_username) -> std::uint16_t {
        if (!with_username) return addresses < 3 ? 437 : 401;
        return addresses < 5 ? 437 : addresses < 6 ? 441 : 486;
    });
    const auto found = probe(relay);
    relay.stop();
    EXPECT_EQ(found.reached, step::refused) << found.trouble;
    EXPECT_EQ(found.realm, "lab.example.test");
    EXPECT_EQ(found.trouble.substr(0, 3), "486");
    EXPECT_EQ(relay.addresses(), 6u);
}

TEST(RelayProbe, TellsANameWithoutAddressFromSilence) {
    relay_question asked;
    asked.where = {"relay.invalid", 3478};
    const auto found = probe_relay(asked, 20s);
    EXPECT_EQ(found.reached, step::no_address);
    EXPECT_NE(found.trouble, "");
}

TEST(RelayProbe, GivesUpIfAllItsAddressesAreTaken) {
    answering_relay relay([](std::size_t, bool) -> std::uint16_t { return 437; });
    const auto found = probe(relay);
    relay.stop();
    EXPECT_EQ(found.reached, step::not_turn);
    EXPECT_EQ(found.trouble.substr(0, 3), "437");
    EXPECT_EQ(relay.addresses(), 4u);
}

}  // namespace
}  // namespace relayauth::doctor
