#include "relayauth/session/output.hpp"

#include "relayauth/base/hex.hpp"

#include <gtest/gtest.h>

namespace relayauth::session {
namespace {

// Two frames of 11 octets: id 1, and a written_at of 0 in the last 9.
constexpr std::string_view two_frames(
    "\0\0\0\x0B\x08\x01\x79\0\0\0\0\0\0\0\0"
    "\0\0\0\x0B\x08\x02\x79\0\0\0\0\0\0\0\0",
    30);

TEST(Output, StampsEveryFrameIfItNeedsIt) {
    output out;
    out.bytes = two_frames;
    out.needs_stamp = true;
    out.stamp(wall_time(0x0807060504030201));
    EXPECT_EQ(to_hex(as_bytes(out.bytes)),
              "0000000b0801790102030405060708"
              "0000000b0802790102030405060708");
    EXPECT_FALSE(out.needs_stamp);
}

TEST(Output, LeavesWhatNeedsNoneAlone) {
    output out;
    out.bytes = two_frames;
    out.stamp(wall_time(0x0807060504030201));
    EXPECT_EQ(out.bytes, two_frames);
}

TEST(Output, ClearForgetsBoth) {
    output out;
    out.bytes = "x";
    out.needs_stamp = true;
    out.clear();
    EXPECT_EQ(out.bytes, "");
    EXPECT_FALSE(out.needs_stamp);
}

}  // namespace
}  // namespace relayauth::session
