#pragma once

#include "relayauth/base/secret.hpp"
#include "relayauth/base/wall_time.hpp"
#include "relayauth/crypto/hmac_sha1.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace relayauth::keyring {

// realm_secret is the TURN REST secret of one realm: 64 hexadecimal characters, whose text is the
// HMAC key (design notes, section 3).
struct realm_secret {
    std::string realm;
    secret text;
};

// key_secrets are what one private key gives: the keys for the purposes `username tag`, `password`
// and `client id`, of any length, and the TURN REST secret of each realm that is served.
struct key_secrets {
    secret username_tag;
    secret password;
    secret client_id;
    std::vector<realm_secret> turn_rest = {};
};

// realm_key makes the passwords of TURN REST names in one realm.
struct realm_key {
    std::string realm;
    crypto::hmac_sha1_key key;
};

// signing_key mints and verifies; `id` is the short key id that logs and users see.
// Move-only; its const members are safe from any thread.
struct signing_key {
    signing_key(std::string key_id, const key_secrets& secrets);

    // The key of `realm`, or null when it has none.
    const realm_key* turn_rest_in(std::string_view realm) const;

    std::string id;
    crypto::hmac_sha1_key username_tag;
    crypto::hmac_sha1_key password;
    crypto::hmac_sha1_key client_id;
    std::vector<realm_key> turn_rest;  // in the order of the realms, the first is the default
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
    // The first tick at which nothing is verified with it any more; max() of one that mints.
    wall_time serves_until() const { return mints ? wall_time::max() : verifies_until; }
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
