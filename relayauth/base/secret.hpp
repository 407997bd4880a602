#pragma once

#include "relayauth/base/bytes.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace relayauth {

// wipe overwrites memory in a way that the compiler may not leave out.
void wipe(std::span<std::uint8_t> memory);

// secret owns key material or a password: move-only, wiped when it goes, with no way to print it.
// Compare with crypto::constant_time_equal. reveal() is the only door to the octets, so a search
// for that word finds every place that touches them.
class secret {
public:
    secret() = default;
    // Copies `bytes`; the caller wipes its own copy.
    explicit secret(bytes_view bytes) : bytes_(bytes.begin(), bytes.end()) {}
    // `size` zero octets, to be filled through reveal_for_writing().
    explicit secret(std::size_t size) : bytes_(size) {}
    secret(secret&& other) noexcept = default;
    secret& operator=(secret&& other) noexcept;
    secret(const secret&) = delete;
    secret& operator=(const secret&) = delete;
    ~secret() { wipe(bytes_); }

    // Another owner of the same octets, made in plain sight.
    secret clone() const { return secret(bytes_view(bytes_)); }

    bool empty() const { return bytes_.empty(); }
    std::size_t size() const { return bytes_.size(); }

    // Valid until this secret is assigned to or destroyed.
    bytes_view reveal() const { return bytes_; }
    std::span<std::uint8_t> reveal_for_writing() { return bytes_; }

private:
    std::vector<std::uint8_t> bytes_;
};

}  // namespace relayauth
