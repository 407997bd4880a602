#include "relayauth/cli/hint.hpp"

#include <gtest/gtest.h>

#include <array>

namespace relayauth::cli {
namespace {

constexpr std::array<std::string_view, 3> names = {"server", "identity", "trace"};

std::string unexpected(std::string_view argument) {
    return unexpected_argument("relayauth request", argument, names);
}

TEST(UnexpectedArgument, NamesTheNearestOption) {
    EXPECT_EQ(unexpected("--sever"),
              "relayauth request: unknown option --sever: did you mean --server? (see relayauth "
              "request --help)");
    EXPECT_EQ(unexpected("-trase"),
              "relayauth request: unknown option -trase: did you mean --trace? (see relayauth "
              "request --help)");
}

TEST(UnexpectedArgument, DoesNotRepeatTheValue) {
    EXPECT_EQ(
        unexpected("--identty=sip:a=b"),
        "relayauth request: unknown option --identty: did you mean --identity? (see relayauth "
        "request --help)");
}

TEST(UnexpectedArgument, SaysWhereOptionsAreListedWhenNoneIsNear) {
    EXPECT_EQ(unexpected("--frobnicate"),
              "relayauth request: unknown option --frobnicate (see relayauth request --help)");
    EXPECT_EQ(unexpected("--"),
              "relayauth request: unknown option -- (see relayauth request --help)");
}

TEST(UnexpectedArgument, NamesTheNearestSubcommand) {
    EXPECT_EQ(
        unexpected_argument("relayauth", "reqest", std::array<std::string_view, 1>{"request"}),
        "relayauth: unexpected argument reqest: did you mean request? (see relayauth --help)");
}

TEST(UnexpectedArgument, IsOneLineThatATerminalDoesNotObey) {
    EXPECT_EQ(unexpected("x\n\x1b"),
              "relayauth request: unexpected argument x\\n\\x1b (see relayauth request --help)");
}

TEST(Misuse, IsOneLine) {
    EXPECT_EQ(misuse("relayauth", " --server is required\nRun with --help\n"),
              "relayauth: --server is required (see relayauth --help)");
    EXPECT_EQ(misuse("relayauth", "a\x1b"), "relayauth: a\\x1b (see relayauth --help)");
}

}  // namespace
}  // namespace relayauth::cli
