#include "relayauth/rpc/errc.hpp"

#include <gtest/gtest.h>

namespace relayauth::rpc {
namespace {

TEST(RpcErrc, EachValueHasWordsOfItsOwn) {
    EXPECT_EQ(to_text(errc::frame_too_long), "frame is over the limit");
    EXPECT_EQ(to_text(errc::undecodable_envelope), "envelope cannot be decoded");
    EXPECT_EQ(to_text(errc::no_call), "envelope holds no call");
    EXPECT_EQ(to_text(errc::unknown_call), "call is not known to this server");
    EXPECT_EQ(to_text(errc::batch_too_large), "more than 1000 items in one call");
    EXPECT_EQ(to_text(errc::duration_out_of_range),
              "duration is not between 1 and 999999999 minutes");
    EXPECT_EQ(to_text(errc::text_not_utf8), "text is not UTF-8");
}

}  // namespace
}  // namespace relayauth::rpc
