#pragma once

#include "relayauth/base/bytes.hpp"

#include <cstdint>
#include <optional>

namespace relayauth::rpc {

// field is one field of an encoded protobuf message (protobuf.dev, "Encoding"). Which of `value`
// and `content` counts is said by its type; the number says what it means.
struct field {
    enum class type { varint, fixed64, length_delimited, fixed32 };

    std::uint32_t number = 0;
    type kind = type::varint;
    std::uint64_t value = 0;  // of varint, fixed64 and fixed32
    bytes_view content;       // of length_delimited; a view into the message

    bool is(int wanted_number, type wanted_kind) const {
        return number == static_cast<std::uint32_t>(wanted_number) && kind == wanted_kind;
    }
};

// field_reader walks over the fields of one message where it lies. Requests are read with it, and
// not by protobuf's generated parsers, because those copy every text, allocate for every call,
// write to stderr about text that is not UTF-8, and would build a quarter of a million items from
// one frame before anybody could count them.
class field_reader {
public:
    // `message` must outlive the reader and every `content`.
    explicit field_reader(bytes_view message) : rest_(message) {}

    // next gives one field after the other; nothing at the end, or where the encoding is broken.
    std::optional<field> next();

    // broken tells, once next() gave nothing, that the message does not end where a field ends.
    // Groups, which proto3 does not have, count as broken.
    bool broken() const { return !rest_.empty(); }

private:
    std::optional<std::uint64_t> take_varint();
    std::optional<std::uint64_t> take_little_endian(std::size_t octets);
    bool take_value(field& into, unsigned wire_type);

    bytes_view rest_;
};

}  // namespace relayauth::rpc
