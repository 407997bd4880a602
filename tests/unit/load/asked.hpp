#pragma once

#include "relayauth/mras/request.hpp"
#include "relayauth/sip/request.hpp"

#include <string>

namespace relayauth::load {

// asked is a written SERVICE as our own server reads it: one whole message, a request without a
// fault, and a body without one. Anything else fails the test.
class asked {
public:
    explicit asked(std::string octets);

    sip::request sip;
    mras::request mras;  // with one credentials request

private:
    std::string octets_;
    sip::limits limits_;
    sip::header_table table_;
    mras::request_parser parser_;
};

}  // namespace relayauth::load
