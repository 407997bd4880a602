#include "relayauth/rpc/vocabulary.hpp"

#include "relayauth/v1/relay_auth.pb.h"

#include <gtest/gtest.h>

namespace relayauth::rpc {
namespace {

TEST(Dialect, HasItsOwnWordAndNoneWithoutAName) {
    EXPECT_EQ(to_text(dialect::mras), "mras");
    EXPECT_EQ(to_text(dialect::turn_rest), "turn_rest");
    EXPECT_EQ(to_text(static_cast<dialect>(2)), "");
}

TEST(Vocabulary, HasTheNumbersOfTheProtoFile) {
    EXPECT_EQ(static_cast<int>(dialect::mras), v1::DIALECT_MRAS);
    EXPECT_EQ(static_cast<int>(dialect::turn_rest), v1::DIALECT_TURN_REST);
    EXPECT_EQ(v1::Dialect_MAX, v1::DIALECT_TURN_REST);
    EXPECT_EQ(static_cast<int>(key_digest::none), v1::KEY_DIGEST_UNSPECIFIED);
    EXPECT_EQ(static_cast<int>(key_digest::md5), v1::KEY_DIGEST_MD5);
    EXPECT_EQ(static_cast<int>(key_digest::sha256), v1::KEY_DIGEST_SHA256);
    EXPECT_EQ(v1::KeyDigest_MAX, v1::KEY_DIGEST_SHA256);
    EXPECT_EQ(static_cast<int>(key_spelling::text), v1::KEY_SPELLING_TEXT);
    EXPECT_EQ(static_cast<int>(key_spelling::raw), v1::KEY_SPELLING_RAW);
    EXPECT_EQ(v1::KeySpelling_MAX, v1::KEY_SPELLING_RAW);
}

}  // namespace
}  // namespace relayauth::rpc
