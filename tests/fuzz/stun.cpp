// Octets as a STUN request: what is read lies inside them; nobody's integrity fits a key that the
// input cannot know; and what we sign with that key here fits, until one bit of it is altered. And
// as an answer to a client of a relay: an address that is read is the one that is written.

#include "relayauth/crypto/hmac_sha1.hpp"
#include "relayauth/crypto/hmac_sha256.hpp"
#include "relayauth/stun/answer.hpp"
#include "relayauth/stun/message.hpp"

#include <algorithm>
#include <cstdlib>
#include <string_view>
#include <vector>

namespace {

using namespace relayauth;
using stun::unverified_message;
using octets = std::vector<std::uint8_t>;

constexpr std::string_view own_key = "a long-term key of no meaning";
constexpr std::size_t integrity_size = 24, integrity_sha256_size = 36;  // with their headers

void require(bool condition) {
    if (!condition) std::abort();
}

void require_inside(const std::optional<bytes_view>& view, bytes_view input) {
    if (!view) return;
    require(view->data() >= input.data() && view->size() <= input.size());
    require(view->data() + view->size() <= input.data() + input.size());
}

bool same(const std::optional<bytes_view>& a, const std::optional<bytes_view>& b) {
    if (!a || !b) return !a && !b;
    return std::equal(a->begin(), a->end(), b->begin(), b->end());
}

void require_same(const unverified_message& a, const unverified_message& b) {
    require(a.form() == b.form() && a.method() == b.method());
    require(same(a.username(), b.username()) && same(a.realm(), b.realm()));
    require(same(a.nonce(), b.nonce()) && a.has_userhash() == b.has_userhash());
    require(a.password_algorithm() == b.password_algorithm());
}

// The octets with an integrity attribute of our own at their end. The rules of RFC 8489 14.5 and
// 14.6 and of protocol notes 4.4, written anew and with copies.
octets sealed(bytes_view input, stun::form dialect, bool sha256) {
    octets out(input.begin(), input.end());
    const auto added = sha256 ? integrity_sha256_size : integrity_size;
    store_be16(&out[2], static_cast<std::uint16_t>(input.size() + added - 20));
    octets text(out);
    while (dialect == stun::form::ms_turn && text.size() % 64 != 0) text.push_back(0);
    const std::uint8_t header[] = {0, static_cast<std::uint8_t>(sha256 ? 0x1C : 0x08), 0,
                                   static_cast<std::uint8_t>(added - 4)};
    out.insert(out.end(), std::begin(header), std::end(header));
    if (sha256) {
        const auto tag = crypto::hmac_sha256(as_bytes(own_key), {text});
        out.insert(out.end(), tag.begin(), tag.end());
        return out;
    }
    const auto tag = crypto::hmac_sha1_key(as_bytes(own_key)).sign(text);
    out.insert(out.end(), tag.begin(), tag.end());
    return out;
}

void try_sealed(const unverified_message& read, bytes_view input, bool sha256) {
    if (sha256 && read.form() == stun::form::ms_turn) return;
    auto message = sealed(input, read.form(), sha256);
    const auto again = unverified_message::parse(message);
    // What has a FINGERPRINT already cannot be signed behind it.
    if (!again) return require(again.error() == stun::errc::fingerprint_not_last);
    require_same(read, *again);
    require(again->is_signed() && again->signed_by(as_bytes(own_key)));
    require(!again->signed_by(as_bytes(own_key.substr(1))));

    const auto bit = (input.size() * 31 + input.back()) % (message.size() * 8);
    message[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
    const auto altered = unverified_message::parse(message);
    require(!altered || !altered->signed_by(as_bytes(own_key)));
}

void try_answer(bytes_view input) {
    const auto read = stun::parse_answer(input);
    if (!read) return;
    require(read->payload.size() + read->realm.size() + read->reason.size() <= 3 * input.size());
    for (const auto& each : {read->relayed, read->peer}) {
        if (!each) continue;
        const auto value = stun::xor_address(*each, read->id);
        require(std::search(input.begin(), input.end(), value.begin() + 1, value.end()) !=
                input.end());
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const bytes_view input(data, size);
    try_answer(input);
    const auto read = unverified_message::parse(input);
    if (!read) {
        require(!stun::to_text(read.error()).empty());
        return 0;
    }
    for (const auto& view : {read->username(), read->realm(), read->nonce()}) {
        require_inside(view, input);
    }
    require(!read->signed_by(as_bytes(own_key)));
    if (!read->is_signed() && size + integrity_sha256_size <= 20 + 0xFFFF) {
        try_sealed(*read, input, false);
        try_sealed(*read, input, true);
    }
    return 0;
}
