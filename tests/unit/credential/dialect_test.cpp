#include "relayauth/credential/dialect.hpp"

#include <gtest/gtest.h>

namespace relayauth::credential {
namespace {

TEST(Dialect, HasTheWordsThatLogsAndPeopleSee) {
    EXPECT_EQ(to_text(dialect::mras), "mras");
    EXPECT_EQ(to_text(dialect::turn_rest), "turn_rest");
}

}  // namespace
}  // namespace relayauth::credential
