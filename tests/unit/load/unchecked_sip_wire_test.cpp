#include "asked.hpp"
#include "listening.hpp"
#include "relayauth/load/sip_wire.hpp"
#include "sip_answers.hpp"

#include <gtest/gtest.h>

namespace relayauth::load {
namespace {

unchecked_sip_wire speaking() {
    return unchecked_sip_wire({sip_run, "edge.example.com", "192.0.2.1:40000", false});
}

constexpr std::string_view canned = "SIP/2.0 200 OK\r\nCSeq: 9 X\r\nContent-Length: 5\r\n\r\nhello";

TEST(UncheckedSipWire, SendsWhatTheCheckedOneSends) {
    std::string out;
    auto wire = speaking();
    wire.begin(out);
    wire.write(out, {42, call::issue, 7});
    EXPECT_EQ(asked(out).mras.request_id, "000000000042");
}

TEST(UncheckedSipWire, TakesAny200AsGoodAndNamesNoRequest) {
    auto wire = speaking();
    const auto got = hear_whole(wire, canned);
    EXPECT_EQ(got.what, outcome::good);
    EXPECT_EQ(got.index, std::nullopt);
    EXPECT_EQ(got.username, "");
}

TEST(UncheckedSipWire, CallsEveryOtherFinalStatusARefusal) {
    for (const std::string status : {"202", "302", "404", "503", "600", "2000"}) {
        auto wire = speaking();
        const auto got = hear_whole(wire, "SIP/2.0 " + status + " X\r\nContent-Length: 0\r\n\r\n");
        EXPECT_EQ(got.what, outcome::refused) << status;
        EXPECT_EQ(got.why, "SIP status");
    }
}

TEST(UncheckedSipWire, PassesOverProvisionalAnswers) {
    auto wire = speaking();
    const auto all = listening(wire).receive("SIP/2.0 100 Trying\r\nContent-Length: 0\r\n\r\n" +
                                             std::string(canned));
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(all[0].kind, answer::kind::nothing);
    EXPECT_EQ(all[1].kind, answer::kind::whole);
}

TEST(UncheckedSipWire, TakesAnswersInAnyPieces) {
    auto wire = speaking();
    listening end(wire);
    const auto two = std::string(canned) + std::string(canned);
    std::size_t whole = 0;
    for (std::size_t i = 0; i < two.size(); ++i) {
        whole += end.receive({&two[i], 1}).size();
        EXPECT_EQ(whole, (i + 1) / canned.size()) << i;
    }
    EXPECT_EQ(listening(wire).receive(two).size(), 2u);
    for (std::size_t size = 0; size < canned.size(); ++size) {
        EXPECT_TRUE(hear_cut(wire, canned, size).empty()) << size;
    }
}

TEST(UncheckedSipWire, IsBrokenWithoutALengthOrAnEnd) {
    for (const auto& octets :
         {std::string("SIP/2.0 200 OK\r\nCSeq: 1 X\r\n\r\n"),
          std::string("SIP/2.0 200 OK\r\nContent-Length: x\r\n\r\n"),
          std::string("SIP/2.0 200 OK\r\nContent-Length: 600000\r\n\r\n"),
          std::string("SIP/2.0 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\n"),
          std::string(17'000, 'a')}) {
        auto wire = speaking();
        const auto all = listening(wire).receive(octets);
        ASSERT_EQ(all.size(), 1u) << octets;
        EXPECT_EQ(all[0].kind, answer::kind::broken);
        EXPECT_FALSE(all[0].why.empty());
    }
    auto wire = speaking();
    EXPECT_TRUE(listening(wire).receive(std::string(16 * 1024, 'a')).empty());
}

}  // namespace
}  // namespace relayauth::load
