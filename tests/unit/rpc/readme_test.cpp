// The worked example of proto/README.md is what these tests read and write.

#include "relayauth/rpc/call.hpp"
#include "relayauth/rpc/client_codec.hpp"
#include "relayauth/rpc/wire.hpp"

#include "octets.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace relayauth::rpc {
namespace {

constexpr std::string_view sent =
    "00 72 61 75 74 68 0a 01\n"
    "00 00 00 0d\n"
    "08 01\n"
    "11 80 c0 c4 81 a3 f7 e0 01\n"
    "32 00\n";

constexpr std::string_view answered =
    "00 00 00 46\n"
    "08 01\n"
    "11 80 c0 c4 81 a3 f7 e0 01\n"
    "32 30\n"
    "09 80 c0 c4 81 a3 f7 e0 01\n"
    "1a 15\n"
    "0a 08 30 61 31 62 32 63 33 64\n"
    "10 02\n"
    "19 00 80 1a 6c db 1b e2 01\n"
    "22 05 30 2e 31 2e 30\n"
    "28 e0 03\n"
    "30 80 bc c1 96 0b\n"
    "79 d2 c0 c4 81 a3 f7 e0 01\n";

// hex_column gives the lines of hex in README.md's fenced blocks, without what is said beside them.
std::string hex_column() {
    std::ifstream file(RELAYAUTH_SOURCE_DIR "/proto/README.md");
    std::string column, line;
    bool in_example = false;
    while (std::getline(file, line)) {
        if (line.starts_with("```")) in_example = line == "```hex";
        if (!in_example || line.starts_with("```")) continue;
        const auto end = line.find("  ");
        column += line.substr(0, end) + "\n";
    }
    return column;
}

TEST(ProtoReadme, ShowsTheOctetsThatAreTestedHere) {
    EXPECT_EQ(hex_column(), std::string(sent) + std::string(answered));
}

TEST(ProtoReadme, ExampleCallIsWhatAServerReads) {
    const auto input = octets(sent);
    ASSERT_EQ(check_preface(input), preface_match::matches);
    const auto found = framer().next(bytes_view(input).subspan(preface.size()));
    ASSERT_TRUE(found && *found);
    EXPECT_EQ(preface.size() + (*found)->consumed, input.size());
    call_parser parser;
    const auto asked = parser.parse((*found)->payload);
    ASSERT_TRUE(asked.has_value());
    EXPECT_TRUE(std::holds_alternative<server_info_call>(asked->body));
}

TEST(ProtoReadme, ExampleAnswerIsWhatAServerWrites) {
    const key_state key{"0a1b2c3d", key_stage::minting, wall_time(0x01e21bdb6c1a8000)};
    server_info info;
    info.server_time = wall_time(135380270450000000u);
    info.keys = {&key, 1};
    info.version = "0.1.0";
    info.max_lifetime_minutes = 480;
    info.clock_tolerance = std::chrono::seconds(300);
    std::string out;
    write_reply(out, 1, wall_time(135380270450000000u), info);
    stamp_written_at(out, wall_time(135380270450000082u));
    EXPECT_EQ(to_hex(as_bytes(out)), to_hex(octets(answered)));
}

}  // namespace
}  // namespace relayauth::rpc
