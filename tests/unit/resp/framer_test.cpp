#include "relayauth/resp/framer.hpp"

#include "tests/unit/resp/feed.hpp"
#include "tests/unit/rpc/allocation_count.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace relayauth::resp {
namespace {

using commands = std::vector<words>;

// What coturn 4.6.1 sends for a user, caught on its way.
constexpr std::string_view coturn_get =
    "*2\r\n$3\r\nget\r\n$37\r\nturn/realm/lab.test/user/AQA/b+c=/key\r\n";

TEST(RespFramer, LaysOutTheCommandOfCoturn) {
    const auto seen = fed({coturn_get});
    EXPECT_EQ(seen.commands, (commands{{"get", "turn/realm/lab.test/user/AQA/b+c=/key"}}));
    EXPECT_EQ(seen.pending, "");
}

TEST(RespFramer, ArgumentsAreViewsIntoTheInput) {
    command_table table;
    const auto got = framer().next(as_bytes(coturn_get), table);
    ASSERT_TRUE(got && got->is_command);
    EXPECT_EQ(got->consumed, coturn_get.size());
    ASSERT_EQ(table.arguments().size(), 2u);
    EXPECT_EQ(table.arguments()[0].data(), as_bytes(coturn_get.substr(8)).data());
    EXPECT_EQ(table.arguments()[1].data(), as_bytes(coturn_get.substr(18)).data());
}

TEST(RespFramer, TakesOneCommandAtATime) {
    command_table table;
    const std::string two = "*1\r\n$4\r\nPING\r\n*1\r\n$4\r\nQUIT\r\n";
    framer f;
    const auto first = f.next(as_bytes(two), table);
    ASSERT_TRUE(first && first->is_command);
    EXPECT_EQ(first->consumed, 14u);
    EXPECT_EQ(as_text(table.arguments()[0]), "PING");
    const auto second = f.next(as_bytes(two).subspan(14), table);
    ASSERT_TRUE(second && second->is_command);
    EXPECT_EQ(as_text(table.arguments()[0]), "QUIT");
}

TEST(RespFramer, ReadsPipelinedCommandsOfBothForms) {
    EXPECT_EQ(fed({"*1\r\n$4\r\nPING\r\nGET a\r\n*2\r\n$3\r\nGET\r\n$1\r\nb\r\nPING\n"}).commands,
              (commands{{"PING"}, {"GET", "a"}, {"GET", "b"}, {"PING"}}));
}

TEST(RespFramer, KeepsAnyOctetOfAnArgument) {
    const auto bytes = octets_of("*3\r\n$3\r\nGET\r\n$6\r\na\0\r\n\xff*\r\n$0\r\n\r\n");
    EXPECT_EQ(fed({bytes}).commands, (commands{{"GET", octets_of("a\0\r\n\xff*"), ""}}));
}

TEST(RespFramer, AnEmptyNameIsACommand) {
    EXPECT_EQ(fed({"*1\r\n$0\r\n\r\n"}).commands, (commands{{""}}));
    EXPECT_EQ(fed({"\"\"\r\n"}).commands, (commands{{""}}));
}

TEST(RespFramer, SkipsWhatRedisSkips) {
    for (const auto* nothing : {"\r\n", "\n", "  \t\r\n", "*0\r\n", "*-1\r\n", "\r\r\n"}) {
        const auto alone = fed({nothing});
        EXPECT_EQ(alone, talk()) << nothing;
        const auto before = fed({nothing + std::string(nothing) + "PING\r\n"});
        EXPECT_EQ(before.commands, (commands{{"PING"}})) << nothing;
    }
}

TEST(RespFramer, ConsumesWhatItSkipsBeforeACommandThatIsNotAllThere) {
    const auto seen = fed({"\r\n*0\r\n*1\r\n$4\r\nPI"});
    EXPECT_EQ(seen.pending, "*1\r\n$4\r\nPI");
    EXPECT_TRUE(seen.inside_command);
}

TEST(RespFramer, KnowsWhetherACommandHasBegun) {
    stream s;
    EXPECT_FALSE(s.seen().inside_command);
    s.feed("*1\r\n");
    EXPECT_TRUE(s.seen().inside_command);
    s.feed("$4\r\nPING\r");
    EXPECT_TRUE(s.seen().inside_command);
    s.feed("\n");
    EXPECT_FALSE(s.seen().inside_command);
    s.feed("P");
    EXPECT_TRUE(s.seen().inside_command);
    s.feed("ING\n\r\n");
    EXPECT_FALSE(s.seen().inside_command);
}

TEST(RespFramer, NoInputChangesNothing) {
    framer f;
    command_table table;
    const auto got = f.next({}, table);
    ASSERT_TRUE(got.has_value());
    EXPECT_FALSE(got->is_command);
    EXPECT_EQ(got->consumed, 0u);
    EXPECT_FALSE(f.inside_command());
}

TEST(RespFramer, TheTableMayServeAnotherConnectionInBetween) {
    framer first;
    framer second;
    command_table table;
    const std::string whole = "*2\r\n$3\r\nGET\r\n$1\r\na\r\n";
    ASSERT_FALSE(first.next(as_bytes(whole).first(16), table)->is_command);
    ASSERT_TRUE(second.next(as_bytes("*1\r\n$4\r\nPING\r\n"), table)->is_command);
    ASSERT_TRUE(first.next(as_bytes(whole), table)->is_command);
    ASSERT_EQ(table.arguments().size(), 2u);
    EXPECT_EQ(as_text(table.arguments()[0]), "GET");
    EXPECT_EQ(as_text(table.arguments()[1]), "a");
}

TEST(RespFramer, AnUnfinishedCommandLeavesNoArguments) {
    framer f;
    command_table table;
    ASSERT_TRUE(f.next(as_bytes("PING\r\n"), table)->is_command);
    ASSERT_FALSE(f.next(as_bytes("*2\r\n$3\r\nGET\r\n"), table)->is_command);
    EXPECT_TRUE(table.arguments().empty());
}

TEST(RespFramer, AllocatesNothingOnceTheTableIsWarm) {
    const std::string bytes = "GET \"a\\x20long enough for no small string\" 'b'\r\n";
    framer f;
    command_table table;
    ASSERT_TRUE(f.next(as_bytes(bytes), table)->is_command);
    const auto before = rpc::allocation_count();
    const bool quoted = f.next(as_bytes(bytes), table)->is_command;
    const bool array = f.next(as_bytes(coturn_get), table)->is_command;
    const auto after = rpc::allocation_count();
    EXPECT_TRUE(quoted && array);
    EXPECT_EQ(after, before);
}

}  // namespace
}  // namespace relayauth::resp
