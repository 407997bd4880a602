#pragma once

#include "relayauth/certificate/container.hpp"
#include "relayauth/certificate/handles.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

// Used inside the room only: which certificate of a file is meant.
namespace relayauth::certificate {

struct key_pair {
    std::size_t certificate;  // index into the certificates given
    std::size_t key;          // index into the keys given
};

// matching_pair finds the first certificate that has the public half of one of the keys.
std::optional<key_pair> matching_pair(const std::vector<x509_ptr>& certificates,
                                      const std::vector<key_ptr>& keys);

// leaf_of finds the first certificate that issued none of the others; there must be at least one.
std::size_t leaf_of(const std::vector<x509_ptr>& certificates);

// chain_from gives the DER of the leaf, of its issuer, and so on as far as the file has them.
// Certificates that have nothing to do with the leaf are left out.
std::vector<std::vector<std::uint8_t>> chain_from(const std::vector<x509_ptr>& certificates,
                                                  std::size_t leaf);

}  // namespace relayauth::certificate
