#include "child_process.hpp"
#include "descriptor.hpp"
#include "nice_agent.hpp"
#include "nth_login.hpp"
#include "tcp_stream.hpp"

#include <gtest/gtest.h>

#include <netinet/in.h>
#include <sys/socket.h>

#include <memory>

// What coturn's own client, and libnice as applications use it, sign with our credentials, caught
// on its way to a relay.
namespace relayauth::lab {
namespace {

using octets = std::vector<std::uint8_t>;

// relay_end is where a client sends its requests: it answers them with 401 and keeps the signed
// one.
class relay_end {
public:
    relay_end() : socket_(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)) {
        sockaddr_in any{};
        any.sin_family = AF_INET;
        any.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        EXPECT_EQ(::bind(socket_.number(), reinterpret_cast<sockaddr*>(&any), sizeof any), 0);
    }

    std::uint16_t port() const { return local_port_of(socket_.number()); }

    // The next request if it carries the username; nothing if there is none yet, or if it does not.
    octets next_signed(nice_form form, const nice_login& login) const {
        octets request(1500);
        sockaddr_in from{};
        socklen_t from_size = sizeof from;
        auto* address = reinterpret_cast<sockaddr*>(&from);
        const auto size =
            ::recvfrom(socket_.number(), request.data(), request.size(), 0, address, &from_size);
        if (size < 20) return {};
        request.resize(static_cast<std::size_t>(size));
        if (as_text(request).find(login.username) != std::string_view::npos) return request;
        const auto answer = unauthorized(form, request, login.realm, login.nonce);
        ::sendto(socket_.number(), answer.data(), answer.size(), 0, address, from_size);
        return {};
    }

private:
    descriptor socket_;
};

octets signed_by_uclient(const nice_login& login) {
    const relay_end relay;
    const child_process client({"turnutils_uclient", "-y", "-c", "-u", login.username, "-w",
                                login.password, "-p", std::to_string(relay.port()), "127.0.0.1"});
    octets caught;
    EXPECT_TRUE(eventually([&] {
        caught = relay.next_signed(nice_form::rfc5389, login);
        return !caught.empty();
    })) << client.output();
    return caught;
}

// agent_run is a nice_agent on its way to a relay. On the wire are the raw octets of what the agent
// got as text.
class agent_run {
public:
    agent_run(nice_agent::mode mode, unsigned n)
        : asks_(n),
          raw_(asks_.mras(nice_form::oc2007)),
          text_(asks_.mras(nice_form::rfc5389)),
          agent_(mode, relay_.port(), text_.username, text_.password) {}

    bool has_signed() {
        if (!caught_.empty()) return true;
        agent_.step();
        caught_ = relay_.next_signed(nice_form::oc2007, raw_);
        return !caught_.empty();
    }
    void expect_accepted() const { asks_.expect_accepted(caught_); }

private:
    nth_login asks_;
    nice_login raw_;
    nice_login text_;
    relay_end relay_;
    nice_agent agent_;
    octets caught_;
};

// Side by side, since an agent does something only every 20 ms.
void expect_agents_accepted(nice_agent::mode mode, unsigned agents) {
    constexpr unsigned side_by_side = 50;
    for (unsigned first = 0; first < agents && !::testing::Test::HasFailure();) {
        std::vector<std::unique_ptr<agent_run>> runs;
        for (unsigned i = 0; i < side_by_side; ++i) {
            runs.push_back(std::make_unique<agent_run>(mode, first++));
        }
        EXPECT_TRUE(eventually([&runs] {
            std::size_t signed_ones = 0;
            for (const auto& each : runs) signed_ones += each->has_signed() ? 1u : 0u;
            return signed_ones == runs.size();
        })) << "no signed request came";
        for (const auto& each : runs) each->expect_accepted();
    }
}

TEST(CaughtRequest, OfCoturnsClientIsAccepted) {
    for (unsigned i = 0; i < 14; ++i) {  // both versions in every realm
        const nth_login each(i);
        each.expect_accepted(signed_by_uclient(each.mras(nice_form::rfc5389)));
    }
}

TEST(CaughtRequest, OfCoturnsClientWithATurnRestNameIsAccepted) {
    for (unsigned i = 0; i < 7; ++i) {
        const nth_login each(i);
        each.expect_accepted(signed_by_uclient(each.turn_rest()));
    }
}

TEST(CaughtRequest, OfCoturnsClientIsRefusedWhenAnyOctetIsTouched) {
    const nth_login each(3);
    auto request = signed_by_uclient(each.mras(nice_form::rfc5389));
    each.expect_accepted(request);
    for (std::size_t at = 0; at < request.size(); ++at) {
        request[at] ^= 1;
        EXPECT_FALSE(each.check(request).good()) << "octet " << at;
        request[at] ^= 1;
    }
}

TEST(CaughtRequest, OfCoturnsClientWithAnotherPasswordIsRefused) {
    const nth_login each(8);
    auto login = each.mras(nice_form::rfc5389);
    login.password = nth_login(10).mras(nice_form::rfc5389).password;
    EXPECT_EQ(each.check(signed_by_uclient(login)).refused, credential::refusal::wrong_password);
}

TEST(CaughtRequest, OfANiceAgentForOc2007IsAccepted) {
    expect_agents_accepted(nice_agent::mode::oc2007, 100);
}

TEST(CaughtRequest, OfEachOfAThousandNiceAgentsForOc2007R2IsAccepted) {
    expect_agents_accepted(nice_agent::mode::oc2007r2, 1000);
}

}  // namespace
}  // namespace relayauth::lab
