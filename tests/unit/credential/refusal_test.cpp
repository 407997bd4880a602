#include "relayauth/credential/refusal.hpp"

#include <gtest/gtest.h>

namespace relayauth::credential {
namespace {

struct word {
    refusal reason;
    std::string_view text;
};
// The closed set of design notes 4, typed from there; users grep for these words.
constexpr word all[] = {
    {refusal::malformed, "malformed"},       {refusal::unknown_key, "unknown_key"},
    {refusal::expired, "expired"},           {refusal::not_yet_valid, "not_yet_valid"},
    {refusal::minted_ahead, "minted_ahead"}, {refusal::wrong_password, "wrong_password"},
    {refusal::wrong_realm, "wrong_realm"},   {refusal::wrong_identity, "wrong_identity"},
    {refusal::forbidden, "forbidden"},       {refusal::busy, "busy"},
    {refusal::too_large, "too_large"},       {refusal::unsupported_version, "unsupported_version"},
    {refusal::internal, "internal"},
};

TEST(Refusal, IsNamedAsInTheDesign) {
    for (const auto& each : all) EXPECT_EQ(to_text(each.reason), each.text);
}

TEST(Refusal, HasNoOtherValue) {
    // `internal` is the last one, and the table above has as many rows as there are values.
    EXPECT_EQ(static_cast<std::size_t>(refusal::internal) + 1, std::size(all));
    EXPECT_EQ(to_text(static_cast<refusal>(std::size(all))), "");
}

}  // namespace
}  // namespace relayauth::credential
