#include "relayauth/keyring/ring.hpp"

#include "relayauth/base/hex.hpp"

#include <gtest/gtest.h>

#include <array>
#include <numeric>
#include <string>
#include <type_traits>
#include <vector>

namespace relayauth::keyring {
namespace {

constexpr wall_time not_after(135'380'270'450'000'000);  // 2030-01-02T03:04:05Z

secret ascending(std::uint8_t first) {
    std::array<std::uint8_t, 20> octets;
    std::iota(octets.begin(), octets.end(), first);
    return secret(bytes_view(octets));
}

// The keys of protocol notes 3.4.
signing_key notes_key(std::string id) {
    return {std::move(id), {ascending(0x10), ascending(0x50), ascending(0x90)}};
}

entry minting(std::string id, wall_time verifies_until = wall_time::max()) {
    return {notes_key(std::move(id)), true, verifies_until};
}
entry verifying(std::string id, wall_time verifies_until) {
    return {notes_key(std::move(id)), false, verifies_until};
}

template <class... Entries>
ring ring_of(Entries... newest_first) {
    std::vector<entry> entries;
    (entries.push_back(std::move(newest_first)), ...);
    return ring(std::move(entries));
}

std::string minting_id(const ring& keys, wall_time now) {
    const auto* key = keys.minting_key(now);
    return key == nullptr ? "none" : key->id;
}

TEST(SigningKey, GivesEachPurposeItsOwnKeyOfTheProtocolNotes) {
    const auto key = notes_key("alice");
    const auto blob =
        from_hex("0200002481c4c08001e0f7a3bb5a59b051cf5cd12cbf688ed164564e1fd59f4400000000");
    const auto username = from_hex(
        "0200002481c4c08001e0f7a3bb5a59b051cf5cd12cbf688ed164564e1fd59f4400000000"
        "233ac37f59bd3d2d84cdcaefc0f36ddc70cda70b");
    EXPECT_EQ(key.id, "alice");
    EXPECT_EQ(to_hex(key.client_id.sign(as_bytes("sip:alice@example.test"))),
              "bb5a59b051cf5cd12cbf688ed164564e1fd59f44");
    EXPECT_EQ(to_hex(key.username_tag.sign(*blob)), "233ac37f59bd3d2d84cdcaefc0f36ddc70cda70b");
    EXPECT_EQ(to_hex(key.password.sign(*username)), "14cbca3025ab0e26a706810780c99ac5de8dc32f");
}

TEST(SigningKey, TakesNoCopy) {
    EXPECT_FALSE(std::is_copy_constructible_v<signing_key>);
    EXPECT_TRUE(std::is_nothrow_move_constructible_v<signing_key>);
}

// Secrets and answers of tests/vectors (rsa2048 and p256, realm example.test), signed by openssl.
TEST(SigningKey, SignsRestNamesWithTheTextOfTheRealmsSecret) {
    key_secrets secrets{ascending(0x10), ascending(0x50), ascending(0x90), {}};
    secrets.turn_rest.push_back(
        {"example.test",
         secret(as_bytes("fb50651d5375d8bbbcfda4332439f0d4769e80f9f8e77060e8f0a954f24276e6"))});
    secrets.turn_rest.push_back(
        {"other.test",
         secret(as_bytes("cf61ce525ef8a9046c0c3d7508d573b1fd28a49533adf19fcc37641ab4c801eb"))});
    const signing_key key("rest", secrets);
    const auto name = as_bytes("1893553445:sip:alice@example.test");
    ASSERT_EQ(key.turn_rest.size(), 2u);
    EXPECT_EQ(key.turn_rest[0].realm, "example.test") << "the first is the default";
    EXPECT_EQ(to_hex(key.turn_rest_in("example.test")->key.sign(name)),
              "9519062cb9d13b99a644acbfc581bf17308b3324");
    EXPECT_EQ(to_hex(key.turn_rest_in("other.test")->key.sign(name)),
              "069f584106c2cf756b51c42948ebd55645ea52ee");
}

TEST(SigningKey, HasNoSecretForARealmThatItWasNotGiven) {
    EXPECT_EQ(notes_key("none").turn_rest_in("example.test"), nullptr);
    EXPECT_EQ(notes_key("none").turn_rest_in(""), nullptr);
    key_secrets secrets{ascending(0x10), ascending(0x50), ascending(0x90), {}};
    secrets.turn_rest.push_back({"example.test", ascending(0x30)});
    const signing_key key("one", secrets);
    ASSERT_NE(key.turn_rest_in("example.test"), nullptr);
    for (const auto* realm : {"", "example.tes", "example.test.", "Example.test", "other.test"}) {
        EXPECT_EQ(key.turn_rest_in(realm), nullptr) << realm;
    }
}

TEST(Entry, VerifiesUntilItsEndIsReachedAndIsRetiredFromThatTick) {
    const auto key = verifying("old", not_after);
    EXPECT_EQ(key.stage(wall_time(0)), key_stage::verifying);
    EXPECT_EQ(key.stage(not_after - ticks{1}), key_stage::verifying);
    EXPECT_EQ(key.stage(not_after), key_stage::retired);
    EXPECT_EQ(key.stage(not_after + ticks{1}), key_stage::retired);
    EXPECT_EQ(key.stage(wall_time::max()), key_stage::retired);
}

TEST(Entry, MintsWhateverItsEndIs) {
    const auto key = minting("new", not_after);
    EXPECT_EQ(key.stage(not_after - ticks{1}), key_stage::minting);
    EXPECT_EQ(key.stage(not_after), key_stage::minting);
    EXPECT_EQ(key.stage(wall_time::max()), key_stage::minting);
}

TEST(Entry, MintsWithoutAnEndUnlessToldOtherwise) {
    const entry key{notes_key("plain")};
    EXPECT_TRUE(key.mints);
    EXPECT_EQ(key.verifies_until, wall_time::max());
}

TEST(Ring, WithoutKeysMintsWithNone) {
    EXPECT_EQ(minting_id(ring(), not_after), "none");
    EXPECT_TRUE(ring().entries().empty());
}

TEST(Ring, MintsWithTheNewestThatMints) {
    EXPECT_EQ(minting_id(ring_of(minting("new"), minting("older")), not_after), "new");
    EXPECT_EQ(
        minting_id(ring_of(verifying("imported", wall_time::max()), minting("own")), not_after),
        "own");
}

TEST(Ring, NeverMintsWithAKeyThatOnlyVerifies) {
    EXPECT_EQ(minting_id(ring_of(verifying("imported", wall_time::max())), not_after), "none");
}

TEST(Ring, GoesOnMintingAfterTheCertificateHasEnded) {
    EXPECT_EQ(minting_id(ring_of(minting("own", not_after)), not_after + std::chrono::hours(24)),
              "own");
}

TEST(Ring, KeepsEntriesNewestFirstRetiredOnesToo) {
    const auto keys =
        ring_of(minting("new"), verifying("old", not_after), verifying("oldest", wall_time(0)));
    ASSERT_EQ(keys.entries().size(), 3u);
    EXPECT_EQ(keys.entries()[0].key.id, "new");
    EXPECT_EQ(keys.entries()[1].key.id, "old");
    EXPECT_EQ(keys.entries()[2].key.id, "oldest");
}

TEST(KeyStage, HasTheWordsThatServerInfoShows) {
    EXPECT_EQ(to_text(key_stage::minting), "minting");
    EXPECT_EQ(to_text(key_stage::verifying), "verifying");
    EXPECT_EQ(to_text(key_stage::retired), "retired");
    EXPECT_EQ(to_text(static_cast<key_stage>(3)), "");
}

}  // namespace
}  // namespace relayauth::keyring
