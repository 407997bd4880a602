#pragma once

#include "relayauth/base/secret.hpp"
#include "relayauth/base/wall_time.hpp"
#include "relayauth/crypto/hmac_sha1.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace relayauth::keyring {

// key_secrets are the three keys that one private key gives (purposes `username tag`, `password`,
// `client id`); any length.
struct key_secrets {
    secret username_tag;
    secret password;
    secret client_id;
};

// signing_key mints and verifies; `id` is the short key id that logs and users see.
// Move-only; its const members are safe from any thread.
struct signing_key {
    signing_key(std::string key_id, const key_secrets& secrets)
        : id(std::move(key_id)),
          username_tag(secrets.username_tag),
          password(secrets.password),
          client_id(secrets.client_id) {}

    std::string id;
    crypto::hmac_sha1_key username_tag;
    crypto::hmac_sha1_key password;
    crypto::hmac_sha1_key client_id;
};

// A key stops minting before it stops verifying: what it signed must outlive its minting stage, or
// a client is refused through no fault of its own.
enum class key_stage { minting, verifying, retired };
std::string_view to_text(key_stage stage);

// entry is a key and how long it serves. A minting key mints whatever its certificate's dates say
// (the server warns); a verify-only one verifies until `verifies_until`, its notAfter.
struct entry {
    signing_key key;
    bool mints = true;
    wall_time verifies_until = wall_time::max();

    key_stage stage(wall_time now) const;
};

// ring holds keys, newest first. There is no key id in a token, so verifying tries one key after
// the other. Immutable once made; safe from any thread.
class ring {
public:
    ring() = default;
    explicit ring(std::vector<entry> newest_first) : entries_(std::move(newest_first)) {}

    // The newest key that is minting at `now`, or null. Lives as long as the ring.
    const signing_key* minting_key(wall_time now) const;

    // All entries, newest first; skip those whose stage at `now` is retired.
    std::span<const entry> entries() const { return entries_; }

private:
    std::vector<entry> entries_;
};

}  // namespace relayauth::keyring
