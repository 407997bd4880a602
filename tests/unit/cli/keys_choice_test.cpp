#include "relayauth/cli/keys_choice.hpp"

#include <gtest/gtest.h>

namespace relayauth::cli {
namespace {

keys_choice turn_rest() {
    keys_choice chosen;
    chosen.purpose = purpose_turn_rest;
    chosen.certificates = {"a.pem"};
    chosen.realms = {"example.test"};
    return chosen;
}

keys_choice verify() {
    keys_choice chosen;
    chosen.purpose = purpose_verify;
    chosen.certificates = {"a.pem"};
    chosen.out = "relay.key";
    return chosen;
}

bool speaks_of(const keys_choice& chosen, const std::string& words) {
    return problem_of(chosen).find(words) != std::string::npos;
}

TEST(KeysChoice, TakesWhatGoesTogether) {
    EXPECT_EQ(problem_of(turn_rest()), "");
    EXPECT_EQ(problem_of(verify()), "");
    auto secret_in_file = turn_rest();
    secret_in_file.out = "secret";
    secret_in_file.json = true;
    secret_in_file.keys = {"a.key"};
    EXPECT_EQ(problem_of(secret_in_file), "");
    auto several = verify();
    several.certificates = {"a.pem", "b.pfx"};
    several.keys = {"a.key"};
    several.realms = {"a realm", "b"};
    EXPECT_EQ(problem_of(several), "");
}

TEST(KeysChoice, RefusesAnotherPurpose) {
    auto chosen = verify();
    for (const auto* purpose : {"", "Verify", "turn rest", "mint"}) {
        chosen.purpose = purpose;
        EXPECT_TRUE(speaks_of(chosen, "--purpose is turn-rest (")) << purpose;
    }
}

TEST(KeysChoice, RefusesNoCertificateAndMoreKeysThanCertificates) {
    for (auto chosen : {turn_rest(), verify()}) {
        chosen.keys = {"a.key", "b.key"};
        EXPECT_TRUE(speaks_of(chosen, "more --key than --certificate"));
        chosen.keys.clear();
        chosen.certificates.clear();
        EXPECT_TRUE(speaks_of(chosen, "--certificate F is needed"));
    }
}

TEST(KeysChoice, RefusesASharedSecretOfSeveralKeysOrNoRealmOrSeveral) {
    auto chosen = turn_rest();
    chosen.realms = {};
    EXPECT_TRUE(speaks_of(chosen, "needs --realm R"));
    chosen.realms = {"a", "b"};
    EXPECT_TRUE(speaks_of(chosen, "takes one --realm"));
    chosen = turn_rest();
    chosen.certificates = {"a.pem", "b.pem"};
    EXPECT_TRUE(speaks_of(chosen, "takes one --certificate"));
}

TEST(KeysChoice, RefusesAKeyFileWithoutAName) {
    auto chosen = verify();
    chosen.out = "";
    EXPECT_TRUE(speaks_of(chosen, "needs --out FILE"));
}

TEST(KeysChoice, RefusesStandardOutputAsAFile) {
    auto chosen = verify();
    chosen.out = "-";
    EXPECT_TRUE(speaks_of(chosen, "--out - is no file: a key file is not printed"));
    chosen = turn_rest();
    chosen.out = "-";
    EXPECT_TRUE(speaks_of(chosen, "--out - is no file: leave --out away"));
    chosen.out = "./-";
    EXPECT_EQ(problem_of(chosen), "");
}

TEST(KeysChoice, RefusesARealmThatCannotStandInAFile) {
    for (auto chosen : {turn_rest(), verify()}) {
        chosen.realms = {"\xff"};
        EXPECT_TRUE(speaks_of(chosen, "--realm: the realm is not UTF-8"));
        chosen.realms = {""};
        EXPECT_TRUE(speaks_of(chosen, "--realm: a realm is neither empty"));
    }
    auto twice = verify();
    twice.realms = {"a", "b", "a"};
    EXPECT_TRUE(speaks_of(twice, "--realm a is there twice"));
}

}  // namespace
}  // namespace relayauth::cli
