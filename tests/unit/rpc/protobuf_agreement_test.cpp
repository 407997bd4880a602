// Requests are read by our own walker and not by protobuf's parser (relayauth/rpc/field_reader.hpp
// says why). Here both read the same octets, whole, cut and damaged, and must agree.

#include "relayauth/base/utf8.hpp"
#include "relayauth/rpc/call.hpp"
#include "relayauth/v1/relay_auth.pb.h"

#include "octets.hpp"

#include <gtest/gtest.h>

namespace relayauth::rpc {
namespace {

// Protobuf would write a line to stderr for each text that is not UTF-8.
class ProtobufAgreement : public testing::Test {
    google::protobuf::LogSilencer silence_;
};

void expect_same(const issue_call& ours, const v1::IssueRequest& theirs) {
    EXPECT_EQ(ours.identity, theirs.identity());
    EXPECT_EQ(ours.duration_minutes.has_value(), theirs.has_duration_minutes());
    EXPECT_EQ(ours.duration_minutes.value_or(0), theirs.duration_minutes());
    EXPECT_EQ(ours.token_version, theirs.has_token_version() ? theirs.token_version() : 2);
    EXPECT_EQ(static_cast<int>(ours.dialect), theirs.dialect());
    EXPECT_EQ(ours.realm.has_value(), theirs.has_realm());
    EXPECT_EQ(ours.realm.value_or(""), theirs.realm());
}

void expect_same(const validate_call& ours, const v1::ValidateRequest& theirs) {
    ASSERT_EQ(ours.items.size(), static_cast<std::size_t>(theirs.items_size()));
    for (std::size_t i = 0; i < ours.items.size(); ++i) {
        const auto& item = theirs.items(static_cast<int>(i));
        EXPECT_EQ(ours.items[i].username, item.username());
        EXPECT_EQ(ours.items[i].password.has_value(), item.has_password());
        EXPECT_EQ(ours.items[i].password.value_or(""), item.password());
        EXPECT_EQ(ours.items[i].realm.has_value(), item.has_realm());
        EXPECT_EQ(ours.items[i].realm.value_or(""), item.realm());
        EXPECT_EQ(ours.items[i].identity.has_value(), item.has_identity());
        EXPECT_EQ(ours.items[i].identity.value_or(""), item.identity());
        EXPECT_EQ(static_cast<int>(ours.items[i].key_digest), item.key_digest());
        EXPECT_EQ(static_cast<int>(ours.items[i].key_spelling), item.key_spelling());
    }
}

void expect_same(const check_message_call& ours, const v1::CheckMessageRequest& theirs) {
    ASSERT_EQ(ours.items.size(), static_cast<std::size_t>(theirs.items_size()));
    for (std::size_t i = 0; i < ours.items.size(); ++i) {
        const auto& item = theirs.items(static_cast<int>(i));
        EXPECT_EQ(as_text(ours.items[i].message), item.message());
        EXPECT_EQ(ours.items[i].realm, item.realm());
    }
}

void expect_same(const explain_call& ours, const v1::ExplainRequest& theirs) {
    EXPECT_EQ(ours.username, theirs.username());
    EXPECT_EQ(ours.password.has_value(), theirs.has_password());
    EXPECT_EQ(ours.password.value_or(""), theirs.password());
    EXPECT_EQ(ours.identity.has_value(), theirs.has_identity());
    EXPECT_EQ(ours.identity.value_or(""), theirs.identity());
    EXPECT_EQ(ours.at.value_or(wall_time()).filetime(), theirs.at());
}

void expect_same(const call& ours, const v1::Request& theirs) {
    EXPECT_EQ(ours.id, theirs.id());
    EXPECT_EQ(ours.client_time.value_or(wall_time()).filetime(), theirs.client_time());
    if (const auto* issue = std::get_if<issue_call>(&ours.body)) {
        ASSERT_TRUE(theirs.has_issue());
        expect_same(*issue, theirs.issue());
    } else if (const auto* validate = std::get_if<validate_call>(&ours.body)) {
        ASSERT_TRUE(theirs.has_validate());
        expect_same(*validate, theirs.validate());
    } else if (const auto* check = std::get_if<check_message_call>(&ours.body)) {
        ASSERT_TRUE(theirs.has_check_message());
        expect_same(*check, theirs.check_message());
    } else if (const auto* explain = std::get_if<explain_call>(&ours.body)) {
        ASSERT_TRUE(theirs.has_explain());
        expect_same(*explain, theirs.explain());
    } else {
        EXPECT_TRUE(theirs.has_server_info());
    }
}

void expect_agreement(bytes_view payload) {
    SCOPED_TRACE(to_hex(payload));
    call_parser parser;
    const auto ours = parser.parse(payload);
    v1::Request theirs;
    const bool decoded = theirs.ParseFromArray(payload.data(), static_cast<int>(payload.size()));
    if (ours) {
        ASSERT_TRUE(decoded);
        expect_same(*ours, theirs);
        return;
    }
    switch (ours.error().why) {
        case errc::undecodable_envelope:
        case errc::text_not_utf8:
            EXPECT_FALSE(decoded);
            break;
        case errc::no_call:
        case errc::unknown_call:
            EXPECT_TRUE(decoded);
            EXPECT_EQ(theirs.call_case(), v1::Request::CALL_NOT_SET);
            EXPECT_EQ(ours.error().id, theirs.id());
            break;
        case errc::duration_out_of_range:
        case errc::batch_too_large:
        case errc::frame_too_long:
            break;  // our own rules
    }
}

TEST_F(ProtobufAgreement, HoldsAtEveryLength) {
    for (const auto hex : every_envelope_hex) {
        const auto whole = octets(hex);
        for (std::size_t size = 0; size <= whole.size(); ++size)
            expect_agreement(first_octets(whole, size));
    }
}

// Wire types 3 and 4 are left out: protobuf skips groups, which we refuse.
bool has_group(bytes_view payload) {
    call_parser parser;
    const auto ours = parser.parse(payload);
    v1::Request theirs;
    return !ours && ours.error().why == errc::undecodable_envelope &&
           theirs.ParseFromArray(payload.data(), static_cast<int>(payload.size()));
}

TEST_F(ProtobufAgreement, HoldsForEveryValueOfEveryOctet) {
    std::size_t groups = 0, all = 0;
    for (const auto hex : every_envelope_hex) {
        const auto whole = octets(hex);
        for (std::size_t at = 0; at < whole.size(); ++at) {
            for (unsigned value = 0; value < 256; ++value, ++all) {
                auto damaged = whole;
                damaged[at] = static_cast<std::uint8_t>(value);
                if (has_group(damaged)) {
                    ++groups;
                    continue;
                }
                expect_agreement(damaged);
            }
        }
    }
    EXPECT_LT(groups, all / 500);
}

}  // namespace
}  // namespace relayauth::rpc
