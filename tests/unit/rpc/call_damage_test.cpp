#include "relayauth/rpc/call.hpp"
#include "relayauth/rpc/wire.hpp"

#include "octets.hpp"

#include <gtest/gtest.h>

namespace relayauth::rpc {
namespace {

// Three frames as they follow each other on a connection.
const auto stream = octets(
    "00 00 00 2a"
    " 08 07  11 80 c0 c4 81 a3 f7 e0 01  22 1d"
    " 0a 16 73 69 70 3a 61 6c 69 63 65 40 65 78 61 6d 70 6c 65 2e 74 65 73 74  10 e0 03  18 01"
    " 00 00 00 21"
    " 08 ac 02  2a 1c"
    " 0a 12  0a 04 75 73 65 72  12 04 70 61 73 73  1a 01 72  22 01 69  0a 06  0a 02 75 32  12 00"
    " 00 00 00 0d"
    " 08 01  11 80 c0 c4 81 a3 f7 e0 01  32 00");

// receiver does what a connection does: it keeps what it was given until a frame is whole.
struct receiver {
    void give(bytes_view more) {
        buffer.insert(buffer.end(), more.begin(), more.end());
        while (true) {
            // An exactly sized copy, so that a sanitizer sees a read beyond what has arrived.
            const std::vector<std::uint8_t> exact(buffer);
            const auto found = framer().next(exact);
            ASSERT_TRUE(found.has_value());
            if (!*found) return;
            const auto call = parser.parse((*found)->payload);
            ASSERT_TRUE(call.has_value());
            ids.push_back(call->id);
            buffer.erase(buffer.begin(),
                         buffer.begin() + static_cast<std::ptrdiff_t>((*found)->consumed));
        }
    }
    call_parser parser;
    std::vector<std::uint8_t> buffer;
    std::vector<std::uint64_t> ids;
};

const std::vector<std::uint64_t> all_ids = {7, 300, 1};

TEST(CallStream, IsReadWholeAndOctetByOctet) {
    receiver whole, slow;
    whole.give(stream);
    EXPECT_EQ(whole.ids, all_ids);
    for (const auto octet : stream) slow.give({&octet, 1});
    EXPECT_EQ(slow.ids, all_ids);
    EXPECT_TRUE(slow.buffer.empty());
}

TEST(CallStream, IsReadAtEverySplit) {
    for (std::size_t at = 0; at <= stream.size(); ++at) {
        receiver split;
        split.give(bytes_view(stream).first(at));
        split.give(bytes_view(stream).subspan(at));
        EXPECT_EQ(split.ids, all_ids) << at;
    }
}

TEST(CallParser, KnowsATruncatedEnvelopeAtEveryLength) {
    call_parser parser;
    const auto whole = octets(issue_envelope_hex);
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const auto answer = parser.parse(first_octets(whole, size));
        ASSERT_FALSE(answer.has_value()) << size;
        // After the id and after the time the envelope ends where a field does, without its call.
        const bool between_fields = size == 0 || size == 2 || size == 11;
        EXPECT_EQ(answer.error().why, between_fields ? errc::no_call : errc::undecodable_envelope)
            << size;
        EXPECT_EQ(answer.error().id, size < 2 ? 0u : 7u) << size;
    }
}

TEST(CallParser, KnowsATruncatedCheckMessageAtEveryLength) {
    call_parser parser;
    const auto whole = octets(check_message_envelope_hex);
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const auto answer = parser.parse(first_octets(whole, size));
        ASSERT_FALSE(answer.has_value()) << size;
        EXPECT_EQ(answer.error().why,
                  size == 0 || size == 2 ? errc::no_call : errc::undecodable_envelope)
            << size;
    }
}

// What a flipped bit makes is often a call again, and then another one; that it never harms and
// that views stay inside the payload is what a sanitizer looks at here.
TEST(CallParser, SurvivesEveryFlippedBit) {
    call_parser parser;
    std::size_t refused = 0;
    for (const auto hex : every_envelope_hex) {
        const auto whole = octets(hex);
        for (std::size_t bit = 0; bit < whole.size() * 8; ++bit) {
            auto damaged = whole;
            damaged[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
            const auto answer = parser.parse(damaged);
            if (!answer) ++refused;
            if (answer && std::holds_alternative<check_message_call>(answer->body)) {
                for (const auto& item : std::get<check_message_call>(answer->body).items) {
                    EXPECT_LE(item.message.size() + item.realm.size(), damaged.size());
                }
            }
            if (!answer || !std::holds_alternative<validate_call>(answer->body)) continue;
            for (const auto& item : std::get<validate_call>(answer->body).items) {
                EXPECT_LE(item.username.size(), damaged.size());
            }
        }
    }
    EXPECT_GT(refused, 100u);
}

}  // namespace
}  // namespace relayauth::rpc
