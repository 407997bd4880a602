#pragma once

#include "relayauth/base/result.hpp"
#include "relayauth/client/connect_settings.hpp"
#include "relayauth/client/failure.hpp"

#include <memory>
#include <string>

struct ssl_ctx_st;
struct ssl_st;

// For this room and the load generator: what OpenSSL must be told, and what its words mean.
namespace relayauth::client {

struct freed_tls_context {
    void operator()(ssl_ctx_st* context) const;
};
using tls_context = std::unique_ptr<ssl_ctx_st, freed_tls_context>;

// make_tls_context reads the files of `settings`. TLS 1.2 is the least. It writes the secrets of
// its sessions to the file that the environment's SSLKEYLOGFILE names, as browsers do.
// Fails with a line that names the file or option.
result<tls_context, failure> make_tls_context(const connect_settings& settings);

// prepare_handshake sets the names of one connection: SNI (RFC 6066 section 3: never an address),
// and the name that the certificate must have. False if OpenSSL is out of memory.
bool prepare_handshake(ssl_st* connection, const connect_settings& settings);

// handshake_words says why a handshake failed, given OpenSSL's packed error code; 0: the peer
// closed the connection.
std::string handshake_words(unsigned long code, ssl_st* connection,
                            const connect_settings& settings);

// handshake_kind is what kind of failure that is: not_tls, no_handshake, untrusted, old_tls or
// tls.
failure_kind handshake_kind(unsigned long code);

// alert_words says what an alert that came after the handshake means: in TLS 1.3 that is when a
// server looks at the client's certificate. Empty if `code` is no such alert.
std::string alert_words(unsigned long code);

}  // namespace relayauth::client
