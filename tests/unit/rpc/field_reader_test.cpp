#include "relayauth/rpc/field_reader.hpp"

#include "octets.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace relayauth::rpc {
namespace {

using type = field::type;

bool is_broken(std::string_view hex) {
    const auto message = octets(hex);
    field_reader fields(message);
    while (fields.next()) {
    }
    return fields.broken();
}

TEST(FieldReader, EndsAtOnceInAnEmptyMessage) {
    field_reader fields(bytes_view{});
    EXPECT_FALSE(fields.next());
    EXPECT_FALSE(fields.broken());
}

TEST(FieldReader, ReadsEachOfTheFourTypes) {
    const auto message =
        octets("08 96 01  11 01 02 03 04 05 06 07 88  1a 02 68 69  25 01 00 00 80");
    field_reader fields(message);
    const auto varint = fields.next();
    ASSERT_TRUE(varint && varint->is(1, type::varint));
    EXPECT_EQ(varint->value, 150u);
    const auto fixed64 = fields.next();
    ASSERT_TRUE(fixed64 && fixed64->is(2, type::fixed64));
    EXPECT_EQ(fixed64->value, 0x8807060504030201u);
    const auto text = fields.next();
    ASSERT_TRUE(text && text->is(3, type::length_delimited));
    EXPECT_EQ(as_text(text->content), "hi");
    const auto fixed32 = fields.next();
    ASSERT_TRUE(fixed32 && fixed32->is(4, type::fixed32));
    EXPECT_EQ(fixed32->value, 0x80000001u);
    EXPECT_FALSE(fields.next());
    EXPECT_FALSE(fields.broken());
}

TEST(FieldReader, IsBrokenWhenAnyFieldIsCutShort) {
    for (const auto hex :
         {"08 96 01", "11 01 02 03 04 05 06 07 08", "1a 02 68 69", "25 01 02 03 04"}) {
        const auto whole = octets(hex);
        for (std::size_t size = 1; size < whole.size(); ++size) {
            const auto cut = first_octets(whole, size);
            field_reader fields(cut);
            EXPECT_FALSE(fields.next()) << hex << " at " << size;
            EXPECT_TRUE(fields.broken()) << hex << " at " << size;
        }
    }
}

TEST(FieldReader, StaysBrokenWhenAskedAgain) {
    const auto message = octets("08 01 08");
    field_reader fields(message);
    EXPECT_TRUE(fields.next());
    EXPECT_FALSE(fields.next());
    EXPECT_FALSE(fields.next());
    EXPECT_TRUE(fields.broken());
}

TEST(FieldReader, ReadsTheLargestVarintAndRefusesOneThatDoesNotEnd) {
    const auto message = octets("08 ff ff ff ff ff ff ff ff ff 01");
    const auto largest = field_reader(message).next();
    ASSERT_TRUE(largest);
    EXPECT_EQ(largest->value, std::numeric_limits<std::uint64_t>::max());
    EXPECT_TRUE(is_broken("08 ff ff ff ff ff ff ff ff ff ff 01"));
}

TEST(FieldReader, RefusesLengthsThatLie) {
    EXPECT_TRUE(is_broken("0a 01"));
    EXPECT_TRUE(is_broken("0a 03 61 62"));
    EXPECT_TRUE(is_broken("0a ff ff ff ff 0f 61"));
    EXPECT_TRUE(is_broken("0a ff ff ff ff ff ff ff ff ff 01 61"));
    EXPECT_FALSE(is_broken("0a 02 61 62"));
}

TEST(FieldReader, RefusesGroupsAndUnusedTypes) {
    EXPECT_TRUE(is_broken("0b 0c"));
    EXPECT_TRUE(is_broken("0c"));
    EXPECT_TRUE(is_broken("0e 00"));
    EXPECT_TRUE(is_broken("0f 00"));
}

TEST(FieldReader, RefusesFieldNumber0AndNumbersBeyond29Bits) {
    EXPECT_TRUE(is_broken("00 01"));
    EXPECT_TRUE(is_broken("07 01"));
    EXPECT_FALSE(is_broken("f8 ff ff ff 0f 01"));
    EXPECT_TRUE(is_broken("80 80 80 80 10 01"));
    EXPECT_TRUE(is_broken("88 80 80 80 10 01"));
}

TEST(Field, IsToldApartByNumberAndType) {
    field one;
    one.number = 3;
    one.kind = type::fixed64;
    EXPECT_TRUE(one.is(3, type::fixed64));
    EXPECT_FALSE(one.is(4, type::fixed64));
    EXPECT_FALSE(one.is(3, type::varint));
}

}  // namespace
}  // namespace relayauth::rpc
