#pragma once

#include "relayauth/base/bytes.hpp"

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace relayauth::rpc {

// grow makes `out` longer, `size` octets in all; the new ones are 0. Where that needs other memory,
// what is left behind is wiped: a reply may hold a password or a long-term key.
void grow(std::string& out, std::size_t size);

// field_writer appends the fields of encoded protobuf messages to a buffer (protobuf.dev,
// "Encoding"), the octets that protobuf itself would write if they come by ascending number.
// Replies are written with it, and not by protobuf's generated code, because that wants every text
// copied into its messages first: half the cost of a good verdict. Call finish() at the end; until
// then nobody else may touch `out`, which must outlive the writer. Field numbers go up to 15.
class field_writer {
public:
    explicit field_writer(std::string& out) : out_(out), begin_(out.size()), used_(out.size()) {}

    // These leave out what proto3 leaves out of a field without presence: 0 and the empty text.
    void varint(int number, std::uint64_t value) {
        if (value != 0) varint_even_0(number, value);
    }
    void zigzag(int number, std::int64_t value) {
        if (value != 0) zigzag_even_0(number, value);
    }
    void fixed64(int number, std::uint64_t value) {
        if (value != 0) fixed64_even_0(number, value);
    }
    void text(int number, std::string_view value) { octets(number, as_bytes(value)); }
    void octets(int number, bytes_view value) {
        if (!value.empty()) octets_even_empty(number, value);
    }

    // The same for fields with presence and elements of repeated ones, which are always there.
    void varint_even_0(int number, std::uint64_t value) {
        auto* at = room(1 + longest_varint);
        *at++ = tag(number, 0);
        used_ += 1 + put_varint(at, value);
    }
    void fixed64_even_0(int number, std::uint64_t value) {
        auto* const at = room(1 + 8);
        *at = tag(number, 1);
        for (unsigned i = 0; i < 8; ++i) at[1 + i] = static_cast<std::uint8_t>(value >> 8 * i);
        used_ += 1 + 8;
    }
    void zigzag_even_0(int number, std::int64_t value) {
        const auto bits = static_cast<std::uint64_t>(value);
        varint_even_0(number, bits << 1 ^ (value < 0 ? ~std::uint64_t{0} : 0));
    }
    void octets_even_empty(int number, bytes_view value) {
        auto* at = room(1 + longest_varint + value.size());
        *at++ = tag(number, 2);
        const auto length_size = put_varint(at, value.size());
        if (!value.empty()) std::memcpy(at + length_size, value.data(), value.size());
        used_ += 1 + length_size + value.size();
    }

    // begin_message opens a message within; what is written then belongs to it until end_message
    // gets what begin_message gave. They nest.
    std::size_t begin_message(int number) {
        auto* const at = room(2);
        at[0] = tag(number, 2);
        used_ += 2;  // most messages are short: one octet will do for the length
        return used_;
    }
    void end_message(std::size_t content) {
        const auto size = used_ - content;
        if (size >= 0x80) return end_long_message(content);
        out_[content - 1] = static_cast<char>(size);
    }

    // finish leaves `out` with what was written, and no more.
    void finish() { out_.resize(used_); }

private:
    static constexpr std::size_t longest_varint = 10;

    static std::uint8_t tag(int number, unsigned wire_type) {
        assert(number > 0 && number < 16);
        return static_cast<std::uint8_t>(static_cast<unsigned>(number) << 3 | wire_type);
    }

    // put_varint writes to `at` and gives the number of octets.
    static std::size_t put_varint(std::uint8_t* at, std::uint64_t value) {
        std::size_t size = 0;
        for (; value >= 0x80; value >>= 7) at[size++] = static_cast<std::uint8_t>(value | 0x80);
        at[size++] = static_cast<std::uint8_t>(value);
        return size;
    }

    std::uint8_t* room(std::size_t octets) {
        if (out_.size() - used_ < octets) make_room(octets);
        return reinterpret_cast<std::uint8_t*>(out_.data()) + used_;
    }
    void make_room(std::size_t octets);
    void end_long_message(std::size_t content);

    std::string& out_;  // its octets from used_ on are room, not content
    const std::size_t begin_;
    std::size_t used_;
};

}  // namespace relayauth::rpc
