#pragma once

#include "relayauth/base/secret.hpp"
#include "relayauth/base/wall_time.hpp"
#include "relayauth/credential/issue.hpp"
#include "relayauth/credential/limits.hpp"
#include "relayauth/mras/response.hpp"
#include "relayauth/rpc/reply.hpp"
#include "relayauth/rpc/wire.hpp"
#include "relayauth/session/access.hpp"
#include "relayauth/sip/framer.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace relayauth::session {

// redis_settings are what the door for coturn's redis-userdb says beside keys.
struct redis_settings {
    std::optional<secret> password;  // AUTH is required (--redis-password-file)
    // What coturn reads for each realm of ours; nothing: it goes by its own settings.
    std::optional<std::uint64_t> max_bps;      // octets a second (coturn's name, coturn's unit)
    std::optional<std::uint64_t> user_quota;   // allocations of one user
    std::optional<std::uint64_t> total_quota;  // allocations of the realm
};

// settings are what the sessions of all workers share: an immutable snapshot, replaced whole when
// keys are read again. `sip_limits` and `max_frame_bytes` stay the same for a server's life.
struct settings {
    // `relays` must not be empty.
    settings(std::span<const mras::media_relay> relays, std::vector<std::string> realms);
    settings(const settings&) = delete;
    settings& operator=(const settings&) = delete;

    keyring::ring keys;
    std::vector<wall_time> not_after;  // of each key's certificate, in the ring's order
    credential::issue_limits issue;
    credential::validate_limits validate;  // its first realm goes into MRAS answers
    std::vector<mras::media_relay> relays;
    mras::relay_directory relay_directory;
    std::vector<rpc::relay> relay_views;        // of `relays`
    std::vector<std::string_view> realm_views;  // of validate.realms
    access_policy access;
    redis_settings redis;
    ticks clock_offset{0};             // of --clock-offset; context::lab() has the one in force
    bool refuse_skewed_peers = false;  // mint nothing for who is off by more than the tolerance
    std::string product;               // `relayauth/0.1.0`
    sip::limits sip_limits;
    std::size_t max_frame_bytes = rpc::default_max_frame_bytes;
    // A connection whose unsent answers exceed this is not read from until they are sent.
    std::size_t max_pending_output = 1024 * 1024;
};

}  // namespace relayauth::session
