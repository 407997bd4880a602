#pragma once

#include "relayauth/base/bytes.hpp"
#include "relayauth/base/wall_time.hpp"
#include "relayauth/rpc/call.hpp"
#include "relayauth/rpc/reply.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace relayauth::rpc {

// The longest reply that a client needs to take: a full batch of refusals with 1,000 octets each.
inline constexpr std::size_t max_reply_bytes = 1024 * 1024;

// write_preface appends the preface, which a client sends once, before its first call.
void write_preface(std::string& out);

// write_call appends one call as a whole frame. All text must be UTF-8. The limits are the server's
// to enforce; nothing is checked here.
void write_call(std::string& out, const call& request);

// The structs below are replies as a client reads them; they own their text. The .proto file says
// what each field means.

struct received_relay {
    std::optional<relay_location> where;  // nothing: one that this client does not know
    std::string host;
    std::uint16_t udp_port = 0;
    std::uint16_t tcp_port = 0;
};

struct received_credential {
    std::string username;
    std::string password;
    std::uint32_t token_version = 0;
    wall_time issued_at;
    wall_time expires_at;
    std::uint32_t duration_minutes = 0;
    std::vector<std::string> realms;
    std::vector<received_relay> relays;
    std::string key_id;
    std::optional<rpc::dialect> dialect;  // nothing: one that this client does not know
};

struct received_refusal {
    std::optional<reason> why;  // nothing: one that this client does not know; show the words
    std::string words;
    wall_time server_time;
    std::optional<wall_time> issued_at;
    std::optional<wall_time> expires_at;
    std::optional<ticks> offset;
    ticks clock_offset_setting{0};
};

struct received_good_credential {
    std::string key_id;
    std::optional<wall_time> issued_at;
    wall_time expires_at;
    ticks remaining{0};
    std::uint32_t token_version = 0;
    std::string long_term_key;            // octets, as secret as a password; empty: not asked for
    std::optional<rpc::dialect> dialect;  // nothing: one that this client does not know
};

// A verdict of neither kind is read as a refusal without a reason: what a client does not
// understand is not good.
using received_verdict = std::variant<received_good_credential, received_refusal>;
using received_verdicts = std::vector<received_verdict>;

// The same for CheckMessage: a type of its own, so that no reply is taken for another.
struct received_message_verdicts {
    received_verdicts verdicts;
};

struct received_key {
    std::string key_id;
    std::optional<key_stage> stage;  // nothing: one that this client does not know
    wall_time not_after;
};

struct received_server_info {
    wall_time server_time;
    ticks clock_offset_setting{0};
    std::vector<received_key> keys;
    std::string version;
    std::uint32_t max_lifetime_minutes = 0;
    ticks clock_tolerance{0};
    bool lab = false;  // its own word; a test of the clock must not lean on it
};

// reply is one answer; `id` is that of the call it answers, or 0 if the server could not read it.
struct reply {
    std::uint64_t id = 0;
    wall_time read_at;
    wall_time written_at;
    std::variant<received_credential, received_verdicts, received_server_info, received_refusal,
                 received_message_verdicts, explained>
        result;
};

// parse_reply reads the payload of one frame; nothing if it cannot be decoded, has a port over
// 65535, or holds no result that this client knows. Protobuf writes a line to stderr about text
// that is not UTF-8. Safe from any thread.
std::optional<reply> parse_reply(bytes_view payload);

}  // namespace relayauth::rpc
