#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace relayauth::lab {

// nice_form is a dialect that libnice's TURN functions write: RFC 5389 with RFC 5766's methods, or
// Office Communicator's, which is MS-TURN. NiceAgent's compatibilities OC2007 and OC2007R2 both
// write the latter.
enum class nice_form { rfc5389, oc2007 };

// nice_login is what a request is signed with, octets as they go onto the wire: NiceAgent decodes
// an MRAS username and password from base64 before it writes oc2007.
struct nice_login {
    std::string username;
    std::string password;
    std::string realm;
    std::string nonce;
};

// libnice_allocate and libnice_refresh give what libnice answers a 401 with that carries the realm
// and the nonce: a signed Allocate, or a signed Refresh (another Allocate in oc2007). Realm and
// nonce have at most 128 octets. What libnice refuses to write is a test failure.
std::vector<std::uint8_t> libnice_allocate(nice_form form, const nice_login& login);
std::vector<std::uint8_t> libnice_refresh(nice_form form, const nice_login& login);

// unauthorized gives the 401 for `request`, written by hand: in oc2007 the attributes are not
// padded, and the numbers of realm and nonce are the other way round (protocol notes 4.2).
std::vector<std::uint8_t> unauthorized(nice_form form, const std::vector<std::uint8_t>& request,
                                       const std::string& realm, const std::string& nonce);

}  // namespace relayauth::lab
