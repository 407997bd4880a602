#include "relayauth/verify/errc.hpp"

#include <gtest/gtest.h>

#include <set>

namespace relayauth::verify {
namespace {

TEST(Errc, EachSaysSomethingOfItsOwn) {
    std::set<std::string_view> seen;
    for (const auto each :
         {errc::empty, errc::too_large, errc::not_a_key_file, errc::another_version, errc::cut,
          errc::damaged, errc::no_key, errc::unexpected_line, errc::key_id, errc::key_stage,
          errc::key_octets, errc::realm_secret, errc::realm, errc::realm_not_utf8,
          errc::realm_twice}) {
        EXPECT_FALSE(to_text(each).empty());
        EXPECT_TRUE(seen.insert(to_text(each)).second) << to_text(each);
    }
}

TEST(Errc, WordsNameTheLineWhereThereIsOne) {
    EXPECT_EQ(words({errc::key_id, 3}),
              "line 3: a key's id has 1 to 64 letters, digits, '-' and '_'");
    EXPECT_EQ(words({errc::key_id, 0}), "a key's id has 1 to 64 letters, digits, '-' and '_'");
}

}  // namespace
}  // namespace relayauth::verify
