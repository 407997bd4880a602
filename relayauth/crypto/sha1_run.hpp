#pragma once

#include "relayauth/base/bytes.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace relayauth::crypto {

using sha1_tag = std::array<std::uint8_t, 20>;

// sha1_state is SHA-1's five words between two blocks (FIPS 180-4 6.1).
using sha1_state = std::array<std::uint32_t, 5>;
inline constexpr std::size_t sha1_block_bytes = 64;
// The longest text that fits into one block with its padding (FIPS 180-4 5.1.1).
inline constexpr std::size_t sha1_longest_in_one_block = sha1_block_bytes - 9;
using sha1_block = std::array<std::uint8_t, sha1_block_bytes>;

inline constexpr sha1_state sha1_initial_state = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476,
                                                  0xC3D2E1F0};

// sha1_run is SHA-1 that can begin from a saved state, which OpenSSL's own cannot: HMAC saves the
// block of its padded key so. No allocation. Nothing is wiped: what it leaves on the stack is the
// end of the text and a digest. One thread at a time.
class sha1_run {
public:
    // Begins after `blocks` whole blocks that led to `from`.
    explicit sha1_run(const sha1_state& from = sha1_initial_state, std::uint64_t blocks = 0)
        : state_(from), octets_(blocks * sha1_block_bytes) {}

    void absorb(bytes_view part);
    sha1_tag finish();

    // The digest of one block, which led to `from`, and of a text of at most
    // sha1_longest_in_one_block octets: HMAC's inner hash of a short text.
    static sha1_tag finish_after_block(const sha1_state& from, bytes_view short_text);
    // The same of a tag: HMAC's outer hash.
    static sha1_tag finish_after_block(const sha1_state& from, const sha1_tag& text);

    // The state after `from` and one block.
    static sha1_state after_block(const sha1_state& from, const sha1_block& block);

private:
    sha1_state state_;
    std::uint64_t octets_;  // absorbed, the partial block's included
    sha1_block partial_;
    std::size_t filled_ = 0;
};

}  // namespace relayauth::crypto
