#pragma once

#include "relayauth/client/endpoint.hpp"

#include <chrono>
#include <string>

namespace relayauth::client {

// Microsoft's proxies give a TCP connect 4 s, and users wait at most 5 s for an answer (protocol
// notes 2.6).
inline constexpr std::chrono::milliseconds default_connect_timeout{4000};
inline constexpr std::chrono::milliseconds default_answer_timeout{5000};

// connect_settings say where the server is and how to reach it. Empty paths and names: not given.
struct connect_settings {
    endpoint server;
    bool tls = true;
    std::string ca_file;      // PEM; without it the server's certificate is not checked
    std::string server_name;  // must be in the server's certificate; only looked at with ca_file
    std::string certificate_file;  // what this client shows, PEM or PFX
    std::string key_file;          // empty: the key is in certificate_file
    // What errors advise: how to ask for a connection without TLS, and with it.
    std::string plain_advice = "try --tcp";
    std::string tls_advice = "leave out --tcp";
    std::chrono::milliseconds connect_timeout = default_connect_timeout;  // for TCP, again for TLS
    std::chrono::milliseconds answer_timeout = default_answer_timeout;
};

}  // namespace relayauth::client
