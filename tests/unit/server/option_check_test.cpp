#include "relayauth/server/option_table.hpp"

#include <gtest/gtest.h>

namespace relayauth::server {
namespace {

using session::plaintext_rule;

// What check() says of --lab beside these.
bool may_have_lab(plaintext_rule plaintext, std::vector<net::host_port> listen,
                  std::optional<net::host_port> redis = {}) {
    options chosen;
    chosen.certificates = {"c.pem"};
    chosen.plaintext = plaintext;
    chosen.listen = std::move(listen);
    chosen.redis_listen = std::move(redis);
    EXPECT_EQ(check(chosen), std::nullopt);
    chosen.lab = true;
    const auto problem = check(chosen);
    EXPECT_TRUE(!problem || problem->find("--lab") != std::string::npos);
    return !problem;
}

TEST(Check, LetsALabListenAnywhereForTlsAndLoopback) {
    EXPECT_TRUE(may_have_lab(plaintext_rule::loopback, {}));
    EXPECT_TRUE(may_have_lab(plaintext_rule::never, {{"0.0.0.0", 5062}}));
}

TEST(Check, RefusesALabThatServesOthersInPlainText) {
    EXPECT_FALSE(may_have_lab(plaintext_rule::always, {}));
    EXPECT_FALSE(may_have_lab(plaintext_rule::always, {{"0.0.0.0", 5062}}));
    EXPECT_FALSE(may_have_lab(plaintext_rule::always, {{"127.0.0.1", 1}, {"192.0.2.1", 1}}));
    EXPECT_FALSE(may_have_lab(plaintext_rule::always, {{"edge.example.test", 1}}));
    for (const auto* host : {"127.0.0.1", "127.8.8.8", "::1", "localhost"})
        EXPECT_TRUE(may_have_lab(plaintext_rule::always, {{host, 1}})) << host;
}

TEST(Check, RefusesALabBesideAPublicDoorForCoturn) {
    EXPECT_FALSE(may_have_lab(plaintext_rule::loopback, {}, net::host_port{"0.0.0.0", 6379}));
    EXPECT_TRUE(may_have_lab(plaintext_rule::loopback, {}, net::host_port{"127.0.0.1", 6379}));
}

}  // namespace
}  // namespace relayauth::server
