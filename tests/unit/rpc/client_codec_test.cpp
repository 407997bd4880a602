#include "relayauth/rpc/client_codec.hpp"

#include "octets.hpp"

#include <google/protobuf/stubs/logging.h>
#include <gtest/gtest.h>

namespace relayauth::rpc {
namespace {

std::string written(const call& request) {
    std::string out;
    write_call(out, request);
    return to_hex(as_bytes(out));
}

std::string hex(std::string_view typed) {
    return to_hex(octets(typed));
}

std::optional<reply> parse(std::string_view typed) {
    return parse_reply(octets(typed));
}

TEST(ClientCodec, WritesThePreface) {
    std::string out = "x";
    write_preface(out);
    EXPECT_EQ(to_hex(as_bytes(out)), hex("78 00 72 61 75 74 68 0a 01"));
}

TEST(ClientCodec, WritesAnIssueOctetForOctet) {
    issue_call body;
    body.identity = "sip:alice@example.test";
    body.duration_minutes = 480;
    body.token_version = 1;
    EXPECT_EQ(written({7, wall_time(135380270450000000u), body}),
              hex("00 00 00 2a " + std::string(issue_envelope_hex)));
}

TEST(ClientCodec, LeavesOutADurationThatIsNotAskedFor) {
    EXPECT_EQ(written({7, std::nullopt, issue_call()}), hex("00 00 00 06 08 07 22 02 18 02"));
}

TEST(ClientCodec, WritesAValidateOctetForOctet) {
    const std::vector<validate_item> items = {{"user", "pass", "r", "i"}, {"u2", "", {}, {}}};
    EXPECT_EQ(written({300, std::nullopt, validate_call{items}}),
              hex("00 00 00 21 " + std::string(validate_envelope_hex)));
}

TEST(ClientCodec, WritesAnIssueInAnotherDialectOctetForOctet) {
    issue_call body;
    body.identity = "a";
    body.dialect = dialect::turn_rest;
    body.realm = "r";
    EXPECT_EQ(written({9, std::nullopt, body}),
              hex("00 00 00 0e 08 09  22 0a  0a 01 61  18 02  20 01  2a 01 72"));
}

TEST(ClientCodec, WritesAnExplainOctetForOctetWhateverItsTextIs) {
    const explain_call body{std::string_view("\xFF\0", 2), "p", "i",
                            wall_time(135380270450000000u)};
    EXPECT_EQ(written({9, std::nullopt, body}),
              hex("00 00 00 17 " + std::string(explain_envelope_hex)));
    EXPECT_EQ(written({9, std::nullopt, explain_call()}), hex("00 00 00 04 08 09 42 00"));
}

TEST(ClientCodec, WritesWhichKeyIsWantedOctetForOctet) {
    validate_item item;
    item.username = "u";
    item.realm = "r";
    item.key_digest = key_digest::sha256;
    item.key_spelling = key_spelling::raw;
    EXPECT_EQ(written({9, std::nullopt, validate_call{{&item, 1}}}),
              hex("00 00 00 10 " + std::string(key_envelope_hex)));
}

TEST(ClientCodec, WritesACheckMessageOctetForOctet) {
    const auto first = octets("ff 00"), second = octets("01");
    const std::vector<check_message_item> items = {{first, "r"}, {second, ""}, {{}, ""}};
    EXPECT_EQ(written({9, std::nullopt, check_message_call{items}}),
              hex("00 00 00 14 " + std::string(check_message_envelope_hex)));
}

TEST(ClientCodec, WritesAServerInfoOctetForOctet) {
    EXPECT_EQ(written({1, wall_time(135380270450000000u), server_info_call()}),
              hex("00 00 00 0d " + std::string(server_info_envelope_hex)));
}

TEST(ClientCodec, AppendsCallsToEachOther) {
    std::string out;
    write_call(out, {1, std::nullopt, server_info_call()});
    write_call(out, {2, std::nullopt, server_info_call()});
    EXPECT_EQ(to_hex(as_bytes(out)), hex("00 00 00 04 08 01 32 00 00 00 00 04 08 02 32 00"));
}

TEST(ParseReply, ReadsACredential) {
    const auto answer = parse(
        "08 07  11 08 07 06 05 04 03 02 01  22 4a  0a 04 75 73 65 72  12 04 70 61 73 73  18 02"
        " 21 05 00 00 00 00 00 00 00  29 06 00 00 00 00 00 00 00  30 e0 03  3a 01 72"
        " 42 0c 08 02 12 02 69 6e 18 96 1b 20 bb 03  42 0a 08 01 12 03 6f 75 74 20 bb 03"
        " 4a 08 30 61 31 62 32 63 33 64  79 18 17 16 15 14 13 12 11");
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->id, 7u);
    EXPECT_EQ(answer->read_at, wall_time(0x0102030405060708));
    EXPECT_EQ(answer->written_at, wall_time(0x1112131415161718));
    const auto& got = std::get<received_credential>(answer->result);
    EXPECT_EQ(got.username, "user");
    EXPECT_EQ(got.password, "pass");
    EXPECT_EQ(got.token_version, 2u);
    EXPECT_EQ(got.issued_at, wall_time(5));
    EXPECT_EQ(got.expires_at, wall_time(6));
    EXPECT_EQ(got.duration_minutes, 480u);
    EXPECT_EQ(got.realms, std::vector<std::string>{"r"});
    EXPECT_EQ(got.key_id, "0a1b2c3d");
    ASSERT_EQ(got.relays.size(), 2u);
    EXPECT_EQ(got.relays[0].where, relay_location::intranet);
    EXPECT_EQ(got.relays[0].host, "in");
    EXPECT_EQ(got.relays[0].udp_port, 3478);
    EXPECT_EQ(got.relays[0].tcp_port, 443);
    EXPECT_EQ(got.relays[1].where, relay_location::internet);
    EXPECT_EQ(got.relays[1].udp_port, 0);
}

TEST(ParseReply, ReadsVerdictsInOrder) {
    const auto answer = parse(
        "2a 4d  0a 22 0a 20 0a 08 30 61 31 62 32 63 33 64 11 05 00 00 00 00 00 00 00"
        " 19 06 00 00 00 00 00 00 00 20 02 28 01"
        " 0a 27 12 25 08 04 12 02 6e 6f 19 04 00 00 00 00 00 00 00 21 05 00 00 00 00 00 00 00"
        " 29 06 00 00 00 00 00 00 00 30 01 38 02");
    ASSERT_TRUE(answer);
    const auto& verdicts = std::get<received_verdicts>(answer->result);
    ASSERT_EQ(verdicts.size(), 2u);
    const auto& good = std::get<received_good_credential>(verdicts[0]);
    EXPECT_EQ(good.key_id, "0a1b2c3d");
    EXPECT_EQ(good.issued_at, wall_time(5));
    EXPECT_EQ(good.expires_at, wall_time(6));
    EXPECT_EQ(good.remaining, ticks(2));
    EXPECT_EQ(good.token_version, 1u);
    const auto& refused = std::get<received_refusal>(verdicts[1]);
    EXPECT_EQ(refused.why, reason::not_yet_valid);
    EXPECT_EQ(refused.words, "no");
    EXPECT_EQ(refused.server_time, wall_time(4));
    EXPECT_EQ(refused.issued_at, wall_time(5));
    EXPECT_EQ(refused.expires_at, wall_time(6));
    EXPECT_EQ(refused.offset, ticks(-1));
    EXPECT_EQ(refused.clock_offset_setting, ticks(1));
}

TEST(ParseReply, ReadsAKeyAndADialect) {
    const auto answer = parse("2a 0a 0a 08 0a 06 32 02 00 ff 38 01");
    ASSERT_TRUE(answer);
    const auto good =
        std::get<received_good_credential>(std::get<received_verdicts>(answer->result).at(0));
    EXPECT_EQ(good.long_term_key, std::string("\0\xff", 2));
    EXPECT_EQ(good.dialect, dialect::turn_rest);
    EXPECT_EQ(good.token_version, 0u);
    EXPECT_EQ(std::get<received_credential>(parse("22 02 50 01")->result).dialect,
              dialect::turn_rest);
    EXPECT_EQ(std::get<received_credential>(parse("22 00")->result).dialect, dialect::mras);
}

TEST(ParseReply, ReadsTheVerdictsOfCheckMessageAsSuch) {
    const auto answer = parse("3a 0b 0a 04 0a 02 28 02 0a 03 12 01 08");
    EXPECT_FALSE(answer) << "cut within";
    const auto whole = parse("3a 0c 0a 04 0a 02 28 02 0a 04 12 02 08 03");
    ASSERT_TRUE(whole);
    const auto& verdicts = std::get<received_message_verdicts>(whole->result).verdicts;
    ASSERT_EQ(verdicts.size(), 2u);
    EXPECT_EQ(std::get<received_good_credential>(verdicts[0]).token_version, 2u);
    EXPECT_EQ(std::get<received_refusal>(verdicts[1]).why, reason::expired);
}

TEST(ParseReply, TakesTimesOf0AsNotKnown) {
    const auto refused = std::get<received_refusal>(parse("1a 02 08 01")->result);
    EXPECT_EQ(refused.why, reason::malformed);
    EXPECT_FALSE(refused.issued_at);
    EXPECT_FALSE(refused.expires_at);
    EXPECT_FALSE(refused.offset);
    const auto verdicts = std::get<received_verdicts>(parse("2a 04 0a 02 0a 00")->result);
    EXPECT_FALSE(std::get<received_good_credential>(verdicts.at(0)).issued_at);
}

TEST(ParseReply, TakesAVerdictItDoesNotUnderstandAsRefused) {
    for (const auto typed : {"2a 02 0a 00", "2a 04 0a 02 1a 00", "2a 06 0a 04 0a 00 12 00"}) {
        const auto verdicts = std::get<received_verdicts>(parse(typed)->result);
        ASSERT_EQ(verdicts.size(), 1u) << typed;
        ASSERT_TRUE(std::holds_alternative<received_refusal>(verdicts[0])) << typed;
        EXPECT_FALSE(std::get<received_refusal>(verdicts[0]).why) << typed;
    }
}

TEST(ParseReply, ReadsAServerInfo) {
    const auto answer = parse(
        "32 45 09 04 00 00 00 00 00 00 00 10 01"
        " 1a 15 0a 08 30 61 31 62 32 63 33 64 10 02 19 09 00 00 00 00 00 00 00"
        " 1a 15 0a 08 66 66 66 66 66 66 66 66 10 04 19 08 00 00 00 00 00 00 00"
        " 22 05 30 2e 31 2e 30 28 e0 03 30 03");
    ASSERT_TRUE(answer);
    const auto& info = std::get<received_server_info>(answer->result);
    EXPECT_EQ(info.server_time, wall_time(4));
    EXPECT_EQ(info.clock_offset_setting, ticks(-1));
    EXPECT_EQ(info.version, "0.1.0");
    EXPECT_EQ(info.max_lifetime_minutes, 480u);
    EXPECT_EQ(info.clock_tolerance, ticks(3));
    ASSERT_EQ(info.keys.size(), 2u);
    EXPECT_EQ(info.keys[0].key_id, "0a1b2c3d");
    EXPECT_EQ(info.keys[0].stage, key_stage::minting);
    EXPECT_EQ(info.keys[0].not_after, wall_time(9));
    EXPECT_EQ(info.keys[1].stage, key_stage::retired);
}

TEST(ParseReply, KeepsApartWhatANewerServerSays) {
    EXPECT_FALSE(std::get<received_refusal>(parse("1a 02 08 0e")->result).why);
    EXPECT_EQ(std::get<received_refusal>(parse("1a 02 08 0d")->result).why, reason::internal);
    EXPECT_FALSE(std::get<received_refusal>(parse("1a 00")->result).why);
    EXPECT_FALSE(std::get<received_server_info>(parse("32 04 1a 02 10 05")->result).keys[0].stage);
    EXPECT_FALSE(std::get<received_credential>(parse("22 04 42 02 08 03")->result).relays[0].where);
    EXPECT_FALSE(std::get<received_credential>(parse("22 02 50 02")->result).dialect);
    EXPECT_FALSE(
        std::get<received_credential>(parse("22 0b 50 ff ff ff ff ff ff ff ff ff 01")->result)
            .dialect);
}

TEST(ParseReply, SaturatesSpansOver63Bits) {
    const auto info =
        std::get<received_server_info>(parse("32 0b 30 ff ff ff ff ff ff ff ff ff 01")->result);
    EXPECT_EQ(info.clock_tolerance, ticks::max());
}

TEST(ParseReply, RefusesAPortOver65535) {
    EXPECT_TRUE(parse("22 06 42 04 18 ff ff 03"));
    EXPECT_FALSE(parse("22 06 42 04 18 80 80 04"));
    EXPECT_TRUE(parse("22 06 42 04 20 ff ff 03"));
    EXPECT_FALSE(parse("22 06 42 04 20 80 80 04"));
}

TEST(ParseReply, RefusesWhatIsNoReply) {
    const google::protobuf::LogSilencer silence;
    EXPECT_FALSE(parse(""));
    EXPECT_FALSE(parse("08 07"));
    EXPECT_FALSE(parse("08 07 4a 00"));
    EXPECT_FALSE(parse("1a 05 08 01"));
    EXPECT_FALSE(parse("1a 03 12 01 ff"));
}

TEST(ParseReply, RefusesMoreThanAMebibyte) {
    // An unknown field of 2^20 - 7 octets fills the payload up to the limit.
    std::string payload("\x1a\x00\xfa\x01", 4);
    payload.append("\xf9\xff\x3f", 3);
    payload.append(max_reply_bytes - 7, 'x');
    ASSERT_EQ(payload.size(), max_reply_bytes);
    EXPECT_TRUE(parse_reply(as_bytes(payload)));
    payload.append("\x08\x01", 2);
    EXPECT_FALSE(parse_reply(as_bytes(payload)));
}

}  // namespace
}  // namespace relayauth::rpc
