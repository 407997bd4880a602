#pragma once

#include "relayauth/base/bytes.hpp"
#include "relayauth/base/result.hpp"
#include "relayauth/base/secret.hpp"
#include "relayauth/certificate/errc.hpp"
#include "relayauth/certificate/handles.hpp"

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

// Used inside the room only: what one file holds.
namespace relayauth::certificate {

struct container {
    std::vector<x509_ptr> certificates;  // in the file's order
    std::vector<key_ptr> keys;
    // Why a key in PEM could not be read: fatal only to who needs it.
    std::optional<failure> unreadable_key;
};

// Each locked key costs up to seconds; more certificates than any chain has are no chain.
inline constexpr std::size_t max_keys = 4;
inline constexpr std::size_t max_certificates = 100;

// read_container reads PEM or PFX; `password` may be null; `role` begins the text of a failure.
result<container, failure> read_container(bytes_view file, const secret* password,
                                          std::string_view role);

// read_pem reads text that has at least one line `-----BEGIN`; other text around is skipped.
result<container, failure> read_pem(std::string_view file, const secret* password,
                                    std::string_view role);

// read_pfx reads PKCS#12 (RFC 7292); nothing if the octets are no such thing.
std::optional<result<container, failure>> read_pfx(bytes_view file, const secret* password,
                                                   std::string_view role);

}  // namespace relayauth::certificate
