#include "relayauth/stun/errc.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string_view>

namespace relayauth::stun {
namespace {

constexpr int count = static_cast<int>(errc::password_algorithm_malformed) + 1;

TEST(StunErrc, EveryValueHasWordsOfItsOwn) {
    std::set<std::string_view> seen;
    for (int i = 0; i < count; ++i) {
        const auto words = to_text(static_cast<errc>(i));
        EXPECT_FALSE(words.empty()) << i;
        EXPECT_TRUE(seen.insert(words).second) << words;
        for (const char c : words) EXPECT_TRUE(c >= ' ' && c <= '~') << i;
    }
}

TEST(StunErrc, WordsNameTheAttribute) {
    for (const auto why :
         {errc::fingerprint_not_last, errc::fingerprint_size, errc::fingerprint_wrong}) {
        EXPECT_NE(to_text(why).find("FINGERPRINT"), std::string_view::npos);
    }
    for (const auto why : {errc::integrity_not_last, errc::integrity_size}) {
        EXPECT_NE(to_text(why).find("message integrity"), std::string_view::npos);
    }
    EXPECT_NE(to_text(errc::userhash_size).find("USERHASH"), std::string_view::npos);
    EXPECT_NE(to_text(errc::password_algorithm_malformed).find("PASSWORD-ALGORITHM"),
              std::string_view::npos);
}

TEST(StunErrc, NoWordsForANumberThatIsNone) {
    EXPECT_TRUE(to_text(static_cast<errc>(count)).empty());
}

}  // namespace
}  // namespace relayauth::stun
