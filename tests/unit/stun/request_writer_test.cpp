#include "relayauth/stun/request_writer.hpp"

#include "relayauth/stun/message.hpp"
#include "relayauth/stun/wire_constants.hpp"

#include <gtest/gtest.h>

namespace relayauth::stun {
namespace {

const transaction_id id = {0x78, 0xad, 0x34, 0x33, 0xc6, 0xad, 0x72, 0xc0, 0x29, 0xda, 0x41, 0x2e};
const std::vector<std::uint8_t> key = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};

TEST(RequestWriter, PadsValuesAndCountsThePadding) {
    request_writer written(message_type::allocate, id);
    for (std::size_t size = 0; size < 9; ++size) {
        written.add(attribute::realm, as_bytes(std::string(size, 'x')));
        const auto octets = written.octets();
        EXPECT_EQ(octets.size() % 4, 0u);
        EXPECT_EQ(load_be16(&octets[2]), octets.size() - 20);
    }
}

TEST(RequestWriter, SignsWhatTheReaderOfRelaysFindsSigned) {
    for (std::size_t size = 0; size < 9; ++size) {
        request_writer written(message_type::refresh, id);
        written.add(attribute::username, as_bytes(std::string(size, 'u')));
        written.add(attribute::lifetime, std::uint32_t{0}).sign(key);
        const auto read = unverified_message::parse(written.octets());
        ASSERT_TRUE(read);
        EXPECT_TRUE(read->signed_by(key));
        EXPECT_FALSE(read->signed_by(bytes_view(key).first(15)));
        EXPECT_EQ(read->method(), 0x004);
    }
}

}  // namespace
}  // namespace relayauth::stun
