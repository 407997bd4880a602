#include "asked.hpp"

#include <gtest/gtest.h>

namespace relayauth::load {

asked::asked(std::string octets) : octets_(std::move(octets)) {
    sip::framer framer(limits_);
    const auto step = framer.next(octets_, table_);
    EXPECT_EQ(step.kind, sip::step::kind::message);
    EXPECT_EQ(step.consumed, octets_.size());
    const auto message = sip::parse_request(table_);
    EXPECT_FALSE(message.why) << sip::to_text(*message.why);
    sip = message.value;
    const auto body = parser_.parse(step.body);
    EXPECT_FALSE(body.why) << mras::to_text(*body.why);
    mras = body.value;
    EXPECT_EQ(mras.credentials.size(), 1u);
}

}  // namespace relayauth::load
