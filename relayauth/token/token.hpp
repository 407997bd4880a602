#pragma once

#include "relayauth/base/bytes.hpp"
#include "relayauth/base/result.hpp"
#include "relayauth/base/validity_window.hpp"
#include "relayauth/base/wall_time.hpp"
#include "relayauth/token/wire_constants.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace relayauth::token {

// errc says why some octets are no token.
enum class errc {
    wrong_size,  // too short, or its size field and its length disagree
    // Major, minor, or the flags' top byte is none we know, in octets that have a token's size: 52
    // or more, or as many as they state. Others are wrong_size, whatever they begin with.
    unsupported_version,
    zero_lifetime,  // the flags say that they hold a lifetime, and it is 0
};

enum class version : std::uint8_t { v1 = 1, v2 = 2 };

using client_id = std::array<std::uint8_t, client_id_size>;

// fields is what a token says. `lifetime` is 1 s to max_lifetime and exists in v2 only.
struct fields {
    token::version version = version::v2;
    wall_time expires_at;
    client_id client{};
    std::optional<std::chrono::seconds> lifetime;

    // When it counts; issued_at is known only with a lifetime.
    validity_window window() const;

    bool operator==(const fields&) const = default;
};

// encode writes the blob (the token without its tag) and returns its size: v1_blob_size or
// v2_blob_size. A lifetime in v1 is not written; one outside its range is written as unknown.
// Layout: protocol notes 3.1, flags section 8.
std::size_t encode(const fields& value, std::span<std::uint8_t, max_blob_size> out);

// unverified_token is a username whose shape is right and whose tag nobody has checked: all of it
// may be a lie. credential::validate is where it becomes a verdict.
class unverified_token {
public:
    // decode reads a raw (base64-decoded) username: wrong_size, unsupported_version, zero_lifetime.
    // Views in the result live as long as `username`. Pure; safe from any thread.
    static result<unverified_token, errc> decode(bytes_view username);

    const fields& claimed() const { return claimed_; }
    bytes_view blob() const { return username_.first(username_.size() - tag_size); }
    bytes_view tag() const { return username_.last(tag_size); }
    bytes_view username() const { return username_; }

private:
    unverified_token(bytes_view username, const fields& claimed)
        : username_(username), claimed_(claimed) {}
    bytes_view username_;
    fields claimed_;
};

}  // namespace relayauth::token
