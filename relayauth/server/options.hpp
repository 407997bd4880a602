#pragma once

#include "relayauth/base/wall_time.hpp"
#include "relayauth/credential/limits.hpp"
#include "relayauth/mras/response.hpp"
#include "relayauth/net/clock_guard.hpp"
#include "relayauth/net/limits.hpp"
#include "relayauth/net/peer_address.hpp"
#include "relayauth/session/access.hpp"
#include "relayauth/sip/framer.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace relayauth::server {

enum class log_format { text, json };

// http_choice is what --http-listen said: where, or nowhere.
using http_choice = std::variant<net::host_port, std::monostate>;

// options are what serve was told, by its command line or its TOML file; option_table.hpp says how
// each is written, and its defaults are the ones here.
struct options {
    // keys
    std::vector<std::string> certificates;  // the first mints, the others only verify
    std::vector<std::string> keys;          // the nth belongs to the nth certificate
    std::string password_file;
    bool allow_expired_certificate = false;
    // listeners and who may ask
    std::vector<net::host_port> listen;  // empty: 0.0.0.0:5062 and [::]:5062
    std::string tls_certificate;
    std::string tls_key;
    session::plaintext_rule plaintext = session::plaintext_rule::loopback;
    std::string client_ca;
    std::string relay_ca;
    std::vector<std::string> client_names;
    std::vector<session::network> allow;
    // the door for coturn
    std::optional<net::host_port> redis_listen;
    std::string redis_password_file;
    std::optional<std::uint64_t> max_bps;
    std::optional<std::uint64_t> user_quota;
    std::optional<std::uint64_t> total_quota;
    // what answers say
    std::vector<mras::media_relay> relays;  // empty: this host's name, both locations
    std::vector<std::string> realms;
    // time
    std::chrono::minutes max_lifetime = credential::default_max_lifetime;
    std::optional<std::chrono::minutes>
        accept_lifetime;  // default: the larger of max_lifetime and 8 h
    ticks clock_tolerance = std::chrono::seconds(300);
    ticks expiry_grace{0};
    ticks clock_offset{0};
    net::guard_mode clock_guard = net::guard_mode::warn;
    std::optional<ticks> unsynchronised_grace;  // nothing: a clock may be so for ever
    bool refuse_skewed_peers = false;
    // running
    std::optional<unsigned> workers;  // default: one for each processor
    log_format log = log_format::text;
    std::optional<http_choice> http;  // default: default_http, which may be taken already
    std::string admin_socket;         // empty: admin_socket_path of the first port
    bool lab = false;
    // limits
    net::limits connections;
    sip::limits messages;
    std::size_t max_pending_output = 1024 * 1024;
};

inline constexpr std::uint16_t default_port =
    5062;  // MS-AVEDGEA: SIP/MTLS of the A/V authentication service
inline const net::host_port default_http{"127.0.0.1", 5080};

}  // namespace relayauth::server
