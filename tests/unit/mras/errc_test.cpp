#include "relayauth/mras/errc.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string_view>

namespace relayauth::mras {
namespace {

TEST(MrasErrc, HasItsOwnWordsForEachValue) {
    std::set<std::string_view> texts;
    constexpr int last = static_cast<int>(errc::too_many_credentials_requests);
    for (int value = 0; value <= last; ++value) {
        const auto text = to_text(static_cast<errc>(value));
        EXPECT_NE(text, "unknown");
        EXPECT_TRUE(texts.insert(text).second) << text;
    }
    EXPECT_EQ(to_text(errc::malformed_duration), "duration is not a positive number of minutes");
    EXPECT_EQ(to_text(static_cast<errc>(last + 1)), "unknown");
}

}  // namespace
}  // namespace relayauth::mras
