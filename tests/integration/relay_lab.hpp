#pragma once

#include "coturn.hpp"
#include "own_client.hpp"
#include "running_server.hpp"

#include <string>
#include <vector>

namespace relayauth::lab {

// The realm of all relays but those of another.
inline const std::string lab_realm = "lab.example.test";

// asked_relay is a server of ours with its door for coturn, and a coturn that asks there.
struct asked_relay {
    explicit asked_relay(const std::vector<std::string>& options = {},
                         const lab_certificate& certificate = shared_certificate(),
                         const std::vector<std::string>& environment = {});
    // stop ends both, the server as running_server::stop does: libfaketime leaves files behind in a
    // program that is killed.
    void stop();

    running_server server;
    coturn relay;
};

// Certificates beside shared_certificate(): with its key under another subject; with another key.
const lab_certificate& another_subject();
const lab_certificate& another_key();
// with_older gives the options that let a server also verify what this certificate's key signed.
std::vector<std::string> with_older(const lab_certificate& certificate);

// key_of is the short id of the key that a server mints with.
std::string key_of(const running_server& server);

// request_rest_name gets a TURN REST credential for lab_realm over rpc.
credential request_rest_name(const std::string& address,
                             const std::string& identity = "sip:alice@example.test",
                             const std::string& minutes = "480");

// exported_secret runs `relayauth keys export --purpose turn-rest` for lab_realm.
std::string exported_secret(const lab_certificate& certificate);

// flip_one_bit changes one bit of a base64 text so that it stays base64: of the client id, if it is
// an MRAS username.
void flip_one_bit(std::string& base64);

// expect_401 has coturn's client try, which must end with a 401.
void expect_401(const coturn& relay, const credential& shown);
// expect_told_why gives the line in which a server says why coturn got no key; it must hold the
// reason, both clocks and the offset, and no log may hold what is secret.
std::string expect_told_why(const running_server& server, const credential& shown,
                            const std::string& reason);
// expect_refused is both.
std::string expect_refused(const asked_relay& by, const credential& shown,
                           const std::string& reason);
// expect_no_secret looks for the username and the password in a server's log.
void expect_no_secret(const running_server& server, const credential& shown);

}  // namespace relayauth::lab
