#pragma once

#include "relayauth/base/bytes.hpp"
#include "relayauth/stun/request_writer.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace relayauth::stun {

// address is an IPv4 or IPv6 address (4 or 16 octets) and a port.
struct address {
    std::vector<std::uint8_t> octets;
    std::uint16_t port = 0;

    bool operator==(const address&) const = default;
};

// answer is a response or an indication as a client reads it, in RFC form; all of it may be a lie,
// since nobody checks an integrity here. Owns what it holds.
struct answer {
    std::uint16_t type = 0;  // with the class bits
    transaction_id id{};
    std::uint16_t error_code = 0;  // 401; 0: none
    std::string reason;            // of the error
    std::string realm;
    std::string nonce;
    std::string software;
    std::optional<address> relayed;     // XOR-RELAYED-ADDRESS
    std::optional<address> peer;        // XOR-PEER-ADDRESS
    std::vector<std::uint8_t> payload;  // DATA
};

// parse_answer reads one datagram; nothing if it is no STUN message, a request, or damaged. What it
// does not know it passes over. Pure; safe from any thread, like all here.
std::optional<answer> parse_answer(bytes_view octets);

// xor_address writes the value of XOR-PEER-ADDRESS (RFC 8489 14.2).
std::vector<std::uint8_t> xor_address(const address& value, const transaction_id& id);

}  // namespace relayauth::stun
