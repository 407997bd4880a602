#include "relayauth/cli/password_input.hpp"

#include "relayauth/base/bytes.hpp"

#include <gtest/gtest.h>

#include <unistd.h>

#include <array>

namespace relayauth::cli {
namespace {

TEST(ReadPassword, TakesOneLineFromAPipe) {
    std::array<int, 2> ends{};
    ASSERT_EQ(::pipe(ends.data()), 0);
    ASSERT_EQ(::write(ends[1], "s3cret\r\nmore", 12), 12);
    ::close(ends[1]);
    const auto password = read_password(ends[0]);
    ASSERT_TRUE(password);
    EXPECT_EQ(as_text(password->reveal()), "s3cret");
    ::close(ends[0]);
}

TEST(ReadPassword, SaysWhenThereIsNothingToReadFrom) {
    const auto password = read_password(-1);
    ASSERT_FALSE(password);
    EXPECT_EQ(password.error(), "cannot read standard input: Bad file descriptor");
}

}  // namespace
}  // namespace relayauth::cli
