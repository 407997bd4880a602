#pragma once

#include "relayauth/base/bytes.hpp"
#include "relayauth/base/wall_time.hpp"
#include "relayauth/rpc/explained.hpp"
#include "relayauth/rpc/field_writer.hpp"
#include "relayauth/rpc/reason.hpp"
#include "relayauth/rpc/vocabulary.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace relayauth::rpc {

// Where a relay is reached from. The values are those of Relay.Location in the .proto file.
enum class relay_location { internet = 1, intranet };

// How far a key is in its life. The values are those of Key.Stage in the .proto file.
enum class key_stage { pending = 1, minting, verifying, retired };

// to_text is the value's own word.
std::string_view to_text(relay_location value);
std::string_view to_text(key_stage value);

// The structs below are what a server answers. All text must be UTF-8; the views need to live only
// as long as the write that they are given to. The .proto file says what each field means.

struct relay {
    relay_location where = relay_location::internet;
    std::string_view host;
    std::uint16_t udp_port = 0;
    std::uint16_t tcp_port = 0;
};

// issued answers an issue_call.
struct issued {
    std::string_view username;
    std::string_view password;
    std::uint32_t token_version = 2;
    wall_time issued_at;
    wall_time expires_at;
    std::uint32_t duration_minutes = 0;
    std::span<const std::string_view> realms;
    std::span<const relay> relays;
    std::string_view key_id;
    rpc::dialect dialect = rpc::dialect::mras;
};

// refusal_details answers any call as a whole, or is the verdict on one item.
struct refusal_details {
    reason why = reason::internal;
    std::string_view words;
    wall_time server_time;
    std::optional<wall_time> issued_at;
    std::optional<wall_time> expires_at;
    std::optional<ticks> offset;  // server_time minus issued_at
    ticks clock_offset_setting{0};
};

// good_credential is the verdict on an item that passed.
struct good_credential {
    std::string_view key_id;
    std::optional<wall_time> issued_at;
    wall_time expires_at;
    ticks remaining{0};  // negative is written as 0
    std::uint32_t token_version = 2;
    bytes_view long_term_key;  // a secret; empty when none was asked for
    rpc::dialect dialect = rpc::dialect::mras;
};

struct key_state {
    std::string_view key_id;
    key_stage stage = key_stage::pending;
    wall_time not_after;
};

// server_info answers a server_info_call.
struct server_info {
    wall_time server_time;
    ticks clock_offset_setting{0};
    std::span<const key_state> keys;
    std::string_view version;
    std::uint32_t max_lifetime_minutes = 0;
    ticks clock_tolerance{0};
    bool lab = false;
};

// write_reply appends a reply as one whole frame whose written_at is still to be stamped
// (stamp_written_at). `id` is the call's, `read_at` the server's clock when it had read it. It
// allocates nothing but the growth of `out`. Safe from any thread, as all here.
void write_reply(std::string& out, std::uint64_t id, wall_time read_at, const issued& answer);
void write_reply(std::string& out, std::uint64_t id, wall_time read_at, const server_info& answer);
void write_reply(std::string& out, std::uint64_t id, wall_time read_at,
                 const refusal_details& answer);
void write_reply(std::string& out, std::uint64_t id, wall_time read_at, const explained& answer);

// verdict_writer appends the reply to a validate_call or a check_message_call likewise, verdict by
// verdict: add() one for each item, in their order, then end(). Until then nobody else may touch
// `out`, which must outlive the writer.
class verdict_writer {
public:
    enum class call { validate, check_message };
    verdict_writer(std::string& out, call answered, std::uint64_t id, wall_time read_at);

    void add(const good_credential& one);
    void add(const refusal_details& one);
    void end();

private:
    std::string& out_;
    std::size_t frame_;
    field_writer to_;
    std::size_t content_;
};

// stamp_written_at puts `now` into the written_at of every frame in `frames`, which must be a run
// of whole frames from reply_writer (one frame is a run too). To be called just before the write,
// so that a client can tell the server's share of the delay from the network's.
void stamp_written_at(std::span<char> frames, wall_time now);

}  // namespace relayauth::rpc
