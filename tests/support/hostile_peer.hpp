#pragma once

#include "patience.hpp"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <thread>

namespace relayauth::lab {

// deed is what a hostile_peer does with the answer to one SIP request.
enum class deed {
    none,  // passes it on as it is

    // Allowed: no client may mind.
    dribbled,           // octet by octet, each in a segment of its own
    after_provisional,  // behind a 100 and a keep-alive
    delayed,            // after a pause
    reordered,          // behind the next answer of its connection

    // Another answer than the server's.
    status_500,
    server_busy,  // a reasonPhrase with status 200
    other_cseq,
    unsent_id,  // a requestID that nobody has sent
    no_password,
    no_xml,
    altered_username,  // one octet of it
    bodies_swapped,    // with the next answer of this deed: the heads stay where they were
    answers_swapped,   // likewise, head and all: both come on the other's connection
    garbage,           // octets that are no SIP in its place

    // One answer too many, or none.
    repeated,
    stranger_behind,  // with an answer behind it to nothing that was asked
    garbage_behind,   // with octets behind it that are no SIP
    dropped,

    // The end of the connection.
    closed,
    reset,
    head_cut,    // after the beginning of the answer's head
    body_cut,    // one octet before its end
    head_begun,  // no end: as much is sent, and then nothing is read or sent on this connection
    body_begun,
    stalled,  // from this request on nothing is read, and what came before it is the last answered
};

// hostile_peer listens in plain text on a port of 127.0.0.1, passes each SIP request on to a real
// server, also in plain text, and does to the answer what its rule says. A connection whose first
// octet is 0 speaks rpc and is passed on untouched. It works in a thread of its own, and ends with
// its owner.
class hostile_peer {
public:
    // rule says what is done with request `number`; they count from 1, over all connections, as
    // they come. It is called in the peer's thread.
    using rule = std::function<deed(std::uint64_t number)>;

    hostile_peer(std::uint16_t server_port, rule interferes, std::chrono::milliseconds pause = 0ms);
    ~hostile_peer();
    hostile_peer(const hostile_peer&) = delete;
    hostile_peer& operator=(const hostile_peer&) = delete;

    std::string address() const { return "127.0.0.1:" + std::to_string(port_); }
    std::uint64_t requests() const;

private:
    class relay;
    std::unique_ptr<relay> relay_;
    std::uint16_t port_;
    std::thread thread_;
};

}  // namespace relayauth::lab
