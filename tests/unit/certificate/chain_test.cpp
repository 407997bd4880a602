#include "relayauth/certificate/chain.hpp"

#include "vector_file.hpp"

#include <gtest/gtest.h>

namespace relayauth::certificate {
namespace {

container read(const std::string& file) {
    auto got = read_pem(file, nullptr, "certificate file");
    EXPECT_TRUE(got.has_value());
    return got ? *std::move(got) : container{};
}

TEST(Chain, LeafIsTheOneThatIssuedNoOther) {
    EXPECT_EQ(leaf_of(read(vector_file("rsa2048.chain.pem")).certificates), 1u);
    EXPECT_EQ(leaf_of(read(vector_file("p256.cert.pem")).certificates), 0u);
}

TEST(Chain, LeafOfARingIsTheFirst) {
    // The same self-signed certificate twice: each has issued the other.
    const auto twice = vector_file("p256.cert.pem") + vector_file("p256.cert.pem");
    const auto found = read(twice);
    EXPECT_EQ(leaf_of(found.certificates), 0u);
    EXPECT_EQ(chain_from(found.certificates, 0).size(), 2u);
}

TEST(Chain, FollowsIssuersAndTakesNoOther) {
    const auto found = read(vector_file("p384.cert.pem") + vector_file("rsa2048.chain.pem"));
    EXPECT_EQ(chain_from(found.certificates, 2).size(), 3u);
    EXPECT_EQ(chain_from(found.certificates, 0).size(), 1u);
    EXPECT_EQ(chain_from(found.certificates, 3).size(), 2u);
}

TEST(Chain, PairsAKeyWithItsFirstCertificate) {
    const auto found = read(vector_file("p384.cert.pem") + vector_file("rsa2048.cert.pem") +
                            vector_file("rsa2048.renamed.pem") + vector_file("p256.key.pem") +
                            vector_file("rsa2048.key.pem"));
    const auto pair = matching_pair(found.certificates, found.keys);
    ASSERT_TRUE(pair.has_value());
    EXPECT_EQ(pair->certificate, 1u);
    EXPECT_EQ(pair->key, 1u);
}

TEST(Chain, FindsNoPairWhereThereIsNone) {
    const auto found = read(vector_file("p384.cert.pem") + vector_file("p256.key.pem"));
    EXPECT_FALSE(matching_pair(found.certificates, found.keys).has_value());
    EXPECT_FALSE(matching_pair(found.certificates, {}).has_value());
}

}  // namespace
}  // namespace relayauth::certificate
