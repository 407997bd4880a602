#include "bench/micro/fixture.hpp"
#include "relayauth/base/base64.hpp"
#include "relayauth/credential/issue.hpp"
#include "relayauth/credential/long_term_key.hpp"
#include "relayauth/verify/key_file.hpp"
#include "relayauth/verify/verifier.hpp"

#include <benchmark/benchmark.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <array>

namespace relayauth::bench {
namespace {

// The keys of make_ring(1), written as a key file and read again.
verify::verifier make_verifier() {
    std::vector<verify::file_key> keys;
    for (int i = 0; i < 2; ++i) {
        const auto key = [i](std::uint8_t which) {
            secret octets(32);
            for (auto& each : octets.reveal_for_writing())
                each = static_cast<std::uint8_t>(which + i);
            return octets;
        };
        keys.push_back({"0000000" + std::to_string(i),
                        {key(0x10), key(0x50), key(0x90), {}},
                        i == 0,
                        wall_time::max()});
    }
    const auto file = verify::write_key_file(keys);
    return std::move(*verify::verifier::parse(as_text(file->reveal())));
}

// Minted by this machine's clock, since the verifier reads it too: that belongs to what a relay
// pays.
std::string minted_username() {
    credential::issue_request wanted;
    wanted.identity = "sip:alice@example.com";
    wanted.duration = std::chrono::minutes(480);
    const auto at = verify::to_wall_time(verify::system_now());
    return std::string(credential::issue(wanted, make_ring(), {}, at)->username());
}

void verifier_check(benchmark::State& state) {
    const auto judge = make_verifier();
    const auto username = minted_username();
    for (auto _ : state) {
        const auto decided = judge.check(username);
        if (!decided.good()) return state.SkipWithError("a good credential was refused");
        benchmark::DoNotOptimize(&decided);
    }
}
BENCHMARK(verifier_check);

void verifier_check_wrong_tag_of_two(benchmark::State& state) {
    const auto judge = make_verifier();
    auto username = minted_username();
    username[70] = username[70] == 'A' ? 'B' : 'A';
    for (auto _ : state) {
        const auto decided = judge.check(username);
        if (decided.refused() != verify::refusal::unknown_key)
            return state.SkipWithError("not refused");
        benchmark::DoNotOptimize(&decided);
    }
}
BENCHMARK(verifier_check_wrong_tag_of_two);

// evp_mac is one bare EVP_MAC, re-initialised with no key: what a plain user of OpenSSL 3 pays.
class evp_mac {
public:
    explicit evp_mac(bytes_view key) : algorithm_(EVP_MAC_fetch(nullptr, "HMAC", nullptr)) {
        char digest[] = "SHA1";
        const std::array<OSSL_PARAM, 2> parameters = {
            OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
            OSSL_PARAM_construct_end()};
        context_ = EVP_MAC_CTX_new(algorithm_);
        EVP_MAC_init(context_, key.data(), key.size(), parameters.data());
    }
    evp_mac(const evp_mac&) = delete;
    evp_mac& operator=(const evp_mac&) = delete;
    ~evp_mac() {
        EVP_MAC_CTX_free(context_);
        EVP_MAC_free(algorithm_);
    }
    std::array<std::uint8_t, 20> sign(bytes_view text) const {
        std::array<std::uint8_t, 20> tag{};
        std::size_t size = 0;
        EVP_MAC_init(context_, nullptr, 0, nullptr);
        EVP_MAC_update(context_, text.data(), text.size());
        EVP_MAC_final(context_, tag.data(), &size, tag.size());
        return tag;
    }

private:
    EVP_MAC* algorithm_;
    EVP_MAC_CTX* context_;
};

void evp_mac_of(benchmark::State& state, std::size_t size) {
    const evp_mac mac(std::array<std::uint8_t, 32>{0x10});
    std::vector<std::uint8_t> text(size);
    for (auto _ : state) text[0] = mac.sign(text)[0];
    benchmark::DoNotOptimize(text.data());
}

// The 76 characters of a username, as check takes it.
void evp_mac_of_a_username(benchmark::State& state) {
    evp_mac_of(state, 76);
}
BENCHMARK(evp_mac_of_a_username);

// The 36 octets of it that its tag signs: one block of SHA-1 less.
void evp_mac_of_a_signed_blob(benchmark::State& state) {
    evp_mac_of(state, 36);
}
BENCHMARK(evp_mac_of_a_signed_blob);

// An RFC 5389 Refresh of 152 octets: attributes have whole words, so none has 150.
std::vector<std::uint8_t> refresh(std::string_view username) {
    std::vector<std::uint8_t> request = {0, 4, 0, 0, 0x21, 0x12, 0xa4, 0x42};
    request.resize(20);
    const auto add = [&request](std::uint8_t type, bytes_view value) {
        request.insert(request.end(), {0, type, 0, static_cast<std::uint8_t>(value.size())});
        request.insert(request.end(), value.begin(), value.end());
        while (request.size() % 4 != 0) request.push_back(0);
    };
    add(0x06, as_bytes(username));
    add(0x14, as_bytes("rt"));
    add(0x15, as_bytes("0123456789abcd"));
    store_be16(&request[2], static_cast<std::uint16_t>(request.size() + 24 - 20));
    std::array<std::uint8_t, 56> raw{};
    const auto raw_size = decode_base64(username, raw);
    const auto keys = make_ring();
    const auto password =
        keys.entries().front().key.password.sign(bytes_view(raw).first(raw_size.value_or(0)));
    const auto key = credential::long_term_key_of(as_bytes(username), "rt", password,
                                                  stun::digest::md5, credential::spelling::text);
    add(0x08, evp_mac(key.reveal()).sign(request));
    return request;
}

void verifier_check_message(benchmark::State& state) {
    const auto judge = make_verifier();
    const auto request = refresh(minted_username());
    if (request.size() != 152) return state.SkipWithError("another size of request");
    for (auto _ : state) {
        const auto decided = judge.check_message(request, "rt");
        if (!decided.good()) return state.SkipWithError("a good request was refused");
        benchmark::DoNotOptimize(&decided);
    }
}
BENCHMARK(verifier_check_message);

void evp_mac_of_a_message(benchmark::State& state) {
    evp_mac_of(state, 152 - 24);
}
BENCHMARK(evp_mac_of_a_message);

}  // namespace
}  // namespace relayauth::bench
