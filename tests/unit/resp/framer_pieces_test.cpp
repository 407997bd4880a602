#include "tests/unit/resp/feed.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace relayauth::resp {
namespace {

// Everything at once: both forms, blanks, binary arguments, quotes, an argument like a header.
const std::string mixed = octets_of(
    "*2\r\n$3\r\nGET\r\n$5\r\n\0\r\n\"'\r\n\r\nGET 'a\\' b' \"\\x41\\n\"\r\n*0\r\n*-1\r\n"
    "*3\r\n$1\r\na\r\n$0\r\n\r\n$9\r\n*1\r\n$1\r\nb\r\n \t\nPING\n*1\r\n$4\r\nPING\r\n");

const std::vector<words> mixed_commands = {
    {"GET", octets_of("\0\r\n\"'")},
    {"GET", "a' b", "A\n"},
    {"a", "", "*1\r\n$1\r\nb"},
    {"PING"},
    {"PING"},
};

TEST(RespFramerPieces, ReadsTheMixedStreamAtOnce) {
    const auto seen = fed({mixed});
    EXPECT_EQ(seen.commands, mixed_commands);
    EXPECT_EQ(seen.broken, std::nullopt);
    EXPECT_EQ(seen.pending, "");
}

TEST(RespFramerPieces, EverySplitGivesTheSame) {
    const auto whole = fed({mixed});
    for (std::size_t at = 1; at < mixed.size(); ++at) {
        const std::string_view text = mixed;
        EXPECT_EQ(fed({text.substr(0, at), text.substr(at)}), whole) << at;
    }
}

TEST(RespFramerPieces, EverySplitInThreeGivesTheSame) {
    const std::string_view text = "*2\r\n$3\r\nGET\r\n$1\r\na\r\nGET \"b\"\r\n";
    const auto whole = fed({text});
    ASSERT_EQ(whole.commands.size(), 2u);
    for (std::size_t a = 1; a < text.size(); ++a) {
        for (std::size_t b = a; b < text.size(); ++b) {
            const auto seen = fed({text.substr(0, a), text.substr(a, b - a), text.substr(b)});
            EXPECT_EQ(seen, whole) << a << ' ' << b;
        }
    }
}

TEST(RespFramerPieces, ByteByByteGivesTheSame) {
    EXPECT_EQ(fed_byte_by_byte(mixed), fed({mixed}));
}

TEST(RespFramerPieces, EveryShorterInputNeedsMore) {
    const std::string_view text = "*2\r\n$3\r\nGET\r\n$1\r\na\r\n";
    for (std::size_t size = 1; size < text.size(); ++size) {
        const auto seen = fed({text.substr(0, size)});
        EXPECT_TRUE(seen.commands.empty() && !seen.broken && seen.inside_command) << size;
        EXPECT_EQ(seen.pending.size(), size);
    }
}

TEST(RespFramerPieces, ALongArgumentComesInManyPieces) {
    stream s;
    s.feed("*1\r\n$40000\r\n");
    for (int i = 0; i < 4000; ++i) ASSERT_NO_FATAL_FAILURE(s.feed("*1\r\n$4\r\n$\r"));
    EXPECT_TRUE(s.seen().commands.empty());
    s.feed("\r\nPING\r\n");
    ASSERT_EQ(s.seen().commands.size(), 2u);
    EXPECT_EQ(s.seen().commands[0][0].size(), 40000u);
}

TEST(RespFramerPieces, ALongArgumentIsNotLookedAtBeforeItIsThere) {
    // The second input could not follow the first, and shows in this way what was looked at.
    framer f;
    command_table table;
    ASSERT_TRUE(f.next(as_bytes("*1\r\n$4\r\nPI"), table).has_value());
    EXPECT_TRUE(f.next(as_bytes("*x\r\n$4\r\nPING\r"), table).has_value());
    EXPECT_FALSE(f.next(as_bytes("*x\r\n$4\r\nPING\r\n"), table).has_value());
}

// garbage is octets without order; the same in every run.
std::string garbage(std::size_t size) {
    std::string out;
    std::uint32_t state = 1;
    while (out.size() < size) {
        state = state * 1664525 + 1013904223;
        out += static_cast<char>(state >> 24);
    }
    return out;
}

constexpr std::size_t ten_megabytes = 10'000'000;

TEST(RespFramerPieces, TenMegabytesOfGarbageEndInAnError) {
    const auto bytes = garbage(ten_megabytes);
    const std::string_view text = bytes;
    stream s;
    for (std::size_t at = 0; at < text.size() && !s.seen().broken; at += 16384) {
        s.feed(text.substr(at, 16384));
        ASSERT_LE(s.seen().pending.size(), max_command_bytes + 16384);
    }
    EXPECT_TRUE(s.seen().broken.has_value());
}

TEST(RespFramerPieces, TenMegabytesWithoutALineEndAreRefusedAtTheLimit) {
    EXPECT_TRUE(fed({std::string(ten_megabytes, 'A')}).broken == errc::inline_too_long);
    EXPECT_TRUE(fed({std::string(ten_megabytes, '\0')}).broken == errc::inline_too_long);
}

TEST(RespFramerPieces, TenMegabytesOfBlankLinesAreSkipped) {
    command_table table;
    framer f;
    const auto got = f.next(as_bytes(std::string(ten_megabytes, '\n')), table);
    ASSERT_TRUE(got.has_value());
    EXPECT_EQ(got->consumed, ten_megabytes);
    EXPECT_FALSE(got->is_command || f.inside_command());
}

}  // namespace
}  // namespace relayauth::resp
