#include "hostile_peer.hpp"

#include "descriptor.hpp"
#include "spoiled_answer.hpp"
#include "tcp_stream.hpp"

#include <gtest/gtest.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <deque>
#include <list>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace relayauth::lab {
namespace {

using clock = std::chrono::steady_clock;

descriptor listen_on_loopback() {
    descriptor made(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    sockaddr_in any{};
    any.sin_family = AF_INET;
    any.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const auto* address = reinterpret_cast<const sockaddr*>(&any);
    EXPECT_EQ(::bind(made.number(), address, sizeof any), 0);
    EXPECT_EQ(::listen(made.number(), 128), 0);
    return made;
}

// Waits for room: what stands behind a hostile peer, and in front of it, reads.
bool send_all(const descriptor& to, std::string_view octets) {
    while (!octets.empty()) {
        const auto count = ::send(to.number(), octets.data(), octets.size(), MSG_NOSIGNAL);
        if (count <= 0) return false;
        octets.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

bool receive(const descriptor& from, std::string& into) {
    std::array<char, 65536> part{};
    const auto count = ::recv(from.number(), part.data(), part.size(), 0);
    if (count <= 0) return false;
    into.append(part.data(), static_cast<std::size_t>(count));
    return true;
}

struct delayed_answer {
    clock::time_point due;
    std::string octets;
};

// exchange is one connection of a client and its own to the server.
struct exchange {
    descriptor client, server;
    std::string from_client, from_server;  // octets that are no whole message yet
    std::optional<bool> is_rpc;            // known from the first octet on
    std::deque<deed> deeds;                // for requests whose answers are to come, in this order
    std::string held;                      // an answer that waits for the next
    std::deque<delayed_answer> delayed;
    bool silent = false;
    bool ended = false;
};

bool is_swap(deed what) {
    return what == deed::bodies_swapped || what == deed::answers_swapped;
}

}  // namespace

class hostile_peer::relay {
public:
    relay(std::uint16_t server_port, rule interferes, std::chrono::milliseconds pause)
        : server_port_(server_port), rule_(std::move(interferes)), pause_(pause) {}

    std::uint16_t port() const { return local_port_of(listener_.number()); }
    std::uint64_t requests() const { return requests_; }

    void run();
    void stop() {
        stop_ = true;
        const std::uint64_t one = 1;
        EXPECT_EQ(::write(wake_.number(), &one, sizeof one), ssize_t{sizeof one});
    }

private:
    void wait();
    void accept_one();
    void from_client(exchange& on);
    void from_server(exchange& on);
    void on_request(exchange& on, const std::string& request);
    void on_answer(exchange& on, deed what, const std::string& answer);
    void answer_by(exchange& on, deed what, const std::string& answer);
    void swap_with_next(exchange& on, deed what, const std::string& answer);
    static void send(exchange& on, std::string_view octets);
    void send_due();
    void drop_ended();

    std::uint16_t server_port_;
    rule rule_;
    std::chrono::milliseconds pause_;
    descriptor listener_ = listen_on_loopback();
    descriptor wake_{::eventfd(0, EFD_CLOEXEC)};
    std::atomic<bool> stop_{false};
    std::atomic<std::uint64_t> requests_{0};
    std::list<exchange> exchanges_;
    exchange* swapping_ = nullptr;  // whose answer waits for another to be swapped with
    std::string swapped_;
    bool stalled_ = false;
};

void hostile_peer::relay::run() {
    while (!stop_) {
        wait();
        send_due();
        drop_ended();
    }
}

// wait waits for an event and sees to all that there are.
void hostile_peer::relay::wait() {
    std::vector<pollfd> watched{{wake_.number(), POLLIN, 0}};
    std::vector<exchange*> of;
    auto until = clock::now() + patience;
    // What was asked before a stall is still answered: then their numbers are known.
    const short of_clients = stalled_ ? 0 : POLLIN;
    watched.push_back({listener_.number(), of_clients, 0});
    for (auto& each : exchanges_) {
        if (each.silent || (stalled_ && each.deeds.empty())) continue;
        of.push_back(&each);
        watched.push_back({each.client.number(), of_clients, 0});
        watched.push_back({each.server.number(), POLLIN, 0});
        for (const auto& one : each.delayed) until = std::min(until, one.due);
    }
    const auto left = std::max(until - clock::now(), clock::duration(0));
    const auto ms = std::chrono::ceil<std::chrono::milliseconds>(left);
    if (::poll(watched.data(), watched.size(), static_cast<int>(ms.count())) <= 0) return;
    for (std::size_t i = 0; i < of.size(); ++i) {
        if (watched[2 + 2 * i].revents != 0 && !of[i]->ended && !stalled_) from_client(*of[i]);
        if (watched[3 + 2 * i].revents != 0 && !of[i]->ended) from_server(*of[i]);
    }
    if (!stalled_ && watched[1].revents != 0) accept_one();
}

void hostile_peer::relay::accept_one() {
    descriptor client(::accept4(listener_.number(), nullptr, nullptr, SOCK_CLOEXEC));
    if (client.number() < 0) return;
    const int at_once = 1;
    ::setsockopt(client.number(), IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
    auto& made = exchanges_.emplace_back();
    made.client = std::move(client);
    made.server = connect_tcp(server_port_);
    made.ended = made.server.number() < 0;
}

void hostile_peer::relay::from_client(exchange& on) {
    if (!receive(on.client, on.from_client)) {
        on.ended = true;
        return;
    }
    if (!on.is_rpc) on.is_rpc = on.from_client.front() == '\0';
    if (*on.is_rpc) {
        on.ended = !send_all(on.server, std::exchange(on.from_client, {}));
        return;
    }
    while (!on.ended && !stalled_) {
        const auto request = take_sip_message(on.from_client);
        if (!request) return;
        on_request(on, *request);
    }
}

void hostile_peer::relay::on_request(exchange& on, const std::string& request) {
    const auto what = rule_(++requests_);
    if (what == deed::stalled) {
        stalled_ = true;
        return;
    }
    on.ended = what == deed::closed || what == deed::reset;
    if (what == deed::reset) {
        const linger at_once{1, 0};  // closing then sends a RST
        ::setsockopt(on.client.number(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    }
    if (on.ended) return;
    on.deeds.push_back(what);
    on.ended = !send_all(on.server, request);
}

void hostile_peer::relay::from_server(exchange& on) {
    if (!receive(on.server, on.from_server)) {
        on.ended = true;
        return;
    }
    if (on.is_rpc.value_or(false)) {
        on.ended = !send_all(on.client, std::exchange(on.from_server, {}));
        return;
    }
    while (!on.ended && !on.silent && !on.deeds.empty()) {
        const auto answer = take_sip_message(on.from_server);
        if (!answer) return;
        const auto what = on.deeds.front();
        on.deeds.pop_front();
        on_answer(on, what, *answer);
    }
}

void hostile_peer::relay::on_answer(exchange& on, deed what, const std::string& answer) {
    if (what == deed::reordered && on.held.empty()) {
        on.held = answer;
        return;
    }
    answer_by(on, what, answer);
    send(on, std::exchange(on.held, {}));
}

void hostile_peer::relay::answer_by(exchange& on, deed what, const std::string& answer) {
    if (what == deed::dropped) return;
    if (is_swap(what)) return swap_with_next(on, what, answer);
    if (what == deed::delayed) {
        on.delayed.push_back({clock::now() + pause_, answer});
    } else if (what == deed::dribbled) {
        for (const char octet : answer) send(on, std::string_view(&octet, 1));
    } else if (what == deed::repeated) {
        send(on, answer + answer);
    } else if (what == deed::stranger_behind) {
        send(on, answer + stranger_to(answer));
    } else if (what == deed::garbage_behind) {
        send(on, answer + std::string(garbage_text));
    } else {
        send(on, spoiled(answer, what));
    }
    on.silent = what == deed::head_begun || what == deed::body_begun;
    on.ended |= what == deed::head_cut || what == deed::body_cut;
}

// The first of two waits for the second, on whatever connection.
void hostile_peer::relay::swap_with_next(exchange& on, deed what, const std::string& answer) {
    if (swapping_ == nullptr) {
        swapping_ = &on;
        swapped_ = answer;
        return;
    }
    auto& other = *std::exchange(swapping_, nullptr);
    const auto others = std::exchange(swapped_, {});
    const bool bodies = what == deed::bodies_swapped;
    send(other, bodies ? with_body_of(others, answer) : answer);
    send(on, bodies ? with_body_of(answer, others) : others);
}

void hostile_peer::relay::send(exchange& on, std::string_view octets) {
    if (!on.ended) on.ended = !send_all(on.client, octets);
}

void hostile_peer::relay::send_due() {
    for (auto& each : exchanges_) {
        while (!each.delayed.empty() && each.delayed.front().due <= clock::now()) {
            send(each, each.delayed.front().octets);
            each.delayed.pop_front();
        }
    }
}

void hostile_peer::relay::drop_ended() {
    exchanges_.remove_if([this](const exchange& each) {
        if (each.ended && swapping_ == &each) swapping_ = nullptr;
        return each.ended;
    });
}

hostile_peer::hostile_peer(std::uint16_t server_port, rule interferes,
                           std::chrono::milliseconds pause)
    : relay_(std::make_unique<relay>(server_port, std::move(interferes), pause)),
      port_(relay_->port()),
      thread_([this] { relay_->run(); }) {}

hostile_peer::~hostile_peer() {
    relay_->stop();
    thread_.join();
}

std::uint64_t hostile_peer::requests() const {
    return relay_->requests();
}

}  // namespace relayauth::lab
