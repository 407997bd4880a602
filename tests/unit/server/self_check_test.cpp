#include "relayauth/server/self_check.hpp"

#include "log_capture.hpp"
#include "vector_options.hpp"

#include "relayauth/server/snapshot.hpp"

#include <gtest/gtest.h>

namespace relayauth::server {
namespace {

std::shared_ptr<session::settings> settings() {
    const auto chosen = vector_options("p256");
    auto keys = load_keys(chosen, today);
    EXPECT_TRUE(keys.has_value());
    return std::const_pointer_cast<session::settings>(make_snapshot(chosen, *keys));
}

TEST(SelfCheck, IsAProblemUntilItRan) {
    lines_of(log_format::text, [](log& output) {
        self_check check(output);
        EXPECT_TRUE(check.problem());
        check.run(settings(), today);
        EXPECT_EQ(check.problem(), std::nullopt);
        EXPECT_EQ(check.runs(), 1u);
        EXPECT_EQ(check.failures(), 0u);
    });
}

TEST(SelfCheck, TellsTheLogWhenTheOutcomeChangesAndOnlyThen) {
    const auto lines = lines_of(log_format::text, [](log& output) {
        self_check check(output);
        auto keyless = settings();
        keyless->keys = keyring::ring();
        check.run(settings(), today);
        check.run(keyless, today);
        check.run(keyless, today);
        EXPECT_EQ(check.failures(), 2u);
        check.run(settings(), today);
        check.run(settings(), today);
    });
    ASSERT_EQ(lines.size(), 2u);
    EXPECT_EQ(lines[0].substr(25).find("error self_test_failed words=\"a credential could not"),
              0u);
    EXPECT_EQ(lines[1].substr(25).find("info self_test_passed"), 0u);
}

}  // namespace
}  // namespace relayauth::server
