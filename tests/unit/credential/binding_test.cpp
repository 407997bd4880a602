#include "relayauth/credential/binding.hpp"

#include <gtest/gtest.h>

#include <string>

namespace relayauth::credential {
namespace {

validate_limits limits_of(std::vector<std::string> realms, bool any_realm = false) {
    validate_limits limits;
    limits.realms = std::move(realms);
    limits.any_realm = any_realm;
    return limits;
}

TEST(ServesRealm, WhereNoneIsAskedFor) {
    EXPECT_TRUE(serves_realm({}, limits_of({})));
    EXPECT_TRUE(serves_realm({}, limits_of({"example.test"})));
}

TEST(ServesRealm, WhereItIsOneOfOurs) {
    const auto limits = limits_of({"example.test", "other.test"});
    EXPECT_TRUE(serves_realm("example.test", limits));
    EXPECT_TRUE(serves_realm("other.test", limits));
    for (const auto* realm : {"", "example.tes", "example.test2", "Example.test", "third.test"}) {
        EXPECT_FALSE(serves_realm(realm, limits)) << realm;
    }
    EXPECT_FALSE(serves_realm("example.test", limits_of({})));
}

TEST(ServesRealm, WhereTheCallerVouchesForIt) {
    EXPECT_TRUE(serves_realm("third.test", limits_of({}, true)));
    EXPECT_TRUE(serves_realm("third.test", limits_of({"example.test"}, true)));
}

// The octets 00..13 as base64, from coreutils.
constexpr std::string_view password_text = "AAECAwQFBgcICQoLDA0ODxAREhM=";
constexpr crypto::sha1_tag password = {0,  1,  2,  3,  4,  5,  6,  7,  8,  9,
                                       10, 11, 12, 13, 14, 15, 16, 17, 18, 19};

TEST(FitsText, ThePasswordInBase64) {
    EXPECT_TRUE(fits_text(password_text, password));
}

TEST(FitsText, NothingThatDiffersInOneCharacterOrInLength) {
    for (std::size_t i = 0; i < password_text.size(); ++i) {
        std::string other(password_text);
        other[i] = other[i] == 'x' ? 'y' : 'x';
        EXPECT_FALSE(fits_text(other, password)) << i;
        EXPECT_FALSE(fits_text(password_text.substr(0, i), password)) << i;
    }
    EXPECT_FALSE(fits_text(std::string(password_text) + "=", password));
    EXPECT_FALSE(fits_text(as_text(password), password)) << "the octets themselves";
}

}  // namespace
}  // namespace relayauth::credential
