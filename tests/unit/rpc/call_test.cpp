#include "relayauth/rpc/call.hpp"

#include "allocation_count.hpp"
#include "octets.hpp"

#include <gtest/gtest.h>

#include <string>

namespace relayauth::rpc {
namespace {

// A payload and what the parser made of it, with both kept alive for the views.
struct parsed {
    explicit parsed(std::string_view hex) : payload(octets(hex)), answer(parser.parse(payload)) {}

    const issue_call& issue() const { return std::get<issue_call>(answer->body); }
    errc why() const { return answer.error().why; }

    call_parser parser;
    std::vector<std::uint8_t> payload;
    result<call, failed_call> answer;
};

TEST(CallParser, ReadsAnIssue) {
    const parsed p(issue_envelope_hex);
    ASSERT_TRUE(p.answer.has_value());
    EXPECT_EQ(p.answer->id, 7u);
    EXPECT_EQ(p.answer->client_time, wall_time(135380270450000000u));
    EXPECT_EQ(p.issue().identity, "sip:alice@example.test");
    EXPECT_EQ(p.issue().duration_minutes, 480u);
    EXPECT_EQ(p.issue().token_version, 1u);
}

TEST(CallParser, ReadsAnIssueOfNothingButAnIdentity) {
    const parsed p("22 03 0a 01 61");
    ASSERT_TRUE(p.answer.has_value());
    EXPECT_EQ(p.answer->id, 0u);
    EXPECT_FALSE(p.answer->client_time);
    EXPECT_EQ(p.issue().identity, "a");
    EXPECT_FALSE(p.issue().duration_minutes);
    EXPECT_EQ(p.issue().token_version, 2u);
}

TEST(CallParser, ReadsAnEmptyIssue) {
    const parsed p("08 01 22 00");
    ASSERT_TRUE(p.answer.has_value());
    EXPECT_EQ(p.issue().identity, "");
}

TEST(CallParser, ReadsAValidateAndKeepsAbsentApartFromEmpty) {
    const parsed p(validate_envelope_hex);
    ASSERT_TRUE(p.answer.has_value());
    EXPECT_EQ(p.answer->id, 300u);
    const auto items = std::get<validate_call>(p.answer->body).items;
    ASSERT_EQ(items.size(), 2u);
    EXPECT_EQ(items[0].username, "user");
    EXPECT_EQ(items[0].password, "pass");
    EXPECT_EQ(items[0].realm, "r");
    EXPECT_EQ(items[0].identity, "i");
    EXPECT_EQ(items[1].username, "u2");
    EXPECT_EQ(items[1].password, "");
    EXPECT_FALSE(items[1].realm);
    EXPECT_FALSE(items[1].identity);
}

TEST(CallParser, ReadsAServerInfo) {
    const parsed p(server_info_envelope_hex);
    ASSERT_TRUE(p.answer.has_value());
    EXPECT_EQ(p.answer->id, 1u);
    EXPECT_TRUE(std::holds_alternative<server_info_call>(p.answer->body));
}

TEST(CallParser, TakesAClientTimeOf0AsNotGiven) {
    EXPECT_FALSE(parsed("11 00 00 00 00 00 00 00 00 32 00").answer->client_time);
    EXPECT_EQ(parsed("11 ff ff ff ff ff ff ff ff 32 00").answer->client_time, wall_time::max());
}

TEST(CallParser, ReadsFieldsInAnyOrder) {
    const parsed p("22 05 10 05 0a 01 61 08 09");
    ASSERT_TRUE(p.answer.has_value());
    EXPECT_EQ(p.answer->id, 9u);
    EXPECT_EQ(p.issue().duration_minutes, 5u);
    EXPECT_EQ(p.issue().identity, "a");
}

TEST(CallParser, IgnoresFieldsItDoesNotKnow) {
    // Fields 3 and 15 of the envelope, 9 of Issue, and known numbers with a type that is not
    // theirs.
    const parsed p(
        "18 05  7a 01 78  0d 01 02 03 04  10 01"
        "  22 0f 0a 01 61 4a 00 08 01 12 00 1a 00 22 00 28 01  08 02");
    ASSERT_TRUE(p.answer.has_value());
    EXPECT_EQ(p.answer->id, 2u);
    EXPECT_FALSE(p.answer->client_time);
    EXPECT_EQ(p.issue().identity, "a");
    EXPECT_FALSE(p.issue().duration_minutes);
    EXPECT_EQ(p.issue().token_version, 2u);
    EXPECT_EQ(p.issue().dialect, dialect::mras);
    EXPECT_FALSE(p.issue().realm);
}

TEST(CallParser, IgnoresFieldsItDoesNotKnowInItems) {
    const parsed p("2a 10 12 01 78 0a 0b 08 01 2a 01 78 10 01 18 01 32 00");
    ASSERT_TRUE(p.answer.has_value());
    const auto items = std::get<validate_call>(p.answer->body).items;
    ASSERT_EQ(items.size(), 1u);
    EXPECT_EQ(items[0].username, "");
    EXPECT_FALSE(items[0].password);
    EXPECT_FALSE(items[0].realm);
    EXPECT_EQ(items[0].key_digest, key_digest::none);
    EXPECT_EQ(items[0].key_spelling, key_spelling::text);
    const parsed check("3a 0b 0a 09 08 01 10 01 1a 00 22 01 78");
    ASSERT_TRUE(check.answer.has_value());
    const auto messages = std::get<check_message_call>(check.answer->body).items;
    ASSERT_EQ(messages.size(), 1u);
    EXPECT_TRUE(messages[0].message.empty());
    EXPECT_EQ(messages[0].realm, "");
}

TEST(CallParser, ReadsAnIssueInAnotherDialect) {
    const parsed p(rest_issue_envelope_hex);
    ASSERT_TRUE(p.answer.has_value());
    EXPECT_EQ(p.issue().identity, "a");
    EXPECT_EQ(p.issue().dialect, dialect::turn_rest);
    EXPECT_EQ(p.issue().realm, "r");
    EXPECT_EQ(parsed("22 02 2a 00").issue().realm, "") << "there, if empty";
}

TEST(CallParser, ReadsWhichKeyIsWanted) {
    const parsed p(key_envelope_hex);
    ASSERT_TRUE(p.answer.has_value());
    const auto items = std::get<validate_call>(p.answer->body).items;
    ASSERT_EQ(items.size(), 1u);
    EXPECT_EQ(items[0].username, "u");
    EXPECT_EQ(items[0].realm, "r");
    EXPECT_EQ(items[0].key_digest, key_digest::sha256);
    EXPECT_EQ(items[0].key_spelling, key_spelling::raw);
}

TEST(CallParser, ReadsACheckMessage) {
    const parsed p(check_message_envelope_hex);
    ASSERT_TRUE(p.answer.has_value());
    EXPECT_EQ(p.answer->id, 9u);
    const auto items = std::get<check_message_call>(p.answer->body).items;
    ASSERT_EQ(items.size(), 3u);
    EXPECT_EQ(to_hex(items[0].message), "ff00") << "octets, not text";
    EXPECT_EQ(items[0].realm, "r");
    EXPECT_EQ(to_hex(items[1].message), "01");
    EXPECT_EQ(items[1].realm, "");
    EXPECT_TRUE(items[2].message.empty());
    EXPECT_EQ(items[2].realm, "");
}

TEST(CallParser, PassesUnknownDialectsDigestsAndSpellingsOnUnjudged) {
    EXPECT_EQ(static_cast<unsigned>(parsed("22 02 20 02").issue().dialect), 2u);
    // 2^32 + 1, which a 32-bit field would take for 1.
    EXPECT_EQ(static_cast<unsigned>(parsed("22 06 20 81 80 80 80 10").issue().dialect),
              0x7FFFFFFFu);
    const parsed p("2a 10 0a 0e 28 81 80 80 80 10 30 81 80 80 80 10 10 01");
    const auto items = std::get<validate_call>(p.answer->body).items;
    ASSERT_EQ(items.size(), 1u);
    EXPECT_EQ(static_cast<unsigned>(items[0].key_digest), 0x7FFFFFFFu);
    EXPECT_EQ(static_cast<unsigned>(items[0].key_spelling), 0x7FFFFFFFu);
}

TEST(CallParser, LastKindOfCallWinsAndTwoPartsOfOneAreJoined) {
    EXPECT_TRUE(
        std::holds_alternative<server_info_call>(parsed("22 03 0a 01 61 32 00").answer->body));
    const parsed joined("22 03 0a 01 61 22 02 10 05");
    EXPECT_EQ(joined.issue().identity, "a");
    EXPECT_EQ(joined.issue().duration_minutes, 5u);
    const parsed twice("2a 05 0a 03 0a 01 61 2a 05 0a 03 0a 01 62");
    EXPECT_EQ(std::get<validate_call>(twice.answer->body).items.size(), 2u);
    const parsed again("2a 05 0a 03 0a 01 61 32 00 2a 05 0a 03 0a 01 62");
    EXPECT_EQ(std::get<validate_call>(again.answer->body).items.size(), 1u);
    const parsed joined_check("3a 02 0a 00 3a 02 0a 00");
    EXPECT_EQ(std::get<check_message_call>(joined_check.answer->body).items.size(), 2u);
    const parsed check_again("3a 02 0a 00 2a 00 3a 02 0a 00");
    EXPECT_EQ(std::get<check_message_call>(check_again.answer->body).items.size(), 1u);
}

TEST(CallParser, TellsNoCallFromAnUnknownOne) {
    EXPECT_EQ(parsed("").why(), errc::no_call);
    EXPECT_EQ(parsed("08 05").why(), errc::no_call);
    EXPECT_EQ(parsed("08 05 1a 00 7a 00").why(), errc::no_call);  // 3 and 15 are not calls
    EXPECT_EQ(parsed("08 05 4a 00").why(), errc::unknown_call);
    EXPECT_EQ(parsed("08 05 72 00").why(), errc::unknown_call);
    EXPECT_EQ(parsed("08 05 22 00 72 00").answer->id, 5u);
    EXPECT_EQ(parsed("08 05 20 01").why(), errc::unknown_call);  // Issue's number, another type
}

TEST(CallParser, GivesTheIdOfAnUnknownCallWhereverItStands) {
    EXPECT_EQ(parsed("08 05 4a 00").answer.error().id, 5u);
    EXPECT_EQ(parsed("4a 02 ff ff 08 05").answer.error().id, 5u);
}

TEST(CallParser, GivesTheIdOfACallWithAFaultInside) {
    const parsed p("22 02 0a 05 08 05");  // the identity runs beyond its call
    EXPECT_EQ(p.why(), errc::undecodable_envelope);
    EXPECT_EQ(p.answer.error().id, 5u);
}

TEST(CallParser, AcceptsDurationsFrom1To9Digits) {
    EXPECT_EQ(parsed("22 02 10 01").issue().duration_minutes, 1u);
    EXPECT_EQ(parsed("22 06 10 ff 93 eb dc 03").issue().duration_minutes, 999'999'999u);
    EXPECT_EQ(parsed("08 04 22 02 10 00").why(), errc::duration_out_of_range);
    EXPECT_EQ(parsed("22 06 10 80 94 eb dc 03").why(), errc::duration_out_of_range);
    // 2^32 + 1, which a 32-bit field would take for 1.
    EXPECT_EQ(parsed("22 06 10 81 80 80 80 10").why(), errc::duration_out_of_range);
    EXPECT_EQ(parsed("22 0b 10 ff ff ff ff ff ff ff ff ff 01").why(), errc::duration_out_of_range);
    EXPECT_EQ(parsed("08 04 22 02 10 00").answer.error().id, 4u);
}

TEST(CallParser, PassesTokenVersionsOnUnjudged) {
    EXPECT_EQ(parsed("22 02 18 00").issue().token_version, 0u);
    EXPECT_EQ(parsed("22 02 18 03").issue().token_version, 3u);
    EXPECT_EQ(parsed("22 06 18 82 80 80 80 10").issue().token_version, 0xFFFFFFFFu);
}

TEST(CallParser, RefusesTextThatIsNotUtf8) {
    for (const auto hex :
         {"08 06 22 03 0a 01 ff", "08 06 2a 05 0a 03 0a 01 ff", "08 06 2a 05 0a 03 12 01 80",
          "08 06 2a 05 0a 03 1a 01 c2", "08 06 2a 06 0a 04 22 02 c0 80", "08 06 22 03 2a 01 ff",
          "08 06 3a 05 0a 03 12 01 ff"}) {
        const parsed p(hex);
        EXPECT_EQ(p.why(), errc::text_not_utf8) << hex;
        EXPECT_EQ(p.answer.error().id, 6u) << hex;
    }
    EXPECT_EQ(parsed("22 04 0a 02 c3 a9").issue().identity, "\xc3\xa9");
}

TEST(CallParser, ReportsTheFirstFaultUnlessOneIsUndecodable) {
    EXPECT_EQ(parsed("22 02 10 00 22 03 0a 01 ff").why(), errc::duration_out_of_range);
    EXPECT_EQ(parsed("22 03 0a 01 ff 22 02 10 00").why(), errc::text_not_utf8);
    EXPECT_EQ(parsed("22 02 10 00 08").why(), errc::undecodable_envelope);
    EXPECT_EQ(parsed("22 02 10 00 22 01 0a").why(), errc::undecodable_envelope);
    EXPECT_EQ(parsed("22 01 0a 22 02 10 00").why(), errc::undecodable_envelope);
}

std::string batch(std::string_view lengths_hex, int count) {
    std::string hex = "08 63 2a " + std::string(lengths_hex);
    for (int i = 0; i < count; ++i) hex += " 0a 03 0a 01 61";
    return hex;
}

TEST(CallParser, Takes0And1000ItemsAndNot1001) {
    EXPECT_TRUE(std::get<validate_call>(parsed("2a 00").answer->body).items.empty());
    const parsed most(batch("88 27", 1000));
    ASSERT_TRUE(most.answer.has_value());
    EXPECT_EQ(std::get<validate_call>(most.answer->body).items.size(), 1000u);
    const parsed over(batch("8d 27", 1001));
    ASSERT_FALSE(over.answer.has_value());
    EXPECT_EQ(over.why(), errc::batch_too_large);
    EXPECT_EQ(over.answer.error().id, 99u);
}

TEST(CallParser, Takes1000MessagesAndNot1001) {
    const auto messages = [](std::string_view length_hex, int count) {
        std::string hex = "08 63 3a " + std::string(length_hex);
        for (int i = 0; i < count; ++i) hex += " 0a 00";
        return hex;
    };
    const parsed most(messages("d0 0f", 1000));
    ASSERT_TRUE(most.answer.has_value());
    EXPECT_EQ(std::get<check_message_call>(most.answer->body).items.size(), 1000u);
    const parsed over(messages("d2 0f", 1001));
    ASSERT_FALSE(over.answer.has_value());
    EXPECT_EQ(over.why(), errc::batch_too_large);
}

TEST(CallParser, ForgetsTheLastCall) {
    call_parser parser;
    const auto validate = octets(validate_envelope_hex), empty = octets("2a 00"),
               bare = octets("22 00"), none = octets("3a 00");
    ASSERT_TRUE(parser.parse(octets(issue_envelope_hex)).has_value());
    ASSERT_TRUE(parser.parse(validate).has_value());
    ASSERT_TRUE(parser.parse(octets(check_message_envelope_hex)).has_value());
    EXPECT_TRUE(std::get<check_message_call>(parser.parse(none)->body).items.empty());
    EXPECT_TRUE(std::get<validate_call>(parser.parse(empty)->body).items.empty());
    EXPECT_EQ(parser.parse(octets("4a 00")).error().id, 0u);
    EXPECT_EQ(parser.parse(octets("")).error().why, errc::no_call);
    const auto found = parser.parse(bare);
    EXPECT_EQ(found->id, 0u);
    EXPECT_FALSE(found->client_time);
    EXPECT_FALSE(std::get<issue_call>(found->body).duration_minutes);
}

TEST(CallParser, AllocatesNothingTheSecondTime) {
    const auto issue = octets(issue_envelope_hex);
    const auto validate = octets(batch("88 27", 1000));
    call_parser parser;
    ASSERT_TRUE(parser.parse(validate).has_value());
    const auto before = allocation_count();
    const bool both = parser.parse(issue).has_value() && parser.parse(validate).has_value();
    EXPECT_EQ(allocation_count(), before);
    EXPECT_TRUE(both);
}

}  // namespace
}  // namespace relayauth::rpc
