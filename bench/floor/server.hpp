#pragma once

#include "tls_link.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace relayauth::floor {

// server answers every SIP message with the same octets. One thread, one epoll, one read and one
// write however many messages were read: what is left of a server when nothing is understood.
class server {
public:
    server(const tls_settings& settings, std::string_view answer);

    // listen binds a free port of 127.0.0.1 and gives it; 0 if that does not work.
    std::uint16_t listen();
    // run serves until the process is ended.
    void run();

private:
    // connection keeps the beginning of a message whose rest has not come yet.
    struct connection {
        std::string begun;
        std::unique_ptr<tls_link> tls;
        bool is_new = true;
    };

    void accept_all();
    void on_readable(int socket, connection& from);
    bool on_octets(int socket, connection& from, std::span<char> octets);
    bool on_ciphertext(int socket, connection& from, std::string_view octets);
    std::size_t count_messages(connection& from, std::string_view fresh);
    std::string_view answers(std::size_t count);
    static bool send_all(int socket, std::string_view octets);

    const tls_settings& settings_;
    std::string answer_;
    std::string answers_;  // many copies of it, so that any number is one write without copying
    int listener_ = -1;
    int epoll_ = -1;
    std::unordered_map<int, connection> connections_;
    std::vector<char> buffer_, plain_;
    std::string wire_;
};

}  // namespace relayauth::floor
