#pragma once

#include <string>

namespace relayauth::client {

// failure_kind is what a program may want to know of it.
enum class failure_kind {
    other,         // the words say it all
    unknown_host,  // the name has no address, or nobody told it in time
    refused,       // nothing listens there
    unreachable,   // no TCP connection, for another reason or in time
    not_tls,       // what answers the handshake is another protocol
    no_handshake,  // no answer to the handshake in time, or the connection was closed on it
    untrusted,     // the certificate is not one that --ca and --server-name let pass
    old_tls,       // no TLS version in common
    tls,           // the handshake failed otherwise, in TLS 1.3 perhaps by an alert behind it
    silent,        // no whole answer in time
    closed,        // the server closed the connection instead of an answer
};

// failure is why a step towards an answer did not work: one line for people that says what to do
// next, without a line end. It may quote what the peer sent: make it printable before it is shown.
struct failure {
    std::string text;
    failure_kind kind = failure_kind::other;
};

}  // namespace relayauth::client
