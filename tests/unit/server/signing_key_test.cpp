#include "relayauth/server/signing_key.hpp"
#include "relayauth/certificate/identity.hpp"
#include "relayauth/credential/issue.hpp"
#include "relayauth/credential/validate.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace relayauth::server {
namespace {

const std::string vectors = RELAYAUTH_SOURCE_DIR "/tests/vectors/";

std::vector<std::uint8_t> bytes_of(const std::string& file) {
    std::ifstream input(vectors + file, std::ios::binary);
    EXPECT_TRUE(input) << file;
    return {std::istreambuf_iterator<char>(input), {}};
}

// value_of reads one member of a line of tokens.json, which has one object a line.
std::string value_of(const std::string& line, const std::string& name) {
    const auto at = line.find("\"" + name + "\":");
    if (at == std::string::npos) return {};
    auto begin = at + name.size() + 3;
    if (line[begin] == '"') return line.substr(begin + 1, line.find('"', begin + 1) - begin - 1);
    return line.substr(begin, line.find_first_of(",}", begin) - begin);
}

certificate::identity identity_of(const std::string& key_file) {
    auto certificate_file = key_file;
    certificate_file.replace(certificate_file.find(".key."), 5, ".cert.");
    const auto certificate = bytes_of(certificate_file), key = bytes_of(key_file);
    auto parsed = certificate::identity::parse({certificate, key, nullptr});
    EXPECT_TRUE(parsed) << key_file;
    return std::move(*parsed);
}

// tokens.json was computed by another program, and certs/mint computes it once more with openssl.
TEST(SigningKeyOf, MintsTheCredentialsOfTokensJson) {
    std::ifstream input(vectors + "tokens.json");
    int checked = 0;
    for (std::string line; std::getline(input, line);) {
        if (line[0] != '{') continue;
        SCOPED_TRACE(line);
        std::vector<keyring::entry> entries;
        entries.push_back(
            {signing_key_of(identity_of(value_of(line, "file")), {}), true, wall_time::max()});
        const keyring::ring keys(std::move(entries));

        const std::chrono::seconds lifetime(std::stoll(value_of(line, "lifetime")));
        const wall_time expiry(std::stoull(value_of(line, "expiry")));
        const auto identity = value_of(line, "identity");
        credential::issue_request wanted;
        wanted.identity = identity;
        wanted.duration = std::chrono::duration_cast<std::chrono::minutes>(lifetime);
        wanted.version = value_of(line, "version") == "1" ? token::version::v1 : token::version::v2;
        const auto made = credential::issue(wanted, keys, {}, expiry - lifetime);
        ASSERT_TRUE(made);
        EXPECT_EQ(made->username(), value_of(line, "username"));
        EXPECT_EQ(made->password(), value_of(line, "password"));

        credential::validate_request shown;
        shown.username = made->username();
        shown.password = made->password();
        shown.identity = identity;
        EXPECT_TRUE(credential::validate(shown, keys, {}, expiry - ticks{1}).good());
        ++checked;
    }
    EXPECT_GE(checked, 30);
}

// vectors.json was computed by another program; the member holds the 32 octets in hex, and that
// text is the key.
TEST(SigningKeyOf, HasTheTurnRestSecretsOfVectorsJson) {
    std::ifstream input(vectors + "vectors.json");
    int checked = 0;
    for (std::string line; std::getline(input, line);) {
        const auto expected = value_of(line, "turn rest\\u0000example.test");
        if (expected.empty()) continue;
        SCOPED_TRACE(line);
        const auto identity = identity_of(value_of(line, "file"));
        const auto text = turn_rest_secret_of(identity, "example.test");
        EXPECT_EQ(as_text(text.reveal()), expected);

        const std::string realms[] = {"another", "example.test"};
        const auto key = signing_key_of(identity, realms);
        ASSERT_EQ(key.turn_rest.size(), 2u);
        EXPECT_EQ(key.turn_rest[0].realm, "another");
        const auto* realm = key.turn_rest_in("example.test");
        ASSERT_NE(realm, nullptr);
        EXPECT_EQ(realm->key.sign(as_bytes("x")), crypto::hmac_sha1_key(text).sign(as_bytes("x")));
        EXPECT_NE(key.turn_rest[0].key.sign(as_bytes("x")), realm->key.sign(as_bytes("x")));
        EXPECT_TRUE(signing_key_of(identity).turn_rest.empty());
        ++checked;
    }
    EXPECT_GE(checked, 10);
}

}  // namespace
}  // namespace relayauth::server
