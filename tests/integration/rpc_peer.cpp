#include "rpc_peer.hpp"

#include "tcp_stream.hpp"
#include "tls_stream.hpp"

#include <gtest/gtest.h>

namespace relayauth::lab {
namespace {

constexpr std::size_t header_size = 4;

// Protobuf's wire types.
constexpr unsigned wire_varint = 0;
constexpr unsigned wire_fixed64 = 1;
constexpr unsigned wire_text = 2;

std::string varint(std::uint64_t value) {
    std::string out;
    for (; value >= 0x80; value >>= 7) out += static_cast<char>(0x80 | (value & 0x7F));
    return out + static_cast<char>(value);
}

std::string tag(unsigned number, unsigned wire) {
    return varint(number << 3 | wire);
}

std::uint64_t take_varint(std::string_view& from) {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && !from.empty(); shift += 7) {
        const auto octet = static_cast<unsigned char>(from.front());
        from.remove_prefix(1);
        value |= std::uint64_t{octet & 0x7Fu} << shift;
        if (octet < 0x80) return value;
    }
    ADD_FAILURE() << "a varint without an end";
    return value;
}

std::string take(std::string_view& from, std::size_t size) {
    EXPECT_LE(size, from.size()) << "a field that is cut short";
    std::string part(from.substr(0, size));
    from.remove_prefix(std::min(size, from.size()));
    return part;
}

std::uint64_t little_endian(std::string_view octets) {
    std::uint64_t value = 0;
    for (std::size_t i = octets.size(); i-- > 0;) {
        value = value << 8 | static_cast<unsigned char>(octets[i]);
    }
    return value;
}

}  // namespace

std::string framed(std::string_view payload) {
    std::string out;
    for (int shift = 24; shift >= 0; shift -= 8) {
        out += static_cast<char>(payload.size() >> shift & 0xFF);
    }
    return out.append(payload);
}

std::string varint_field(unsigned number, std::uint64_t value) {
    return tag(number, wire_varint) + varint(value);
}

std::string text_field(unsigned number, std::string_view text) {
    return tag(number, wire_text) + varint(text.size()).append(text);
}

std::string fixed64_field(unsigned number, std::uint64_t value) {
    auto out = tag(number, wire_fixed64);
    for (int i = 0; i < 8; ++i, value >>= 8) out += static_cast<char>(value & 0xFF);
    return out;
}

std::string server_info_call(std::uint64_t id) {
    return varint_field(1, id) + text_field(6, "");
}

std::string issue_call(std::uint64_t id, std::string_view identity) {
    return varint_field(1, id) + text_field(4, text_field(1, identity));
}

std::string validate_call(std::uint64_t id, const std::vector<std::string>& usernames) {
    std::string items;
    for (const auto& each : usernames) items += text_field(1, text_field(1, each));
    return varint_field(1, id) + text_field(5, items);
}

std::vector<field> fields_of(std::string_view message) {
    std::vector<field> all;
    while (!message.empty() && !::testing::Test::HasFatalFailure()) {
        const auto head = take_varint(message);
        field each;
        each.number = static_cast<unsigned>(head >> 3);
        switch (head & 7) {
            case wire_varint:
                each.value = take_varint(message);
                break;
            case wire_fixed64:
                each.value = little_endian(take(message, 8));
                break;
            case wire_text:
                each.text = take(message, take_varint(message));
                break;
            default:
                ADD_FAILURE() << "wire type " << (head & 7);
                return all;
        }
        all.push_back(std::move(each));
    }
    return all;
}

std::uint64_t value_in(std::string_view message, unsigned number) {
    for (const auto& each : fields_of(message)) {
        if (each.number == number) return each.value;
    }
    return 0;
}

std::string text_in(std::string_view message, unsigned number) {
    for (const auto& each : fields_of(message)) {
        if (each.number == number) return each.text;
    }
    return {};
}

rpc_peer rpc_peer::over_tcp(std::uint16_t port) {
    return rpc_peer(std::make_unique<tcp_stream>(port));
}

rpc_peer rpc_peer::over_tls(std::uint16_t port) {
    return rpc_peer(std::make_unique<tls_stream>(port));
}

std::optional<rpc_reply> rpc_peer::reply(std::chrono::milliseconds within) {
    const stopwatch running;
    while (true) {
        if (unread_.size() >= header_size) {
            std::size_t size = 0;
            for (std::size_t i = 0; i < header_size; ++i) {
                size = size << 8 | static_cast<unsigned char>(unread_[i]);
            }
            if (unread_.size() >= header_size + size) {
                rpc_reply whole;
                for (auto& each : fields_of(unread_.substr(header_size, size))) {
                    if (each.number == 1) whole.id = each.value;
                    if (each.number == 2) whole.read_at = each.value;
                    if (each.number == 15) whole.written_at = each.value;
                    if (each.number < reply_error || each.number > 14) continue;
                    whole.result = each.number;
                    whole.content = std::move(each.text);
                }
                unread_.erase(0, header_size + size);
                return whole;
            }
        }
        const auto left = within - running.elapsed();
        if (left < 0ms || carrier_->receive(unread_, left) != stream::outcome::octets) {
            return std::nullopt;
        }
    }
}

bool rpc_peer::is_closed(std::chrono::milliseconds within) {
    const auto outcome = carrier_->receive(unread_, within);
    EXPECT_NE(outcome, stream::outcome::octets) << "octets where the end was awaited";
    return outcome == stream::outcome::closed;
}

}  // namespace relayauth::lab
