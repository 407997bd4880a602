#include "relayauth/verify/key_file.hpp"

#include "relayauth/base/hex.hpp"

#include "key_text.hpp"

#include <gtest/gtest.h>

// What stands in a key file, both ways. Files that are no good are in key_file_damage_test.cpp.

namespace relayauth::verify {
namespace {

using key_text::expiry_2030;

// Typed by hand; its checksum is sha256sum's.
constexpr std::string_view notes_file =
    "# Whoever holds this file can also mint credentials: guard it like the private key.\n"
    "relayauth-verify-key 1\n"
    "key notes mints\n"
    "username-tag 101112131415161718191a1b1c1d1e1f20212223\n"
    "password 505152535455565758595a5b5c5d5e5f60616263\n"
    "client-id 909192939495969798999a9b9c9d9e9fa0a1a2a3\n"
    "checksum 3aa60c2b59f6be68\n";

secret octets_of(std::string_view digits) {
    return secret(bytes_view(key_text::octets(digits)));
}

file_key notes_key() {
    file_key key;
    key.id = "notes";
    key.secrets = {octets_of("101112131415161718191a1b1c1d1e1f20212223"),
                   octets_of("505152535455565758595a5b5c5d5e5f60616263"),
                   octets_of("909192939495969798999a9b9c9d9e9fa0a1a2a3"),
                   {}};
    return key;
}

std::string written(const file_key& key) {
    const auto file = write_key_file(std::span(&key, 1));
    return file ? std::string(as_text(file->reveal())) : words(file.error());
}

std::optional<errc> refused(const file_key& key) {
    const auto file = write_key_file(std::span(&key, 1));
    return file ? std::nullopt : std::optional(file.error().why);
}

std::string tag_of(const crypto::hmac_sha1_key& key) {
    return to_hex(key.sign(as_bytes("x")));
}

TEST(KeyFile, IsWrittenLineByLine) {
    EXPECT_EQ(written(notes_key()), notes_file);
}

TEST(KeyFile, IsWrittenWithRealmsAndTheEndOfAKeyThatOnlyVerifies) {
    auto key = notes_key();
    key.mints = false;
    key.verifies_until = expiry_2030 + ticks{9'999'999};
    const std::string digits(64, 'a');
    key.secrets.turn_rest.push_back({"a realm", secret(as_bytes(digits))});
    key.secrets.turn_rest.push_back({"b", secret(as_bytes(digits))});
    EXPECT_EQ(written(key),
              key_text::file_of(key_text::notes_key("verifies-until 2030-01-02T03:04:05Z") +
                                "turn-rest " + digits + " a realm\nturn-rest " + digits + " b\n"));
}

TEST(KeyFile, EndsAKeyThatVerifiesForeverWhereTheTextEnds) {
    auto key = notes_key();
    key.mints = false;
    EXPECT_EQ(written(key),
              key_text::file_of(key_text::notes_key("verifies-until 9999-12-31T23:59:59Z")));
}

TEST(KeyFile, IsReadIntoARing) {
    const auto read = read_key_file(as_bytes(notes_file));
    ASSERT_TRUE(read) << words(read.error());
    ASSERT_EQ(read->size(), 1u);
    const auto& entry = read->front();
    EXPECT_TRUE(entry.mints);
    EXPECT_EQ(entry.key.id, "notes");
    const auto expected = notes_key();
    EXPECT_EQ(tag_of(entry.key.username_tag),
              tag_of(crypto::hmac_sha1_key(expected.secrets.username_tag)));
    EXPECT_EQ(tag_of(entry.key.password), tag_of(crypto::hmac_sha1_key(expected.secrets.password)));
    EXPECT_EQ(tag_of(entry.key.client_id),
              tag_of(crypto::hmac_sha1_key(expected.secrets.client_id)));
    EXPECT_TRUE(entry.key.turn_rest.empty());
}

TEST(KeyFile, KeepsTheOrderOfKeysAndRealms) {
    const std::string digits(64, '0');
    const auto text = key_text::file_of(key_text::rsa_key() + "turn-rest " + digits +
                                        " a realm \n" + "turn-rest " + digits + " b\xc3\xa4\n" +
                                        key_text::notes_key("verifies-until 2030-01-02T03:04:05Z"));
    const auto read = read_key_file(as_bytes(text));
    ASSERT_TRUE(read) << words(read.error());
    ASSERT_EQ(read->size(), 2u);
    EXPECT_EQ(read->front().key.id, "168e9d81");
    EXPECT_TRUE(read->front().mints);
    ASSERT_EQ(read->front().key.turn_rest.size(), 2u);
    EXPECT_EQ(read->front().key.turn_rest[0].realm, "a realm ");
    EXPECT_EQ(read->front().key.turn_rest[1].realm, "b\xc3\xa4");
    EXPECT_EQ(read->back().key.id, "notes");
    EXPECT_FALSE(read->back().mints);
    EXPECT_EQ(read->back().verifies_until, expiry_2030);
    EXPECT_TRUE(read->back().key.turn_rest.empty());
}

TEST(KeyFile, TakesTheTextOfARealmSecretForItsKey) {
    const auto text =
        key_text::file_of(key_text::rsa_key() + std::string(key_text::rsa_realm_line));
    const auto read = read_key_file(as_bytes(text));
    ASSERT_TRUE(read) << words(read.error());
    const auto* realm = read->front().key.turn_rest_in("example.test");
    ASSERT_NE(realm, nullptr);
    // base64 lRkGLLnRO5mmRKy/xYG/FzCLMyQ=, computed with Python.
    EXPECT_EQ(to_hex(realm->key.sign(as_bytes(key_text::rest_name))),
              "9519062cb9d13b99a644acbfc581bf17308b3324");
}

TEST(KeyFile, IsNotWrittenWithoutAKey) {
    EXPECT_EQ(write_key_file({}).error().why, errc::no_key);
}

TEST(KeyFile, IsNotWrittenWithWhatCouldNotBeRead) {
    EXPECT_EQ(refused(notes_key()), std::nullopt);
    for (const auto* id : {"", "a b", "a\n", "\xc3\xa4"}) {
        auto key = notes_key();
        key.id = id;
        EXPECT_EQ(refused(key), errc::key_id) << id;
    }
    auto short_key = notes_key();
    short_key.secrets.client_id = secret(15);
    EXPECT_EQ(refused(short_key), errc::key_octets);
    auto long_key = notes_key();
    long_key.secrets.username_tag = secret(65);
    EXPECT_EQ(refused(long_key), errc::key_octets);
    auto no_key = notes_key();
    no_key.secrets.password = secret();
    EXPECT_EQ(refused(no_key), errc::key_octets);
}

TEST(KeyFile, IsNotWrittenWithARealmThatCannotStandThere) {
    const std::string digits(64, 'a');
    const auto with = [](std::string_view realm, std::string_view text) {
        auto key = notes_key();
        key.secrets.turn_rest.push_back({std::string(realm), secret(as_bytes(text))});
        return key;
    };
    EXPECT_EQ(refused(with("a", digits)), std::nullopt);
    EXPECT_EQ(refused(with("a", digits.substr(1))), errc::realm_secret);
    EXPECT_EQ(refused(with("a", std::string(64, 'A'))), errc::realm_secret);
    EXPECT_EQ(refused(with("a\n", digits)), errc::realm);
    EXPECT_EQ(refused(with("\xff", digits)), errc::realm_not_utf8);
    auto twice = with("a", digits);
    twice.secrets.turn_rest.push_back({"a", secret(as_bytes(digits))});
    EXPECT_EQ(refused(twice), errc::realm_twice);
}

TEST(KeyFile, IsNotWrittenLongerThanItCouldBeRead) {
    auto key = notes_key();
    key.secrets.turn_rest.push_back(
        {std::string(max_key_file_bytes, 'r'), secret(as_bytes(std::string(64, 'a')))});
    EXPECT_EQ(refused(key), errc::too_large);
}

TEST(RealmProblem, IsAboutControlCharactersAndUtf8) {
    for (const auto* good : {"a", "a b", " ", "example.test", "\xc3\xa4", "\xc2\xa0", "a\"%'\\"}) {
        EXPECT_EQ(realm_problem(good), std::nullopt) << good;
    }
    for (const auto* control : {"", "\n", "a\r", "a\t", "\x1f", "\x7f", "\xc2\x80", "\xc2\x9f"}) {
        EXPECT_EQ(realm_problem(control), errc::realm);
    }
    EXPECT_EQ(realm_problem(std::string_view("a\0", 2)), errc::realm);
    for (const auto* broken : {"\xff", "a\xc2", "\xc0\x80"}) {
        EXPECT_EQ(realm_problem(broken), errc::realm_not_utf8);
    }
}

}  // namespace
}  // namespace relayauth::verify
