#include "vector_file.hpp"

#include "relayauth/base/hex.hpp"

#include <gtest/gtest.h>

#include <map>
#include <sstream>

// tests/vectors/vectors.json, which the openssl command computed: every file form must give it.
namespace relayauth::certificate {
namespace {

using namespace std::string_view_literals;

struct expected_values {
    std::string key_id, username_tag, password, client_id, turn_rest;
};

std::string member(std::string_view line, const std::string& name) {
    const std::string before = "\"" + name + "\":\"";
    const auto at = line.find(before);
    EXPECT_NE(at, std::string_view::npos) << name;
    if (at == std::string_view::npos) return {};
    const auto rest = line.substr(at + before.size());
    return std::string(rest.substr(0, rest.find('"')));
}

// One object on a line, no escaped quotes: all of JSON that this needs.
std::map<std::string, expected_values> read_expected() {
    std::map<std::string, expected_values> all;
    std::istringstream lines(vector_file("vectors.json"));
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with("{")) continue;
        all[member(line, "file")] = {member(line, "key_id"), member(line, "username tag"),
                                     member(line, "password"), member(line, "client id"),
                                     member(line, "turn rest\\u0000example.test")};
    }
    return all;
}

struct vector_form {
    const char* name;         // of the test
    const char* vector;       // the key's line in vectors.json
    const char* certificate;  // file
    const char* key;          // file, or nothing
};

class EveryFormOfAKey : public testing::TestWithParam<vector_form> {};

TEST_P(EveryFormOfAKey, DerivesWhatTheOpensslCommandDerives) {
    const auto all = read_expected();
    ASSERT_TRUE(all.contains(GetParam().vector));
    const auto& expected = all.at(GetParam().vector);
    const std::string key = *GetParam().key ? vector_file(GetParam().key) : "";

    const auto got = parse_locked(vector_file(GetParam().certificate), key);

    ASSERT_TRUE(got.has_value()) << got.error().text;
    EXPECT_EQ(got->about().key_id, expected.key_id);
    EXPECT_EQ(to_hex(got->derive("username tag").reveal()), expected.username_tag);
    EXPECT_EQ(to_hex(got->derive("password").reveal()), expected.password);
    EXPECT_EQ(to_hex(got->derive("client id").reveal()), expected.client_id);
    EXPECT_EQ(to_hex(got->derive("turn rest\0example.test"sv).reveal()), expected.turn_rest);
}

constexpr vector_form forms[] = {
    {"RsaPkcs8", "rsa2048.key.pem", "rsa2048.cert.pem", "rsa2048.key.pem"},
    {"RsaPkcs1", "rsa2048.key.pem", "rsa2048.cert.pem", "rsa2048.pkcs1.pem"},
    {"RsaEncryptedPkcs8", "rsa2048.key.pem", "rsa2048.cert.pem", "rsa2048.encrypted.pem"},
    {"RsaEncryptedPkcs8Rc2", "rsa2048.key.pem", "rsa2048.cert.pem", "rsa2048.rc2.pem"},
    {"RsaEncryptedTraditional", "rsa2048.key.pem", "rsa2048.cert.pem", "rsa2048.traditional.pem"},
    {"RsaUnderAnotherSubject", "rsa2048.key.pem", "rsa2048.renamed.pem", "rsa2048.key.pem"},
    {"RsaUnderAnotherIssuer", "rsa2048.key.pem", "rsa2048.chain.pem", "rsa2048.key.pem"},
    {"RsaPfx", "rsa2048.key.pem", "rsa2048.pfx", ""},
    {"RsaPfxRc2", "rsa2048.key.pem", "rsa2048.rc2.pfx", ""},
    {"RsaPfx3des", "rsa2048.key.pem", "rsa2048.3des.pfx", ""},
    {"RsaBagAttributes", "rsa2048.key.pem", "rsa2048.bag.pem", ""},
    {"RsaKeyInAPfxOfItsOwn", "rsa2048.key.pem", "rsa2048.cert.pem", "rsa2048.rc2.pfx"},
    {"Rsa1024", "rsa1024.key.pem", "rsa1024.cert.pem", "rsa1024.key.pem"},
    {"P256", "p256.key.pem", "p256.cert.pem", "p256.key.pem"},
    {"P256Sec1", "p256.key.pem", "p256.cert.pem", "p256.sec1.pem"},
    {"P256WithoutPublicKey", "p256.key.pem", "p256.cert.pem", "p256.nopublic.pem"},
    {"P256CompressedKey", "p256.key.pem", "p256.cert.pem", "p256.compressed.key.pem"},
    {"P256CompressedBoth", "p256.key.pem", "p256.compressed.cert.pem", "p256.compressed.key.pem"},
    {"P256CurveSpelledOut", "p256.key.pem", "p256.cert.pem", "p256.explicit.pem"},
    {"P256LeadingZero", "p256-zero.key.pem", "p256-zero.cert.pem", "p256-zero.key.pem"},
    {"P384", "p384.key.pem", "p384.cert.pem", "p384.key.pem"},
    {"P384LeadingZero", "p384-zero.key.pem", "p384-zero.cert.pem", "p384-zero.key.pem"},
    {"P521", "p521.key.pem", "p521.cert.pem", "p521.key.pem"},
    {"P521LeadingZeros", "p521-zero.key.pem", "p521-zero.cert.pem", "p521-zero.key.pem"},
    {"Ed25519", "ed25519.key.pem", "ed25519.cert.pem", "ed25519.key.pem"},
    {"Ed448", "ed448.key.pem", "ed448.cert.pem", "ed448.key.pem"},
};
INSTANTIATE_TEST_SUITE_P(Vectors, EveryFormOfAKey, testing::ValuesIn(forms),
                         [](const auto& form) { return form.param.name; });

// It needs an empty password, so it cannot be a row above.
TEST(EveryFormOfAKey, PfxWithAnEmptyPassword) {
    const auto got = parse(vector_file("rsa2048.nopassword.pfx"));
    ASSERT_TRUE(got.has_value()) << got.error().text;
    EXPECT_EQ(to_hex(got->derive("password").reveal()),
              read_expected().at("rsa2048.key.pem").password);
}

TEST(Vectors, NoTwoKeysShareAValue) {
    std::map<std::string, std::string> seen;
    for (const auto& [file, values] : read_expected()) {
        for (const auto& value : {values.key_id, values.username_tag, values.password,
                                  values.client_id, values.turn_rest}) {
            EXPECT_TRUE(seen.emplace(value, file).second) << file << " " << value;
        }
    }
    EXPECT_EQ(seen.size(), 50u);
}

}  // namespace
}  // namespace relayauth::certificate
