#pragma once

#include "relayauth/base/result.hpp"
#include "relayauth/certificate/errc.hpp"

#include <memory>
#include <string>
#include <string_view>

struct X509_name_st;

// Used inside the room only: distinguished names (RFC 5280 4.1.2.4) and their text.
namespace relayauth::certificate {

struct free_name {
    void operator()(X509_name_st* name) const;
};
using name_ptr = std::unique_ptr<X509_name_st, free_name>;

// name_text writes `CN=a,O=b` in the name's own order with RFC 4514's escapes, UTF-8 shown as it
// is, control characters escaped. What cannot be shown as text is written as `#` and hex.
std::string name_text(const X509_name_st* name);

// quotable makes somebody's words fit to stand in one line of text: control characters and what is
// not UTF-8 become `?`, and it is cut after 100 octets.
std::string quotable(std::string_view text);

// parse_name reads what name_text writes (but no `#`), OpenSSL's `/CN=a/O=b`, or nothing, which is
// the empty name. Fails with errc not_a_name, and crypto_unavailable.
result<name_ptr, failure> parse_name(std::string_view text);

}  // namespace relayauth::certificate
