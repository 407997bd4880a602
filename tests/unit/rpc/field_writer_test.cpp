#include "relayauth/rpc/field_writer.hpp"

#include "allocation_count.hpp"
#include "octets.hpp"

#include <gtest/gtest.h>

#include <array>
#include <limits>

namespace relayauth::rpc {
namespace {

// What `put` writes behind an `x`.
template <class Put>
std::string written(Put put) {
    std::string out = "x";
    field_writer to(out);
    put(to);
    to.finish();
    return to_hex(as_bytes(out).subspan(1));
}

std::string hex(std::string_view typed) {
    return to_hex(octets(typed));
}

// A length-delimited field put together by hand.
std::string delimited(unsigned number, const std::string& content) {
    std::string out(1, static_cast<char>(number << 3 | 2));
    auto left = content.size();
    for (; left >= 0x80; left >>= 7) out.push_back(static_cast<char>(left | 0x80));
    out.push_back(static_cast<char>(left));
    return out + content;
}

TEST(FieldWriter, WritesEachType) {
    EXPECT_EQ(written([](field_writer& to) { to.varint(1, 150); }), hex("08 96 01"));
    EXPECT_EQ(written([](field_writer& to) { to.fixed64(2, 0x8807060504030201u); }),
              hex("11 01 02 03 04 05 06 07 88"));
    EXPECT_EQ(written([](field_writer& to) { to.text(3, "hi"); }), hex("1a 02 68 69"));
    EXPECT_EQ(written([](field_writer& to) { to.zigzag(15, -1); }), hex("78 01"));
}

TEST(FieldWriter, WritesTheEdgesOfVarints) {
    EXPECT_EQ(written([](field_writer& to) { to.varint(1, 127); }), hex("08 7f"));
    EXPECT_EQ(written([](field_writer& to) { to.varint(1, 128); }), hex("08 80 01"));
    EXPECT_EQ(written([](field_writer& to) { to.varint(1, ~std::uint64_t{0}); }),
              hex("08 ff ff ff ff ff ff ff ff ff 01"));
    using limits = std::numeric_limits<std::int64_t>;
    EXPECT_EQ(written([](field_writer& to) { to.zigzag(1, 1); }), hex("08 02"));
    EXPECT_EQ(written([](field_writer& to) { to.zigzag(1, limits::max()); }),
              hex("08 fe ff ff ff ff ff ff ff ff 01"));
    EXPECT_EQ(written([](field_writer& to) { to.zigzag(1, limits::min()); }),
              hex("08 ff ff ff ff ff ff ff ff ff 01"));
}

TEST(FieldWriter, LeavesOutWhatProto3LeavesOut) {
    EXPECT_EQ(written([](field_writer& to) {
                  to.varint(1, 0);
                  to.fixed64(1, 0);
                  to.zigzag(1, 0);
                  to.text(1, "");
                  to.octets(1, {});
              }),
              "");
    EXPECT_EQ(written([](field_writer& to) {
                  to.varint_even_0(1, 0);
                  to.zigzag_even_0(1, 0);
                  to.octets_even_empty(1, {});
              }),
              hex("08 00 08 00 0a 00"));
}

TEST(FieldWriter, MakesRoomForLongLengthsWhenAMessageEnds) {
    for (const std::size_t size : {0u, 127u, 128u, 16'383u, 16'384u, 300'000u}) {
        const std::string text(size, 'y');
        std::string out = "x";
        field_writer to(out);
        const auto outer = to.begin_message(1);
        const auto inner = to.begin_message(2);
        to.octets_even_empty(3, as_bytes(text));
        to.end_message(inner);
        to.varint(4, 5);
        to.end_message(outer);
        to.varint(6, 7);
        to.finish();

        const auto middle = delimited(2, delimited(3, text)) + "\x20\x05";
        const auto whole = "x" + delimited(1, middle);
        EXPECT_TRUE(out == whole + "\x30\x07") << size;
    }
}

std::array<std::uint8_t, 32> some_key() {
    std::array<std::uint8_t, 32> key;
    key.fill(0xA5);
    return key;
}

TEST(FieldWriter, WipesTheMemoryThatItOutgrows) {
    const auto key = some_key();
    std::string out;
    field_writer to(out);
    const leak_watch watch(key);
    to.octets(1, key);
    for (int i = 0; i < 10'000; ++i) to.varint(2, 150);
    to.finish();
    EXPECT_EQ(watch.found(), 0u);
    EXPECT_EQ(to_hex(as_bytes(out).first(2)), "0a20");
    EXPECT_EQ(out.size(), 30'034u);
    out.reserve(out.capacity() + 1);
    EXPECT_EQ(watch.found(), 1u) << "the watch does not see";
}

TEST(Grow, WipesWhatWasCutOffEarlierToo) {
    const auto key = some_key();
    std::string out = "xy";
    out.append(as_text(key));
    const leak_watch watch(key);
    out.resize(1);
    const auto size = out.capacity() + 1;
    grow(out, size);
    EXPECT_EQ(watch.found(), 0u);
    EXPECT_EQ(out.size(), size);
    EXPECT_EQ(out.front(), 'x');
    EXPECT_EQ(out.find_first_not_of('\0', 1), std::string::npos);
}

TEST(Grow, KeepsALongRunOfRepliesLinear) {
    std::string out;
    const auto before = allocation_count();
    for (std::size_t size = 1; size <= 100'000; ++size) grow(out, size);
    EXPECT_LT(allocation_count() - before, 20u);
    EXPECT_EQ(out.size(), 100'000u);
}

}  // namespace
}  // namespace relayauth::rpc
