#include "relayauth/rpc/explained.hpp"

#include "relayauth/rpc/call.hpp"
#include "relayauth/rpc/client_codec.hpp"
#include "relayauth/rpc/wire.hpp"

#include "octets.hpp"
#include "relayauth/v1/relay_auth.pb.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace relayauth::rpc {
namespace {

explained some_explained() {
    explained answer;
    auto& text = answer.as_given;
    text.not_a_credential = "no";
    text.dialect = dialect::turn_rest;
    text.token_version = 2;
    text.issued_at = wall_time(0);  // a time like others
    text.expires_at = wall_time(6);
    text.lifetime_seconds = 28800;
    text.client_id = std::string("\0\xFF", 2);
    text.spelled_identity = "\xFF";
    text.checked = true;
    text.key_id = "0a1b2c3d";
    text.identity_fits = false;
    text.password_fits = true;
    text.opens_at = wall_time(1);
    text.closes_at = wall_time::max();
    text.verdicts = {{wall_time(3), true, reason::expired, "late"},
                     {wall_time(4), false, {}, "good"}};
    answer.mistakes = {{"hexadecimal", "hex"}, {"quoted", "marks"}};
    answer.mended_username = "\xFE";
    answer.mended = explained_text{};
    answer.mended->not_a_credential = "mended";
    answer.keys = {{"0a1b2c3d", wall_time(0), true}, {"ffffffff", {}, false}};
    answer.clock_tolerance = ticks(3);
    answer.expiry_grace = ticks(4);
    answer.accept_lifetime = ticks(5);
    answer.clock_offset_setting = ticks(-6);
    return answer;
}

std::string frame_of(const explained& answer) {
    std::string out;
    write_reply(out, 9, wall_time(7), answer);
    stamp_written_at(out, wall_time(8));
    return out;
}

bytes_view payload_of(const std::string& frame) {
    return as_bytes(frame).subspan(frame_header_bytes);
}

void expect_same(const explained_text& a, const explained_text& b) {
    EXPECT_EQ(a.not_a_credential, b.not_a_credential);
    EXPECT_EQ(a.dialect, b.dialect);
    EXPECT_EQ(a.token_version, b.token_version);
    EXPECT_EQ(a.issued_at, b.issued_at);
    EXPECT_EQ(a.expires_at, b.expires_at);
    EXPECT_EQ(a.lifetime_seconds, b.lifetime_seconds);
    EXPECT_EQ(a.client_id, b.client_id);
    EXPECT_EQ(a.spelled_identity, b.spelled_identity);
    EXPECT_EQ(a.checked, b.checked);
    EXPECT_EQ(a.key_id, b.key_id);
    EXPECT_EQ(a.identity_fits, b.identity_fits);
    EXPECT_EQ(a.password_fits, b.password_fits);
    EXPECT_EQ(a.opens_at, b.opens_at);
    EXPECT_EQ(a.closes_at, b.closes_at);
    ASSERT_EQ(a.verdicts.size(), b.verdicts.size());
    for (std::size_t i = 0; i < a.verdicts.size(); ++i) {
        EXPECT_EQ(a.verdicts[i].at, b.verdicts[i].at);
        EXPECT_EQ(a.verdicts[i].refused, b.verdicts[i].refused);
        EXPECT_EQ(a.verdicts[i].why, b.verdicts[i].why);
        EXPECT_EQ(a.verdicts[i].words, b.verdicts[i].words);
    }
}

TEST(Explained, IsReadAsItWasWritten) {
    const auto sent = some_explained();
    const auto frame = frame_of(sent);
    const auto got = parse_reply(payload_of(frame));
    ASSERT_TRUE(got);
    EXPECT_EQ(got->id, 9u);
    EXPECT_EQ(got->written_at, wall_time(8));
    const auto& read = std::get<explained>(got->result);
    expect_same(read.as_given, sent.as_given);
    ASSERT_TRUE(read.mended);
    expect_same(*read.mended, *sent.mended);
    EXPECT_EQ(read.mended_username, sent.mended_username);
    ASSERT_EQ(read.mistakes.size(), 2u);
    EXPECT_EQ(read.mistakes[1].name, "quoted");
    EXPECT_EQ(read.mistakes[1].words, "marks");
    ASSERT_EQ(read.keys.size(), 2u);
    EXPECT_EQ(read.keys[0].verifies_until, wall_time(0));
    EXPECT_TRUE(read.keys[0].retired);
    EXPECT_EQ(read.keys[1].verifies_until, std::nullopt);
    EXPECT_EQ(read.clock_tolerance, ticks(3));
    EXPECT_EQ(read.expiry_grace, ticks(4));
    EXPECT_EQ(read.accept_lifetime, ticks(5));
    EXPECT_EQ(read.clock_offset_setting, ticks(-6));
}

TEST(Explained, LeavesOutWhatIsNotKnown) {
    const auto frame = frame_of(explained());
    const auto got = parse_reply(payload_of(frame));
    ASSERT_TRUE(got);
    const auto& read = std::get<explained>(got->result);
    expect_same(read.as_given, explained_text());
    EXPECT_FALSE(read.mended);
}

// Protobuf writes fields by ascending number: what it read, it must write as it was.
TEST(Explained, IsWrittenAsProtobufWritesIt) {
    const auto frame = frame_of(some_explained());
    v1::Reply read;
    const auto payload = payload_of(frame);
    ASSERT_TRUE(read.ParseFromArray(payload.data(), static_cast<int>(payload.size())));
    EXPECT_EQ(read.SerializeAsString(), as_text(payload));
}

TEST(Explained, IsAskedForWithAnyOctets) {
    call_parser parser;
    const auto envelope = octets(explain_envelope_hex);
    const auto got = parser.parse(envelope);
    ASSERT_TRUE(got);
    const auto& asked = std::get<explain_call>(got->body);
    EXPECT_EQ(asked.username, std::string_view("\xFF\0", 2));
    EXPECT_EQ(asked.password, "p");
    EXPECT_EQ(asked.identity, "i");
    EXPECT_EQ(asked.at, wall_time(135380270450000000u));
    const auto bare = octets("08 09  42 00");
    const auto empty = parser.parse(bare);
    ASSERT_TRUE(empty);
    EXPECT_EQ(std::get<explain_call>(empty->body).password, std::nullopt);
    EXPECT_EQ(std::get<explain_call>(empty->body).at, std::nullopt);
    const auto no_text = octets("08 09  42 03  12 01 ff");
    EXPECT_EQ(parser.parse(no_text).error().why, errc::text_not_utf8);
}

}  // namespace
}  // namespace relayauth::rpc
