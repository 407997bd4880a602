#pragma once

#include "stream.hpp"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace relayauth::lab {

// sip_answer is one SIP response, taken apart by code that shares nothing with the server's.
struct sip_answer {
    int status = 0;
    std::string reason;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;

    // header gives the first one of that name, in any case; empty if there is none.
    std::string header(std::string_view name) const;
    // attribute gives an attribute's value from the first element that has it, from <response> on,
    // `text` what stands in the first <element>: enough to read the answers of a server whose XML
    // is checked against the schema elsewhere.
    std::string attribute(std::string_view name) const;
    std::string text(std::string_view element) const;
};

// sip_peer speaks SIP, good and bad, over a stream.
class sip_peer {
public:
    explicit sip_peer(std::unique_ptr<stream> carrier) : carrier_(std::move(carrier)) {}

    // over_tcp and over_tls connect to a port of this machine.
    static sip_peer over_tcp(std::uint16_t port);
    static sip_peer over_tls(std::uint16_t port);

    bool send(std::string_view octets) { return carrier_->send(octets); }
    // answer waits for one whole response; nothing if the connection ends or time is up first.
    std::optional<sip_answer> answer(std::chrono::milliseconds within = patience);
    std::optional<sip_answer> ask(std::string_view octets);
    // is_closed waits for the server to close. What it sends before that stays in unread().
    bool is_closed(std::chrono::milliseconds within = patience);
    // receive waits until `count` octets are unread: false if they do not come.
    bool receive(std::size_t count, std::chrono::milliseconds within = patience);
    std::string& unread() { return unread_; }
    stream& carrier() { return *carrier_; }
    // name is this end in the server's log.
    std::string name() const { return "127.0.0.1:" + std::to_string(carrier_->local_port()); }

private:
    std::optional<sip_answer> take_answer();

    std::unique_ptr<stream> carrier_;
    std::string unread_;
};

}  // namespace relayauth::lab
