#pragma once

#include <string>
#include <string_view>

struct ssl_ctx_st;
struct ssl_st;

namespace relayauth::net {

// client_authorities are the PEM files of --client-ca and --relay-ca; empty: without that option.
struct client_authorities {
    std::string_view client_ca_pem;
    std::string_view relay_ca_pem;
};

// client_verdict is what a client's certificate is worth. Both are false for a client without one.
struct client_verdict {
    bool is_client = false;  // it chains to --client-ca
    bool is_relay = false;   // it chains to --relay-ca
};

// ask_for_certificate makes `context` ask its clients for a certificate, unless both authorities
// are empty. With --client-ca only one that chains to --client-ca or --relay-ca passes the
// handshake. With --relay-ca alone every client passes, also with a certificate of others: a Front
// End shows its own to whoever asks. A certificate for serverAuth only is good for both, since
// Front Ends have those. No session can then be resumed, so every connection is judged by the
// dates of the day. Gives one line for people that begins with the option whose file has no
// certificate, or one that cannot be read or used; or nothing. The views are not kept.
std::string ask_for_certificate(ssl_ctx_st* context, const client_authorities& authorities);

// verdict_on tells about the client of a connection whose handshake is done.
client_verdict verdict_on(const ssl_st* connection);

}  // namespace relayauth::net
