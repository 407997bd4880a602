#include "relayauth/rpc/reply.hpp"

#include "relayauth/base/bytes.hpp"
#include "relayauth/rpc/client_codec.hpp"
#include "relayauth/rpc/wire.hpp"

#include "allocation_count.hpp"
#include "octets.hpp"
#include "relayauth/v1/relay_auth.pb.h"

#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <variant>
#include <vector>

namespace relayauth::rpc {
namespace {

constexpr wall_time read_at(0x0102030405060708);
constexpr wall_time written_at(0x1112131415161718);

const std::array<std::string_view, 1> realms = {"r"};
const std::array<relay, 2> relays = {relay{relay_location::intranet, "in", 3478, 443},
                                     relay{relay_location::internet, "out", 0, 443}};
const std::array<key_state, 2> keys = {key_state{"0a1b2c3d", key_stage::minting, wall_time(9)},
                                       key_state{"ffffffff", key_stage::retired, wall_time(8)}};

issued some_issued() {
    issued answer;
    answer.username = "user";
    answer.password = "pass";
    answer.token_version = 2;
    answer.issued_at = wall_time(5);
    answer.expires_at = wall_time(6);
    answer.duration_minutes = 480;
    answer.realms = realms;
    answer.relays = relays;
    answer.key_id = "0a1b2c3d";
    return answer;
}

refusal_details some_refusal() {
    refusal_details answer;
    answer.why = reason::not_yet_valid;
    answer.words = "no";
    answer.server_time = wall_time(4);
    answer.issued_at = wall_time(5);
    answer.expires_at = wall_time(6);
    answer.offset = ticks(-1);
    answer.clock_offset_setting = ticks(1);
    return answer;
}

good_credential some_good() {
    good_credential answer;
    answer.key_id = "0a1b2c3d";
    answer.issued_at = wall_time(5);
    answer.expires_at = wall_time(6);
    answer.remaining = ticks(2);
    answer.token_version = 1;
    return answer;
}

server_info some_info() {
    server_info answer;
    answer.server_time = wall_time(4);
    answer.clock_offset_setting = ticks(-1);
    answer.keys = keys;
    answer.version = "0.1.0";
    answer.max_lifetime_minutes = 480;
    answer.clock_tolerance = ticks(3);
    return answer;
}

using verdict = std::variant<good_credential, refusal_details>;
const std::vector<verdict> some_verdicts = {some_good(), some_refusal()};

void write_verdicts(std::string& out, const std::vector<verdict>& all,
                    verdict_writer::call which = verdict_writer::call::validate) {
    verdict_writer writer(out, which, 7, read_at);
    for (const auto& each : all) {
        std::visit([&writer](const auto& one) { writer.add(one); }, each);
    }
    writer.end();
}

using write_one = std::function<void(std::string&)>;
const std::vector<write_one> every_kind = {
    [](std::string& out) { write_reply(out, 7, read_at, some_issued()); },
    [](std::string& out) { write_verdicts(out, some_verdicts); },
    [](std::string& out) {
        write_verdicts(out, some_verdicts, verdict_writer::call::check_message);
    },
    [](std::string& out) { write_reply(out, 7, read_at, some_info()); },
    [](std::string& out) { write_reply(out, 7, read_at, some_refusal()); },
};

std::string stamped_hex(std::string out) {
    stamp_written_at(out, written_at);
    return to_hex(as_bytes(out));
}

template <class Answer>
std::string stamped(const Answer& answer) {
    std::string out;
    write_reply(out, 7, read_at, answer);
    return stamped_hex(out);
}

std::string stamped(const std::vector<verdict>& verdicts) {
    std::string out;
    write_verdicts(out, verdicts);
    return stamped_hex(out);
}

std::string without_spaces(std::string_view hex) {
    return to_hex(octets(hex));
}

constexpr std::string_view head = "08 07  11 08 07 06 05 04 03 02 01 ";
constexpr std::string_view tail = " 79 18 17 16 15 14 13 12 11";

std::string frame_hex(std::string_view length, std::string_view result) {
    return without_spaces(std::string(length) + " " + std::string(head) + std::string(result) +
                          std::string(tail));
}

// Refusal: not_yet_valid, `no`, 4, 5, 6, offset -1 (zigzag 1), setting +1 (zigzag 2).
constexpr std::string_view refusal_hex =
    "08 04  12 02 6e 6f  19 04 00 00 00 00 00 00 00  21 05 00 00 00 00 00 00 00"
    " 29 06 00 00 00 00 00 00 00  30 01  38 02";

TEST(ReplyWriter, WritesAnIssueReplyOctetForOctet) {
    EXPECT_EQ(
        stamped(some_issued()),
        frame_hex("00 00 00 60",
                  "22 4a  0a 04 75 73 65 72  12 04 70 61 73 73  18 02"
                  " 21 05 00 00 00 00 00 00 00  29 06 00 00 00 00 00 00 00  30 e0 03  3a 01 72"
                  " 42 0c 08 02 12 02 69 6e 18 96 1b 20 bb 03"
                  " 42 0a 08 01 12 03 6f 75 74 20 bb 03"
                  " 4a 08 30 61 31 62 32 63 33 64"));
}

TEST(ReplyWriter, WritesVerdictsOctetForOctetAndInOrder) {
    EXPECT_EQ(stamped(some_verdicts),
              frame_hex("00 00 00 63",
                        "2a 4d  0a 22  0a 20"
                        " 0a 08 30 61 31 62 32 63 33 64  11 05 00 00 00 00 00 00 00"
                        " 19 06 00 00 00 00 00 00 00  20 02  28 01"
                        " 0a 27  12 25 " +
                            std::string(refusal_hex)));
}

TEST(ReplyWriter, WritesAServerInfoReplyOctetForOctet) {
    EXPECT_EQ(stamped(some_info()),
              frame_hex("00 00 00 5b",
                        "32 45  09 04 00 00 00 00 00 00 00  10 01"
                        " 1a 15  0a 08 30 61 31 62 32 63 33 64  10 02  19 09 00 00 00 00 00 00 00"
                        " 1a 15  0a 08 66 66 66 66 66 66 66 66  10 04  19 08 00 00 00 00 00 00 00"
                        " 22 05 30 2e 31 2e 30  28 e0 03  30 03"));
}

TEST(ReplyWriter, WritesAnErrorOctetForOctet) {
    EXPECT_EQ(stamped(some_refusal()),
              frame_hex("00 00 00 3b", "1a 25 " + std::string(refusal_hex)));
}

TEST(ReplyWriter, LeavesOutWhatIsNotKnown) {
    refusal_details bare;
    bare.why = reason::malformed;
    EXPECT_EQ(stamped(bare), frame_hex("00 00 00 18", "1a 02 08 01"));
    const std::vector<verdict> one = {good_credential()};
    // Only the default token version is left.
    EXPECT_EQ(stamped(one), frame_hex("00 00 00 1c", "2a 06 0a 04 0a 02 28 02"));
    EXPECT_EQ(stamped(std::vector<verdict>()), frame_hex("00 00 00 16", "2a 00"));
    EXPECT_EQ(stamped(server_info()), frame_hex("00 00 00 16", "32 00"));
}

TEST(ReplyWriter, WritesAnOffsetOf0ThatWasMeasured) {
    refusal_details exact;
    exact.why = reason::malformed;
    exact.offset = ticks(0);
    EXPECT_EQ(stamped(exact), frame_hex("00 00 00 1a", "1a 04 08 01 30 00"));
}

TEST(ReplyWriter, WritesNegativeSpansThatCannotBeAs0) {
    good_credential past;
    past.remaining = ticks(-5);
    past.token_version = 0;
    const std::vector<verdict> one = {past};
    EXPECT_EQ(stamped(one), frame_hex("00 00 00 1a", "2a 04 0a 02 0a 00"));
}

TEST(ReplyWriter, WritesTheVerdictsOfCheckMessageUnderTheirOwnNumber) {
    std::string out;
    write_verdicts(out, {good_credential()}, verdict_writer::call::check_message);
    EXPECT_EQ(stamped_hex(out), frame_hex("00 00 00 1c", "3a 06 0a 04 0a 02 28 02"));
}

TEST(ReplyWriter, WritesAKeyAndADialect) {
    const auto key = octets("00 ff");
    good_credential good;
    good.token_version = 0;
    good.long_term_key = key;
    good.dialect = dialect::turn_rest;
    EXPECT_EQ(stamped(std::vector<verdict>{good}),
              frame_hex("00 00 00 20", "2a 0a 0a 08 0a 06 32 02 00 ff 38 01"));
    issued named;
    named.token_version = 0;
    named.dialect = dialect::turn_rest;
    EXPECT_EQ(stamped(named), frame_hex("00 00 00 18", "22 02 50 01"));
}

TEST(ReplyWriter, KeepsAnEmptyRealmInTheList) {
    const std::array<std::string_view, 2> two = {"", "r"};
    issued named;
    named.token_version = 0;
    named.realms = two;
    EXPECT_EQ(stamped(named), frame_hex("00 00 00 1b", "22 05 3a 00 3a 01 72"));
}

TEST(ReplyWriter, AppendsToWhatIsThere) {
    std::string out = "before";
    write_reply(out, 7, read_at, some_refusal());
    EXPECT_EQ(out.substr(0, 6), "before");
    EXPECT_EQ(out.size(), 6 + 4 + 0x3bu);
}

// The generated code, which writes none of these, must write the same octets.
TEST(ReplyWriter, AgreesWithProtobufOnEveryKindAndOnLongMessages) {
    refusal_details long_words = some_refusal();
    const std::string words(300, 'w');
    long_words.words = words;
    std::vector<verdict> many(1000, some_good());
    many[3] = many[998] = long_words;
    auto kinds = every_kind;
    kinds.push_back([&](std::string& out) { write_verdicts(out, many); });
    for (const auto size : {100u, 118u, 119u, 127u, 128u, 16'383u, 16'384u}) {
        kinds.push_back([size](std::string& out) {
            const std::string text(size, 'x');
            auto answer = some_refusal();
            answer.words = text;
            write_reply(out, 7, read_at, answer);
        });
    }
    for (const auto& write : kinds) {
        std::string out;
        write(out);
        v1::Reply theirs;
        ASSERT_TRUE(theirs.ParseFromString(out.substr(4)));
        EXPECT_TRUE(theirs.SerializeAsString() == out.substr(4)) << out.size();
        EXPECT_EQ(load_be32(as_bytes(out).data()), out.size() - 4);
    }
}

TEST(ReplyWriter, AllocatesNothingButTheGrowthOfItsOutput) {
    std::string out;
    out.reserve(4096);
    const auto before = allocation_count();
    for (const auto& write : every_kind) write(out);
    EXPECT_EQ(allocation_count(), before);
    EXPECT_LT(out.size(), 1024u);
}

TEST(StampWrittenAt, ChangesOnlyTheLast8OctetsOfEveryKindOfReply) {
    for (const auto& write : every_kind) {
        std::string out;
        write(out);
        std::string before = out;
        stamp_written_at(out, written_at);
        EXPECT_EQ(out.substr(out.size() - 9), "\x79\x18\x17\x16\x15\x14\x13\x12\x11");
        before.replace(before.size() - 8, 8, "\x18\x17\x16\x15\x14\x13\x12\x11");
        EXPECT_EQ(out, before);
    }
}

TEST(StampWrittenAt, StampsEveryFrameOfARunAndMayBeCalledAgain) {
    std::string out;
    for (const auto& write : every_kind) write(out);
    stamp_written_at(out, wall_time(0));
    stamp_written_at(out, written_at);
    bytes_view rest = as_bytes(out);
    for (std::size_t i = 0; i < every_kind.size(); ++i) {
        const auto found = framer().next(rest);
        ASSERT_TRUE(found && *found);
        const auto answer = parse_reply((*found)->payload);
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->written_at, written_at);
        EXPECT_EQ(answer->read_at, read_at);
        rest = rest.subspan((*found)->consumed);
    }
    EXPECT_TRUE(rest.empty());
}

TEST(VerdictWriter, LeavesNoKeyInMemoryThatTheNextReplyOutgrows) {
    std::array<std::uint8_t, 32> key;
    key.fill(0xA5);
    auto good = some_good();
    good.long_term_key = key;
    std::string out;
    verdict_writer verdicts(out, verdict_writer::call::validate, 7, read_at);
    verdicts.add(good);
    verdicts.end();
    out.shrink_to_fit();  // the next frame's header finds no room
    const leak_watch watch(key);
    write_reply(out, 8, read_at, some_info());
    EXPECT_EQ(watch.found(), 0u);
    EXPECT_NE(out.find(as_text(key)), std::string::npos);
}

TEST(StampWrittenAt, LeavesAnEmptyRunAlone) {
    stamp_written_at({}, written_at);
}

TEST(RelayLocation, HasItsOwnWord) {
    EXPECT_EQ(to_text(relay_location::internet), "internet");
    EXPECT_EQ(to_text(relay_location::intranet), "intranet");
}

TEST(KeyStage, HasItsOwnWord) {
    EXPECT_EQ(to_text(key_stage::pending), "pending");
    EXPECT_EQ(to_text(key_stage::minting), "minting");
    EXPECT_EQ(to_text(key_stage::verifying), "verifying");
    EXPECT_EQ(to_text(key_stage::retired), "retired");
}

}  // namespace
}  // namespace relayauth::rpc
