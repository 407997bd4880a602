#include "relayauth/resp/errc.hpp"

#include <gtest/gtest.h>

namespace relayauth::resp {
namespace {

// Where redis-server 7.0.15 knows the fault, its answers begin so.
TEST(RespErrc, EachValueHasTheWordsOfRedis) {
    EXPECT_EQ(to_text(errc::element_count_malformed), "Protocol error: invalid multibulk length");
    EXPECT_EQ(to_text(errc::too_many_elements),
              "Protocol error: invalid multibulk length, more than 1000");
    EXPECT_EQ(to_text(errc::nested_array), "Protocol error: expected '$', got '*'");
    EXPECT_EQ(to_text(errc::bulk_string_missing), "Protocol error: expected '$'");
    EXPECT_EQ(to_text(errc::bulk_length_malformed), "Protocol error: invalid bulk length");
    EXPECT_EQ(to_text(errc::bulk_end_missing), "Protocol error: expected CRLF after bulk");
    EXPECT_EQ(to_text(errc::command_too_long),
              "Protocol error: invalid bulk length, command over 65536 octets");
    EXPECT_EQ(to_text(errc::inline_too_long), "Protocol error: too big inline request");
    EXPECT_EQ(to_text(errc::quotes_unbalanced), "Protocol error: unbalanced quotes in request");
}

}  // namespace
}  // namespace relayauth::resp
