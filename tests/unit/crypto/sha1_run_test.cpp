#include "relayauth/crypto/sha1_run.hpp"

#include "relayauth/base/hex.hpp"

#include <gtest/gtest.h>

#include <openssl/evp.h>

#include <algorithm>
#include <vector>

namespace relayauth::crypto {
namespace {

std::vector<std::uint8_t> octets(std::size_t count) {
    std::vector<std::uint8_t> made(count);
    for (std::size_t i = 0; i < count; ++i) made[i] = static_cast<std::uint8_t>(i * 7 + 1);
    return made;
}

std::string openssl_sha1(bytes_view text) {
    sha1_tag digest;
    EXPECT_EQ(EVP_Digest(text.data(), text.size(), digest.data(), nullptr, EVP_sha1(), nullptr), 1);
    return to_hex(digest);
}

// Every length around the edges of three blocks, in two parts cut at every place.
TEST(Sha1Run, AgreesWithOpensslAtEveryLengthAndCut) {
    for (std::size_t size = 0; size <= 3 * sha1_block_bytes + 1; ++size) {
        const auto text = octets(size);
        const auto expected = openssl_sha1(text);
        for (std::size_t cut = 0; cut <= size; ++cut) {
            sha1_run run;
            run.absorb(bytes_view(text).first(cut));
            run.absorb(bytes_view(text).subspan(cut));
            ASSERT_EQ(to_hex(run.finish()), expected) << size << " cut at " << cut;
        }
    }
}

TEST(Sha1Run, TakesSingleOctets) {
    const auto text = octets(200);
    sha1_run run;
    for (const auto octet : text) run.absorb({&octet, 1});
    EXPECT_EQ(to_hex(run.finish()), openssl_sha1(text));
}

TEST(Sha1Run, ResumesAfterABlock) {
    const auto text = octets(sha1_block_bytes + 10);
    sha1_block first;
    std::copy_n(text.begin(), first.size(), first.begin());
    sha1_run run(sha1_run::after_block(sha1_initial_state, first), 1);
    run.absorb(bytes_view(text).subspan(first.size()));
    EXPECT_EQ(to_hex(run.finish()), openssl_sha1(text));
}

}  // namespace
}  // namespace relayauth::crypto
