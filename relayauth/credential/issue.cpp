#include "relayauth/credential/issue.hpp"

#include <algorithm>

namespace relayauth::credential {
namespace {

constexpr std::uint8_t quote = 0x22, nul = 0x00;

// libnice takes leading quotes and trailing quotes and NULs off username and password before it
// hashes them, although they are binary (protocol notes 6): about 1.9 % of random ones break.
bool survives_trimming(bytes_view binary) {
    return binary.front() != quote && binary.back() != quote && binary.back() != nul;
}

struct raw_credential {
    std::array<std::uint8_t, token::max_username_size> username;
    std::size_t username_size;
    crypto::sha1_tag password;

    bytes_view username_bytes() const { return bytes_view(username).first(username_size); }
};

void sign(const token::fields& fields, const keyring::signing_key& key, raw_credential& out) {
    const auto blob_size =
        token::encode(fields, std::span(out.username).first<token::max_blob_size>());
    const auto tag = key.username_tag.sign(bytes_view(out.username).first(blob_size));
    std::copy(tag.begin(), tag.end(),
              out.username.begin() + static_cast<std::ptrdiff_t>(blob_size));
    out.username_size = blob_size + tag.size();
    out.password = key.password.sign(out.username_bytes());
}

}  // namespace

result<minted, refusal> issue(const issue_request& request, const keyring::ring& keys,
                              const issue_limits& limits, wall_time now) {
    if (request.duration && request.duration->count() <= 0) return refusal::malformed;
    const auto* key = keys.minting_key(now);
    if (key == nullptr) return refusal::internal;

    const auto granted =
        std::min(request.duration.value_or(limits.max_lifetime), limits.max_lifetime);
    const std::chrono::seconds whole = granted;
    const auto lifetime = std::min(request.lives_for.value_or(whole), whole);
    token::fields fields;
    fields.version = request.version;
    fields.client = key->client_id.sign(as_bytes(request.identity));
    fields.lifetime = lifetime;
    fields.expires_at = now + lifetime;

    raw_credential raw;
    // Filled where the caller gets it: a copy would wait for the small stores that it is made of.
    const auto finish = [&] {
        result<minted, refusal> made(boost::system::in_place_value);
        encode_base64(raw.username_bytes(), made->username_.data());
        made->username_size_ = base64_size(raw.username_size);
        encode_base64(raw.password, made->password_.data());
        made->version = request.version;
        made->granted = granted;
        made->issued_at = fields.expires_at - lifetime;
        made->expires_at = fields.expires_at;
        made->client = fields.client;
        made->key_id = key->id;
        return made;
    };
    // Each try is clean with probability 0.98, so 100 in a row are spoilt less often than never.
    for (int tries = 0; tries < 100; ++tries, fields.expires_at = fields.expires_at - ticks{1}) {
        sign(fields, *key, raw);
        if (survives_trimming(raw.username_bytes()) && survives_trimming(raw.password)) {
            return finish();
        }
    }
    return refusal::internal;
}

}  // namespace relayauth::credential
