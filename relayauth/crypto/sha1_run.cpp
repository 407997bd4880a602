// The low-level SHA-1 calls are deprecated in OpenSSL 3 but kept. They are used here because
// EVP_MAC costs 170-450 ns and two allocations for each tag even when it is re-initialised, against
// 100-160 ns and none for resuming a saved state (bench/README.md). A test holds every result
// against EVP_MAC.
#define OPENSSL_SUPPRESS_DEPRECATED

#include "relayauth/crypto/sha1_run.hpp"

#include <openssl/sha.h>

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstddef>
#include <cstring>

namespace relayauth::crypto {
namespace {

// SHA1_Transform reads and writes nothing but h0 to h4, which stand first. In place, since copies
// to and fro, word by word, would cost a tenth of what the block does.
static_assert(offsetof(SHA_CTX, h0) == 0 && offsetof(SHA_CTX, h4) == 16);
static_assert(alignof(SHA_CTX) == alignof(sha1_state));
void transform(sha1_state& state, const std::uint8_t* block) {
    SHA1_Transform(reinterpret_cast<SHA_CTX*>(state.data()), block);
}

constexpr std::uint32_t big_endian(std::uint32_t word) {
    return std::endian::native == std::endian::little ? __builtin_bswap32(word) : word;
}

sha1_tag tag_of(sha1_state state) {
    for (auto& word : state) word = big_endian(word);
    return std::bit_cast<sha1_tag>(state);
}

}  // namespace

void sha1_run::absorb(bytes_view part) {
    octets_ += part.size();
    if (filled_ > 0) {
        const auto taken = std::min(part.size(), sha1_block_bytes - filled_);
        if (taken > 0) std::memcpy(partial_.data() + filled_, part.data(), taken);
        filled_ += taken;
        part = part.subspan(taken);
        if (filled_ < sha1_block_bytes) return;
        transform(state_, partial_.data());
        filled_ = 0;
    }
    for (; part.size() >= sha1_block_bytes; part = part.subspan(sha1_block_bytes)) {
        transform(state_, part.data());
    }
    if (!part.empty()) std::memcpy(partial_.data(), part.data(), part.size());
    filled_ = part.size();
}

// Padding: FIPS 180-4 5.1.1.
sha1_tag sha1_run::finish() {
    constexpr std::size_t length_offset = sha1_block_bytes - 8;
    partial_[filled_++] = 0x80;
    std::memset(partial_.data() + filled_, 0, sha1_block_bytes - filled_);
    if (filled_ > length_offset) {
        transform(state_, partial_.data());
        partial_.fill(0);
    }
    const auto bit_count = octets_ * 8;
    store_be32(partial_.data() + length_offset, static_cast<std::uint32_t>(bit_count >> 32));
    store_be32(partial_.data() + length_offset + 4, static_cast<std::uint32_t>(bit_count));
    transform(state_, partial_.data());
    return tag_of(state_);
}

sha1_tag sha1_run::finish_after_block(const sha1_state& from, bytes_view short_text) {
    assert(short_text.size() <= sha1_longest_in_one_block);
    sha1_block last{};
    std::copy(short_text.begin(), short_text.end(), last.begin());
    last[short_text.size()] = 0x80;
    const auto bit_count = 8 * (sha1_block_bytes + short_text.size());
    store_be16(last.data() + sha1_block_bytes - 2, static_cast<std::uint16_t>(bit_count));
    return tag_of(after_block(from, last));
}

// Of the known size, and so stored sixteen octets at a time: SHA-1 reads the block like that at
// once, and would have to wait for smaller or overlapping stores to reach the cache.
sha1_tag sha1_run::finish_after_block(const sha1_state& from, const sha1_tag& text) {
    using words_4 = std::uint32_t __attribute__((vector_size(16)));
    constexpr std::uint32_t bit_count = 8 * (sha1_block_bytes + sizeof(sha1_tag));
    const auto words = std::bit_cast<std::array<std::uint32_t, 5>>(text);
    const std::array<words_4, 4> last = {words_4{words[0], words[1], words[2], words[3]},
                                         words_4{words[4], big_endian(0x8000'0000), 0, 0},
                                         words_4{}, words_4{0, 0, 0, big_endian(bit_count)}};
    auto state = from;
    transform(state, reinterpret_cast<const std::uint8_t*>(last.data()));
    return tag_of(state);
}

sha1_state sha1_run::after_block(const sha1_state& from, const sha1_block& block) {
    auto state = from;
    transform(state, block.data());
    return state;
}

}  // namespace relayauth::crypto
