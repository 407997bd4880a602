#pragma once

#include "descriptor.hpp"
#include "stream.hpp"

#include <string>
#include <utility>

namespace relayauth::lab {

// place is where to connect: a port says enough, since most servers are on loopback.
struct place {
    place(std::uint16_t on_port, std::string at_address = "127.0.0.1")
        : port(on_port), address(std::move(at_address)) {}
    std::uint16_t port;
    std::string address;  // IPv4
};

// connect_tcp connects; no descriptor if nobody listens there. With `receive_buffer` the socket
// takes about so many octets that nobody reads (0: the usual).
descriptor connect_tcp(const place& where, int receive_buffer = 0);

// outer_address is an address that is not loopback and yet stays on this machine; empty unless the
// test runs under tests/integration/own_network.sh.
std::string outer_address();

// wait_for waits until the socket is ready for `events` of poll(2).
bool wait_for(int socket, short events, std::chrono::milliseconds within);

std::uint16_t local_port_of(int socket);

// tcp_stream is plain text over TCP.
class tcp_stream final : public stream {
public:
    explicit tcp_stream(const place& where, int receive_buffer = 0)
        : socket_(connect_tcp(where, receive_buffer)) {}

    bool send(std::string_view octets) override;
    outcome receive(std::string& into, std::chrono::milliseconds within) override;
    void half_close() override;
    std::uint16_t local_port() const override { return local_port_of(socket_.number()); }

    bool connected() const { return socket_.number() >= 0; }
    // send_some writes what the socket takes at once: the number of octets, 0 if none.
    std::size_t send_some(std::string_view octets);

private:
    descriptor socket_;
};

}  // namespace relayauth::lab
