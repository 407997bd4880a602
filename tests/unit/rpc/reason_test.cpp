#include "relayauth/rpc/reason.hpp"

#include "relayauth/v1/relay_auth.pb.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace relayauth::rpc {
namespace {

constexpr std::pair<reason, const char*> all_reasons[] = {
    {reason::malformed, "malformed"},       {reason::unknown_key, "unknown_key"},
    {reason::expired, "expired"},           {reason::not_yet_valid, "not_yet_valid"},
    {reason::minted_ahead, "minted_ahead"}, {reason::wrong_password, "wrong_password"},
    {reason::wrong_realm, "wrong_realm"},   {reason::wrong_identity, "wrong_identity"},
    {reason::forbidden, "forbidden"},       {reason::busy, "busy"},
    {reason::too_large, "too_large"},       {reason::unsupported_version, "unsupported_version"},
    {reason::internal, "internal"},
};

TEST(Reason, HasTheWordThatEveryWireUses) {
    for (const auto& [why, word] : all_reasons) EXPECT_EQ(to_text(why), word);
}

// Lite protobuf can name an enum's values: the words in the .proto file are ours in capitals.
TEST(Reason, HasTheNumberOfItsNamesakeInTheProtoFile) {
    for (const auto& [why, word] : all_reasons) {
        std::string name = std::string("REASON_") + word;
        for (auto& c : name) {
            if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
        }
        v1::Reason number{};
        ASSERT_TRUE(v1::Reason_Parse(name, &number)) << name;
        EXPECT_EQ(static_cast<int>(number), static_cast<int>(why)) << name;
    }
    EXPECT_EQ(v1::Reason_MAX, v1::REASON_INTERNAL);
    EXPECT_EQ(std::size(all_reasons), static_cast<std::size_t>(v1::Reason_MAX));
}

}  // namespace
}  // namespace relayauth::rpc
