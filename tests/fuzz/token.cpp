// Octets as a raw username: what decodes is written back as it was; nobody's signature is ever
// good; and what our own key signed, whatever it says, is judged as exact arithmetic judges it.

#include "relayauth/token/token.hpp"
#include "relayauth/base/base64.hpp"
#include "relayauth/credential/validate.hpp"
#include "relayauth/credential/words.hpp"
#include "relayauth/token/rest_name.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <vector>

namespace {

using namespace relayauth;
using credential::refusal;
using token::unverified_token;

__extension__ typedef __int128 wide;  // holds every sum of times without saturating

constexpr std::size_t longest_input = 256;  // a username has 56 octets

void require(bool condition) {
    if (!condition) std::abort();
}

secret typed(std::string_view text) {
    return secret(as_bytes(text));
}

// Fixed and not drawn, so that a finding can be replayed; the input cannot learn it.
const keyring::ring& own_ring() {
    static const keyring::ring ring = [] {
        std::vector<keyring::entry> entries;
        entries.push_back({keyring::signing_key(
            "fuzz", {typed("a tag key of no meaning"), typed("a password key"), typed("an id")})});
        return keyring::ring(std::move(entries));
    }();
    return ring;
}

void require_same(const token::fields& a, const token::fields& b) {
    require(a.version == b.version && a.expires_at == b.expires_at && a.client == b.client &&
            a.lifetime == b.lifetime);
}

// The lower 24 bits of flags without a lifetime mean nothing and are not kept: they become 0.
std::vector<std::uint8_t> as_we_would_write(const unverified_token& read) {
    std::vector<std::uint8_t> blob(read.blob().begin(), read.blob().end());
    if (read.claimed().version == token::version::v2 && !read.claimed().lifetime) {
        std::fill_n(blob.begin() + token::flags_offset, 4, std::uint8_t{0});
    }
    return blob;
}

void try_round_trip(bytes_view input) {
    const auto read = unverified_token::decode(input);
    if (!read) return;
    require(read->blob().size() + read->tag().size() == input.size());
    std::array<std::uint8_t, token::max_blob_size> out;
    const auto size = token::encode(read->claimed(), out);
    const auto expected = as_we_would_write(*read);
    require(size == expected.size() && std::equal(expected.begin(), expected.end(), out.begin()));

    std::vector<std::uint8_t> again(expected);
    again.insert(again.end(), read->tag().begin(), read->tag().end());
    const auto second = unverified_token::decode(again);
    require(second.has_value());
    require_same(second->claimed(), read->claimed());
}

// Nothing signs a TURN REST name: it is never good by itself, nor with a password that nobody made.
void try_rest_name(std::string_view name, wall_time now) {
    const auto read = token::decode_rest_name(name);
    for (const bool with_password : {false, true}) {
        credential::validate_request request;
        request.username = name;
        if (with_password) request.password = name;
        const auto decided = credential::validate(request, own_ring(), {}, now);
        require(!decided.good() && decided.signer == nullptr);
        require(decided.window.has_value() == read.has_value());
        require(!credential::words(decided, ticks{0}).empty());
    }
    if (!read) return;
    const auto identity = token::read_identity(read->identity);
    if (identity) require(token::read_identity(token::spell_identity(*identity)) == *identity);
}

void try_unsigned(std::string_view username, wall_time now) {
    if (token::is_rest_name(username)) return try_rest_name(username, now);
    const auto decided = credential::validate({username, {}, {}, {}}, own_ring(), {}, now);
    require(decided.refused == refusal::malformed ||
            decided.refused == refusal::unsupported_version ||
            decided.refused == refusal::unknown_key);
    require(decided.key_id().empty() && !credential::words(decided, ticks{0}).empty());
}

// The rules of protocol notes 8, without saturation.
std::optional<refusal> judged(const token::fields& said, const validity_limits& limits,
                              wall_time now) {
    const wide at = now.filetime(), expires = said.expires_at.filetime();
    const wide lifetime =
        said.lifetime ? ticks(*said.lifetime).count() : limits.accept_lifetime.count();
    if (at < expires - lifetime - limits.tolerance.count()) {
        return said.lifetime ? refusal::not_yet_valid : refusal::minted_ahead;
    }
    if (at >= expires + limits.expiry_grace.count()) return refusal::expired;
    return std::nullopt;
}

void try_signed(bytes_view blob, wall_time now) {
    const auto tag = own_ring().entries().front().key.username_tag.sign(blob);
    std::vector<std::uint8_t> username(blob.begin(), blob.end());
    username.insert(username.end(), tag.begin(), tag.end());

    credential::validate_limits limits;
    limits.time.expiry_grace = std::chrono::seconds(7);
    const auto decided =
        credential::validate({encode_base64(username), {}, {}, {}}, own_ring(), limits, now);
    require(!credential::words(decided, ticks{1}).empty());
    const auto read = unverified_token::decode(username);
    if (!read) return require(!decided.good() && !decided.claimed);
    require_same(*decided.claimed, read->claimed());
    require(decided.refused == judged(read->claimed(), limits.time, now));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto input = bytes_view(data, size).first(std::min(size, longest_input));
    // The clock is read off the end, where a username has its tag. One tick before the end of time
    // at most: there the exact sums and the saturated ones part.
    wall_time now;
    if (input.size() >= 8) {
        const auto* last = &input[input.size() - 8];
        now = wall_time(std::uint64_t{load_be32(last)} << 32 | load_be32(last + 4));
        if (now == wall_time::max()) now = now - ticks{1};
    }
    try_round_trip(input);
    try_unsigned(encode_base64(input), now);
    try_unsigned(as_text(input), now);
    for (const auto blob_size : {token::v1_blob_size, token::v2_blob_size}) {
        if (input.size() >= blob_size) try_signed(input.first(blob_size), now);
    }
    return 0;
}
