#include "relayauth/cli/exit_codes.hpp"

#include <gtest/gtest.h>

namespace relayauth::cli {
namespace {

using load::verdict_kind;

TEST(ExitCodeOf, IsZeroForAGoodRunOnly) {
    EXPECT_EQ(exit_code_of(verdict_kind::good), 0);
    for (const auto kind : {verdict_kind::interrupted, verdict_kind::errors, verdict_kind::missed,
                            verdict_kind::overloaded, verdict_kind::faulty}) {
        EXPECT_EQ(exit_code_of(kind), 3);
    }
}

TEST(ExitCodeOf, TellsARunThatSaysNothingFromABadOne) {
    EXPECT_EQ(exit_code_of(verdict_kind::invalid), 4);
}

}  // namespace
}  // namespace relayauth::cli
