#include "relayauth/client/mras_message.hpp"

#include "relayauth/base/time_text.hpp"
#include "relayauth/sip/framer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace relayauth::client {
namespace {

using testing::HasSubstr;

const mras_ids ids = {"0123456789abcdef0123456789abcdef", "a1b2c3d4e5", "8c7b6a5948372615",
                      "3149848"};

const std::string good_body =
    R"(<?xml version="1.0"?><m:response xmlns:m="http://schemas.microsoft.com/2006/09/sip/mrasp")"
    R"( requestID="3149848" version="2.0" serverVersion="3.0" reasonPhrase="OK">)"
    R"(<m:credentialsResponse credentialsRequestID="3149848"><m:credentials>)"
    R"(<m:username>dXNlcg==</m:username><m:password>cGFzcw==</m:password>)"
    R"(<m:duration>480</m:duration></m:credentials></m:credentialsResponse></m:response>)";

// An answer as a server sends it; what a test changes is `head`, its lines in front of the body's.
std::string answer(const std::string& head, const std::string& body) {
    return head + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

const std::string good_head =
    "SIP/2.0 200 OK\r\n"
    "Via: SIP/2.0/TLS 192.0.2.7:50001;branch=z9hG4bK8c7b6a5948372615\r\n"
    "Call-ID: 0123456789abcdef0123456789abcdef\r\n"
    "CSeq: 1 SERVICE\r\n"
    "Date: Sun, 22 Nov 2026 09:30:54 GMT\r\n"
    "Content-Type: application/msrtc-media-relay-auth+xml\r\n";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
}

std::optional<result<mras_answer, failure>> read(std::string message) {
    const sip::limits limits;
    sip::framer framer(limits);
    sip::header_table table;
    const auto step = framer.next(message, table);
    EXPECT_EQ(step.kind, sip::step::kind::message);
    return read_mras_answer(table, std::string_view(step.body.data(), step.body.size()), ids);
}

std::string failure_of(const std::string& message) {
    const auto got = read(message);
    if (!got) return "nothing yet";
    return *got ? "good" : got->error().text;
}

TEST(MrasIds, AreDrawnInTheFormOfRealClientsAndDiffer) {
    std::set<std::string> seen;
    for (int i = 0; i < 50; ++i) {
        const auto drawn = draw_mras_ids();
        ASSERT_TRUE(drawn);
        EXPECT_EQ(drawn->call_id.size(), 32u);
        EXPECT_EQ(drawn->from_tag.size(), 10u);
        EXPECT_FALSE(drawn->branch.empty());
        EXPECT_LE(drawn->request_id.size(), 7u);
        EXPECT_EQ(drawn->request_id.find_first_not_of("0123456789"), std::string::npos);
        seen.insert(drawn->call_id);
    }
    EXPECT_EQ(seen.size(), 50u);
}

TEST(MrasQuestion, IsAServiceRequestWithItsBody) {
    mras_question question;
    question.identity = "sip:alice@example.test";
    question.where = mras::location::intranet;
    question.duration_minutes = 480;
    const auto now = *parse_utc("2026-11-22T09:30:54Z");
    const std::string body =
        R"(<request requestID="3149848" version="2.0")"
        R"( to="sip:mras@edge.example.test;gruu;opaque=srvr:MRAS:AAAAAAAAAAAAAAAAAAAAAAAA")"
        R"( from="sip:alice@example.test" xmlns="http://schemas.microsoft.com/2006/09/sip/mrasp">)"
        R"(<credentialsRequest credentialsRequestID="3149848">)"
        R"(<identity>sip:alice@example.test</identity><location>intranet</location>)"
        R"(<duration>480</duration></credentialsRequest></request>)";
    EXPECT_EQ(write_mras_question(question, ids, {"edge.example.test", 5062}, "192.0.2.7:50001",
                                  true, now),
              "SERVICE sip:edge.example.test:5062;grid SIP/2.0\r\n"
              "Via: SIP/2.0/TLS 192.0.2.7:50001;branch=z9hG4bK8c7b6a5948372615;rport\r\n"
              "Max-Forwards: 70\r\n"
              "From: <sip:alice@example.test>;tag=a1b2c3d4e5\r\n"
              "To: <sip:mras@edge.example.test;gruu;opaque=srvr:MRAS:AAAAAAAAAAAAAAAAAAAAAAAA>\r\n"
              "Call-ID: 0123456789abcdef0123456789abcdef\r\n"
              "CSeq: 1 SERVICE\r\n"
              "Date: Sun, 22 Nov 2026 09:30:54 GMT\r\n"
              "User-Agent: relayauth\r\n"
              "Content-Type: application/msrtc-media-relay-auth+xml\r\n"
              "Content-Length: " +
                  std::to_string(body.size()) + "\r\n\r\n" + body);
}

TEST(MrasQuestion, NamesPlainTcpAndBracketsIpv6) {
    mras_question question;
    question.identity = "sip:alice@example.test";
    question.version = "1.0";
    question.by = mras::route::directip;
    const auto text =
        write_mras_question(question, ids, {"::1", 5063}, "[::1]:40000", false, wall_time());
    EXPECT_THAT(text, HasSubstr("SERVICE sip:[::1]:5063;grid SIP/2.0\r\n"));
    EXPECT_THAT(text, HasSubstr("Via: SIP/2.0/TCP [::1]:40000;"));
    EXPECT_THAT(text, HasSubstr("To: <sip:mras@[::1];gruu"));
    EXPECT_THAT(text, HasSubstr("version=\"1.0\""));
    EXPECT_THAT(text, HasSubstr("route=\"directip\""));
    EXPECT_THAT(text, testing::Not(HasSubstr("<duration>")));
    EXPECT_THAT(text, testing::Not(HasSubstr("<location>")));
}

TEST(MrasAnswer, GivesTheCredentialsAndTheServersClock) {
    const auto got = read(answer(good_head, good_body));
    ASSERT_TRUE(got && *got);
    const auto& value = **got;
    EXPECT_EQ(value.sip_status, 200);
    EXPECT_EQ(value.sip_reason, "OK");
    EXPECT_EQ(value.server_date, parse_utc("2026-11-22T09:30:54Z"));
    EXPECT_EQ(value.request_id, "3149848");
    EXPECT_EQ(value.warning, "");
    ASSERT_TRUE(value.response);
    EXPECT_EQ(value.response->reason, "OK");
    ASSERT_EQ(value.response->credentials.size(), 1u);
    EXPECT_EQ(value.response->credentials[0].username, "dXNlcg==");
    EXPECT_EQ(value.response->credentials[0].password, "cGFzcw==");
}

TEST(MrasAnswer, IsNotYetThereAfterAProvisionalOne) {
    EXPECT_EQ(failure_of(answer(replaced(good_head, "200 OK", "100 Trying"), "")), "nothing yet");
    EXPECT_EQ(failure_of(answer(replaced(good_head, "200 OK", "199 Early"), "")), "nothing yet");
}

TEST(MrasAnswer, MustBelongToTheQuestion) {
    const std::string stranger =
        "the answer belongs to another question (Call-ID or CSeq): see --trace";
    EXPECT_EQ(failure_of(answer(replaced(good_head, "Call-ID: 0", "Call-ID: 1"), good_body)),
              stranger);
    EXPECT_EQ(failure_of(answer(replaced(good_head, "CSeq: 1 ", "CSeq: 2 "), good_body)), stranger);
    EXPECT_EQ(failure_of(answer(replaced(good_head, "CSeq: 1 ", "CSeq: 11 "), good_body)),
              stranger);
    EXPECT_EQ(failure_of(answer(replaced(good_head, "1 SERVICE", "1 OPTIONS"), good_body)),
              stranger);
    EXPECT_EQ(failure_of(answer(replaced(good_head, "1 SERVICE", "1"), good_body)), stranger);
    EXPECT_EQ(failure_of(answer(replaced(good_head, "1 SERVICE", "1 \t SERVICE"), good_body)),
              "good");
    EXPECT_EQ(failure_of(answer(good_head, replaced(good_body, "\"3149848\"", "\"3149849\""))),
              "the answer's requestID is not the question's: see --trace");
}

TEST(MrasAnswer, MayLackTheRequestIdOnlyWhenItRefuses) {
    const auto anonymous = replaced(good_body, " requestID=\"3149848\"", "");
    EXPECT_EQ(failure_of(answer(good_head, anonymous)),
              "the answer's requestID is not the question's: see --trace");
    const auto malformed = replaced(anonymous, "\"OK\"", "\"Request Malformed\"");
    const auto got = read(answer(good_head, malformed));
    ASSERT_TRUE(got && *got);
    EXPECT_EQ((*got)->response->reason, "Request Malformed");
    const auto strange =
        replaced(replaced(good_body, "\"OK\"", "\"Server Busy\""), "\"3149848\"", "\"1\"");
    EXPECT_EQ(failure_of(answer(good_head, strange)),
              "the answer's requestID is not the question's: see --trace");
}

TEST(MrasAnswer, NeedsNoBodyWhenTheStatusIsAnError) {
    for (const auto* status : {"300 Multiple Choices", "403 Forbidden", "503 Busy", "699 No"}) {
        const auto got = read(answer(replaced(good_head, "200 OK", status), ""));
        ASSERT_TRUE(got && *got) << status;
        EXPECT_EQ(std::to_string((*got)->sip_status) + " " + (*got)->sip_reason, status);
        EXPECT_FALSE((*got)->response);
    }
}

TEST(MrasAnswer, MustHaveAReadableBodyWhenTheStatusIsGood) {
    EXPECT_EQ(failure_of(answer(good_head, "<response/>")),
              "the answer's body is not an MRAS response: see --trace");
    EXPECT_EQ(failure_of(answer(good_head, "")),
              "the answer's body is not an MRAS response: see --trace");
    EXPECT_THAT(failure_of(answer(replaced(good_head, "msrtc-media", "other"), good_body)),
                HasSubstr("no A/V authentication service"));
}

TEST(MrasAnswer, IsNoRequest) {
    const std::string request =
        "OPTIONS sip:a@b.test SIP/2.0\r\nVia: SIP/2.0/TLS a;branch=z9hG4bK1\r\n";
    EXPECT_THAT(failure_of(answer(request, "")), HasSubstr("sent a request instead of an answer"));
}

TEST(MrasAnswer, KnowsNoClockWithoutAReadableDate) {
    const auto got = read(answer(replaced(good_head, "Sun, 22 Nov", "yesterday"), good_body));
    ASSERT_TRUE(got && *got);
    EXPECT_EQ((*got)->server_date, std::nullopt);
}

TEST(MrasAnswer, CarriesTheWordsOfTheWarning) {
    const auto head = good_head + "Warning: 399 relayauth \"Forbidden: not \\\"you\\\"\"\r\n";
    const auto got = read(answer(head, good_body));
    ASSERT_TRUE(got && *got);
    EXPECT_EQ((*got)->warning, "Forbidden: not \"you\"");
}

TEST(WarningText, TakesOddValuesAsTheyAre) {
    EXPECT_EQ(warning_text(""), "");
    EXPECT_EQ(warning_text("399 a words"), "399 a words");
    EXPECT_EQ(warning_text("399 a \"half"), "399 a \"half");
    EXPECT_EQ(warning_text("399 a \"\""), "");
    EXPECT_EQ(warning_text("399 a \"back\\\\slash\""), "back\\slash");
    EXPECT_EQ(warning_text("399 a \"end\\\""), "end\\");
}

TEST(NoSipWords, TellWhatItMayBeInstead) {
    EXPECT_THAT(no_sip_words("\x15\x03\x03"), HasSubstr("a TLS server? leave out --tcp"));
    EXPECT_THAT(no_sip_words("\x16\x03\x01"), HasSubstr("a TLS server? leave out --tcp"));
    EXPECT_THAT(no_sip_words("HTTP/1.1 400 Bad Request"), HasSubstr("HTTP"));
    for (const auto* other : {"\x15\x02", "\x15", "\x17\x03", "220 smtp", ""}) {
        EXPECT_EQ(no_sip_words(other),
                  "what answers does not speak SIP: another --server HOST:PORT?");
    }
}

}  // namespace
}  // namespace relayauth::client
