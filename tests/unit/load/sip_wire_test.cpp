#include "relayauth/load/sip_wire.hpp"

#include "asked.hpp"
#include "listening.hpp"
#include "sip_answers.hpp"

#include <gtest/gtest.h>

namespace relayauth::load {
namespace {

sip_wire speaking() {
    return {std::string(sip_run), {sip_run, "edge.example.com", "192.0.2.1:40000", true}};
}

heard hear(const std::string& octets, std::uint64_t sent = 100) {
    auto wire = speaking();
    return hear_whole(wire, octets, sent);
}

void expect_good(const heard& got, std::uint64_t index) {
    EXPECT_EQ(got.kind, answer::kind::whole);
    EXPECT_EQ(got.index, index);
    EXPECT_EQ(got.what, outcome::good) << got.why;
    EXPECT_EQ(got.to, call::issue);
    EXPECT_EQ(got.username, "user==");
    EXPECT_EQ(got.password, "pass=");
    EXPECT_EQ(got.duration_minutes, 480u);
}

TEST(SipWire, SaysNothingBeforeItsFirstRequest) {
    std::string out;
    speaking().begin(out);
    EXPECT_EQ(out, "");
}

TEST(SipWire, WritesRequestsBehindEachOther) {
    auto wire = speaking();
    std::string one, both;
    wire.write(one, {41, call::issue, 1});
    both = one;
    wire.write(both, {42, call::issue, 2});
    EXPECT_EQ(asked(both.substr(0, one.size())).mras.request_id, "000000000041");
    EXPECT_EQ(asked(both.substr(one.size())).mras.request_id, "000000000042");
}

// The ids of sip_answers.hpp are typed by hand; here they meet those that are sent.
TEST(SipWire, TakesTheAnswerToWhatItWrote) {
    auto wire = speaking();
    std::string out;
    wire.write(out, {42, call::issue, 7});
    const asked request(out);
    sip_answer answer;
    answer.call_id = request.sip.call_id;
    answer.cseq = request.sip.cseq;
    answer.id = request.mras.request_id;
    EXPECT_EQ(answer.text(), sip_answer_to(42).text());
    expect_good(hear(answer.text()), 42);
}

TEST(SipWire, TakesAnAnswerOctetByOctet) {
    auto wire = speaking();
    listening end(wire);
    const auto octets = sip_answer_to(42).text();
    for (std::size_t i = 0; i + 1 < octets.size(); ++i) {
        ASSERT_TRUE(end.receive({&octets[i], 1}).empty()) << i;
    }
    const auto all = end.receive({&octets.back(), 1});
    ASSERT_EQ(all.size(), 1u);
    expect_good(all[0], 42);
}

TEST(SipWire, TakesAnAnswerInTwoPartsWhereverItIsCut) {
    const auto octets = sip_answer_to(42).text();
    for (std::size_t i = 1; i < octets.size(); ++i) {
        auto wire = speaking();
        listening end(wire);
        ASSERT_TRUE(end.receive(octets.substr(0, i)).empty()) << i;
        const auto all = end.receive(octets.substr(i));
        ASSERT_EQ(all.size(), 1u) << i;
        expect_good(all[0], 42);
    }
}

TEST(SipWire, TakesSeveralAnswersInOneReadAndTheBeginningOfAnother) {
    auto wire = speaking();
    listening end(wire);
    const auto third = sip_answer_to(3).text();
    const auto all =
        end.receive(sip_answer_to(9).text() + sip_answer_to(0).text() + third.substr(0, 50));
    ASSERT_EQ(all.size(), 2u);
    expect_good(all[0], 9);
    expect_good(all[1], 0);
    const auto rest = end.receive(third.substr(50));
    ASSERT_EQ(rest.size(), 1u);
    expect_good(rest[0], 3);
}

TEST(SipWire, PassesOverProvisionalAnswersAndKeepAlives) {
    auto wire = speaking();
    listening end(wire);
    auto trying = sip_answer_to(42);
    trying.status = "100 Trying";
    auto progress = sip_answer_to(42);
    progress.status = "199 Early";
    const auto all = end.receive("\r\n\r\n" + trying.text("") + progress.text("") + "\r\n\r\n" +
                                 sip_answer_to(42).text() + "\r\n\r\n");
    ASSERT_EQ(all.size(), 6u);
    for (const std::size_t i : {0u, 1u, 2u, 3u, 5u}) {
        EXPECT_EQ(all[i].kind, answer::kind::nothing) << i;
    }
    expect_good(all[4], 42);
}

TEST(SipWire, IsNeverGoodWithAnAnswerCutShort) {
    const auto octets = sip_answer_to(42).text();
    auto wire = speaking();
    for (std::size_t size = 0; size < octets.size(); ++size) {
        EXPECT_TRUE(hear_cut(wire, octets, size).empty()) << size;
    }
}

TEST(SipWire, WantsItsCseqBack) {
    for (const auto cseq : {"2 SERVICE", "11 SERVICE", "1 OPTIONS", "1SERVICE", "1 service", "1",
                            "1 SERVICES", "0001 OPTIONS", "SERVICE"}) {
        auto answer = sip_answer_to(42);
        answer.cseq = cseq;
        const auto got = hear(answer.text());
        EXPECT_EQ(got.what, outcome::wrong) << cseq;
        EXPECT_EQ(got.why, "CSeq") << cseq;
        EXPECT_EQ(got.index, 42u) << cseq;
    }
    auto spaced = sip_answer_to(42);
    spaced.cseq = "1 \t SERVICE";
    expect_good(hear(spaced.text()), 42);
}

TEST(SipWire, DoesNotTakeTheCallIdsOfOthers) {
    for (const auto call_id :
         {"0123456789abcdee000000000000002a", "0123456789abcdef00000000000002a",
          "0123456789abcdef0000000000000002a", "0123456789abcdef", "hello", "000000000000002a",
          "0123456789abcdef00000000000000xa", "0123456789abcdef000000000000002A"}) {
        auto answer = sip_answer_to(42);
        answer.call_id = call_id;
        EXPECT_EQ(hear(answer.text()).index, std::nullopt) << call_id;
    }
}

TEST(SipWire, DoesNotTakeAnIndexThatWasNotGivenOut) {
    EXPECT_EQ(hear(sip_answer_to(42).text(), 43).index, 42u);
    EXPECT_EQ(hear(sip_answer_to(42).text(), 42).index, std::nullopt);
    EXPECT_EQ(hear(sip_answer_to(42).text(), 0).index, std::nullopt);
}

TEST(SipWire, SeesAnswersThatWereMixedUp) {
    auto answer = sip_answer_to(42);
    answer.id = "000000000041";
    EXPECT_EQ(hear(answer.text()).what, outcome::swapped);
    EXPECT_EQ(hear(answer.text()).index, 42u);
    answer.id = "000000000100";
    EXPECT_EQ(hear(answer.text()).what, outcome::wrong);
}

TEST(SipWire, CallsAStatusOf300OrMoreARefusal) {
    for (const std::string status : {"300", "302", "403", "500", "503", "699"}) {
        auto answer = sip_answer_to(42);
        answer.status = status + " Some Words";
        answer.content_type.clear();
        const auto got = hear(answer.text(""));
        EXPECT_EQ(got.what, outcome::refused) << status;
        EXPECT_EQ(got.why, "SIP " + status);
        EXPECT_EQ(got.index, 42u);
        EXPECT_EQ(hear(answer.text()).what, outcome::refused) << "whatever its body says";
    }
}

TEST(SipWire, GivesAnMrasRefusalItsWord) {
    auto answer = sip_answer_to(42);
    answer.reason = "Server Busy";
    EXPECT_EQ(hear(answer.text()).what, outcome::refused);
    EXPECT_EQ(hear(answer.text()).why, "Server Busy");
}

TEST(SipWire, WantsTheContentTypeOfMras) {
    for (const auto type : {"", "text/plain", "application/xml", "application/sdp"}) {
        auto answer = sip_answer_to(42);
        answer.content_type = type;
        EXPECT_EQ(hear(answer.text()).what, outcome::wrong) << type;
        EXPECT_EQ(hear(answer.text()).why, "Content-Type") << type;
    }
    auto with_parameter = sip_answer_to(42);
    with_parameter.content_type += ";charset=utf-8";
    expect_good(hear(with_parameter.text()), 42);
}

TEST(SipWire, LooksIntoTheBody) {
    EXPECT_EQ(hear(sip_answer_to(42).text("")).what, outcome::wrong);
    EXPECT_EQ(hear(sip_answer_to(42).text("<response/>")).what, outcome::wrong);
}

void expect_broken(std::string_view octets) {
    auto wire = speaking();
    const auto all = listening(wire).receive(octets);
    ASSERT_FALSE(all.empty()) << octets;
    EXPECT_EQ(all.back().kind, answer::kind::broken) << octets;
    EXPECT_FALSE(all.back().why.empty()) << octets;
}

TEST(SipWire, IsBrokenByWhatIsNoSipAnswer) {
    expect_broken("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    expect_broken("\x15\x03\x01\x00\x02\x02\x28 a TLS alert\r\n\r\n");
    expect_broken("SERVICE sip:x SIP/2.0\r\nCall-ID: 1\r\nContent-Length: 0\r\n\r\n");
    expect_broken("OPTIONS sip:x SIP/2.0\r\nCall-ID: 1\r\nContent-Length: 0\r\n\r\n");
}

TEST(SipWire, IsBrokenByDamageToTheFraming) {
    const auto with_length = [](std::string_view value) {
        return "SIP/2.0 200 OK\r\nCall-ID: 1\r\nContent-Length: " + std::string(value) + "\r\n\r\n";
    };
    expect_broken("SIP/2.0 200 OK\r\nCall-ID: 1\r\n\r\n");
    expect_broken(with_length("x"));
    expect_broken(with_length("-1"));
    expect_broken(with_length("99999999"));
    expect_broken(with_length("0\r\nContent-Length: 1"));
    expect_broken("SIP/2.0 200 OK\r\nA: " + std::string(20'000, 'a') + "\r\n\r\n");
    // Good ones before it are still good.
    auto wire = speaking();
    const auto all = listening(wire).receive(sip_answer_to(42).text() + "HTTP/1.1 200 OK\r\n\r\n");
    ASSERT_EQ(all.size(), 2u);
    expect_good(all[0], 42);
}

}  // namespace
}  // namespace relayauth::load
