#include "bench/micro/fixture.hpp"
#include "relayauth/credential/issue.hpp"
#include "relayauth/credential/validate.hpp"

#include <benchmark/benchmark.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <array>

namespace relayauth::bench {

namespace {

credential::issue_request for_alice() {
    credential::issue_request wanted;
    wanted.identity = "sip:alice@example.com";
    wanted.duration = std::chrono::minutes(480);
    return wanted;
}

credential::validate_request shown(std::string_view username) {
    credential::validate_request request;
    request.username = username;
    return request;
}

void credential_issue(benchmark::State& state) {
    const auto keys = make_ring();
    const credential::issue_limits limits;
    auto at = now;
    for (auto _ : state) {
        const auto made = credential::issue(for_alice(), keys, limits, at);
        if (!made || made->username().size() != 76) return state.SkipWithError("not minted");
        benchmark::DoNotOptimize(made->password().data());
        at = at + ticks{10};
    }
}
BENCHMARK(credential_issue);

void validate_with(benchmark::State& state, const keyring::ring& judge) {
    const auto mint = make_ring(static_cast<int>(judge.entries().size()) - 1);
    const auto made = credential::issue(for_alice(), make_ring(), {}, now);
    const credential::validate_limits limits;
    for (auto _ : state) {
        const auto decided = credential::validate(shown(made->username()), judge, limits, now);
        if (!decided.good()) return state.SkipWithError("a good credential was refused");
    }
}
void credential_validate(benchmark::State& state) {
    validate_with(state, make_ring());
}
BENCHMARK(credential_validate);

void credential_validate_unknown_of_two(benchmark::State& state) {
    const auto keys = make_ring(1);
    std::string username(credential::issue(for_alice(), keys, {}, now)->username());
    username[70] = username[70] == 'A' ? 'B' : 'A';
    for (auto _ : state) {
        const auto decided = credential::validate(shown(username), keys, {}, now);
        if (decided.refused != credential::refusal::unknown_key)
            return state.SkipWithError("not refused");
    }
}
BENCHMARK(credential_validate_unknown_of_two);

// What a plain user of OpenSSL 3 pays for the token's three HMACs: EVP_MAC re-initialised without a
// key.
void three_evp_macs(benchmark::State& state) {
    EVP_MAC* algorithm = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
    char digest[] = "SHA1";
    const std::array<OSSL_PARAM, 2> parameters = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
        OSSL_PARAM_construct_end()};
    std::array<EVP_MAC_CTX*, 3> contexts;
    const std::array<std::uint8_t, 32> key{0x10};
    for (auto& each : contexts) {
        each = EVP_MAC_CTX_new(algorithm);
        EVP_MAC_init(each, key.data(), key.size(), parameters.data());
    }
    const std::array<std::size_t, 3> sizes = {21, 36, 56};  // identity, blob, username
    std::array<std::uint8_t, 56> text{};
    for (auto _ : state) {
        for (std::size_t i = 0; i < 3; ++i) {
            std::array<std::uint8_t, 20> tag;
            std::size_t size = 0;
            EVP_MAC_init(contexts[i], nullptr, 0, nullptr);
            EVP_MAC_update(contexts[i], text.data(), sizes[i]);
            EVP_MAC_final(contexts[i], tag.data(), &size, tag.size());
            if (size != tag.size()) return state.SkipWithError("no tag");
            text[0] = tag[0];
        }
    }
    for (auto* each : contexts) EVP_MAC_CTX_free(each);
    EVP_MAC_free(algorithm);
}
BENCHMARK(three_evp_macs);

}  // namespace
}  // namespace relayauth::bench
