#pragma once

#include "stream.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relayauth::lab {

// An rpc client written from proto/README.md and nothing else, octet by octet.

// rpc_preface goes before everything.
inline const std::string rpc_preface("\0rauth\n\x01", 8);

// framed puts the length in front, 4 octets, big-endian.
std::string framed(std::string_view payload);

// Fields of a protobuf message: a number, a text or message, 8 octets.
std::string varint_field(unsigned number, std::uint64_t value);
std::string text_field(unsigned number, std::string_view text);
std::string fixed64_field(unsigned number, std::uint64_t value);

// Requests.
std::string server_info_call(std::uint64_t id);
std::string issue_call(std::uint64_t id, std::string_view identity);
// validate_call asks about usernames alone.
std::string validate_call(std::uint64_t id, const std::vector<std::string>& usernames);

// field is one field as it stood on the wire: `value` of a number, `text` of anything else.
struct field {
    unsigned number = 0;
    std::uint64_t value = 0;
    std::string text;
};
// fields_of takes a message apart; what does not parse is a test failure.
std::vector<field> fields_of(std::string_view message);
// value_in and text_in give the first field of that number; 0 or nothing if there is none.
std::uint64_t value_in(std::string_view message, unsigned number);
std::string text_in(std::string_view message, unsigned number);

// The numbers of Reply's results.
inline constexpr unsigned reply_error = 3;
inline constexpr unsigned reply_issue = 4;
inline constexpr unsigned reply_validate = 5;
inline constexpr unsigned reply_server_info = 6;
inline constexpr unsigned reply_check_message = 7;

// rpc_reply is one Reply: `result` is the number of what it holds.
struct rpc_reply {
    std::uint64_t id = 0;
    std::uint64_t read_at = 0;
    std::uint64_t written_at = 0;
    unsigned result = 0;
    std::string content;
};

// rpc_peer speaks rpc, good and bad, over a stream.
class rpc_peer {
public:
    static rpc_peer over_tcp(std::uint16_t port);
    static rpc_peer over_tls(std::uint16_t port);

    bool send(std::string_view octets) { return carrier_->send(octets); }
    // reply waits for one whole frame; nothing if the connection ends or time is up first.
    std::optional<rpc_reply> reply(std::chrono::milliseconds within = patience);
    bool is_closed(std::chrono::milliseconds within = patience);
    std::string name() const { return "127.0.0.1:" + std::to_string(carrier_->local_port()); }

private:
    explicit rpc_peer(std::unique_ptr<stream> carrier) : carrier_(std::move(carrier)) {}
    std::unique_ptr<stream> carrier_;
    std::string unread_;
};

}  // namespace relayauth::lab
