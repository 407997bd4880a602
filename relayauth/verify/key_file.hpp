#pragma once

#include "relayauth/base/bytes.hpp"
#include "relayauth/base/result.hpp"
#include "relayauth/base/secret.hpp"
#include "relayauth/base/wall_time.hpp"
#include "relayauth/keyring/ring.hpp"
#include "relayauth/verify/errc.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace relayauth::verify {

// The key file is what a relay needs to validate with no server; README.md of this room has its
// text line by line. A key takes some 300 octets and a realm some 80: this holds thousands.
inline constexpr std::size_t max_key_file_bytes = 1024 * 1024;

// file_key is one key as it goes into a key file, and how long it serves there. `verifies_until` is
// the first moment at which it no longer does; written in whole seconds, rounded down.
struct file_key {
    std::string id;
    keyring::key_secrets secrets;
    bool mints = true;
    wall_time verifies_until = wall_time::max();
};

// realm_problem tells whether a realm can stand in a key file: errc realm or realm_not_utf8, or
// nothing when it can. Spaces are fine.
std::optional<errc> realm_problem(std::string_view realm);

// write_key_file writes keys, newest first, into the octets of a key file. Fails with no_key and
// whatever read_key_file would say of the lines of such a key. Pure; safe from any thread.
result<secret, failure> write_key_file(std::span<const file_key> newest_first);

// read_key_file reads a key file into the entries of a ring, newest first. Fails with every errc;
// nothing is read from a file whose checksum is wrong. The caller wipes `file`. Pure; safe from
// any thread.
result<std::vector<keyring::entry>, failure> read_key_file(bytes_view file);

}  // namespace relayauth::verify
