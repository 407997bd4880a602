#include "relayauth/cli/request_text.hpp"

#include "relayauth/base/time_text.hpp"
#include "tests/unit/credential/notes_credential.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relayauth::cli {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

answered granted() {
    answered value;
    value.sent_at = value.received_at = notes::expiry - 8h;
    value.answer.sip_status = 200;
    value.answer.sip_reason = "OK";
    value.answer.request_id = "42";
    value.answer.server_date = notes::expiry - 8h;
    auto& response = value.answer.response.emplace();
    response.reason = "OK";
    response.version = "2.0";
    auto& one = response.credentials.emplace_back();
    one.username = notes::v2_username;
    one.password = "FMvKMCWrDianBoEHgMmaxd6Nwy8=";
    one.duration_minutes = 480;
    one.relays.push_back({"intranet", "in.example.test", "", 3478, 443});
    one.relays.push_back({"internet", "", "192.0.2.1", 1, 2});
    return value;
}

answered refused(const char* reason) {
    auto value = granted();
    value.answer.response->reason = reason;
    value.answer.response->credentials.clear();
    return value;
}

answered sip_error(int status, const char* reason) {
    auto value = granted();
    value.answer.sip_status = status;
    value.answer.sip_reason = reason;
    value.answer.response.reset();
    return value;
}

TEST(RequestText, ShowsTheCredential) {
    EXPECT_TRUE(granted().granted());
    EXPECT_EQ(request_text(granted()),
              "reason:        OK\n"
              "username:      "
              "AgAAJIHEwIAB4Peju1pZsFHPXNEsv2iO0WRWTh/Vn0QAAAAAIzrDf1m9PS2EzcrvwPNt3HDNpws=\n"
              "password:      FMvKMCWrDianBoEHgMmaxd6Nwy8=\n"
              "lifetime:      8 h (480 minutes)\n"
              "expires:       2030-01-02T03:04:05Z (in 8 h), says the token\n"
              "relay:         intranet in.example.test udp 3478 tcp 443\n"
              "relay:         internet 192.0.2.1 udp 1 tcp 2\n"
              "server clock:  2030-01-01T19:04:05Z\n");
}

TEST(RequestText, ShowsTheRealmWhenThereIsOne) {
    auto value = granted();
    EXPECT_THAT(request_text(value), Not(HasSubstr("realm")));
    value.answer.response->credentials[0].realm = "example.test";
    EXPECT_THAT(request_text(value), HasSubstr("realm:         example.test\n"));
}

TEST(RequestText, DoesNotGuessTheExpiryOfAForeignUsername) {
    auto value = granted();
    for (const auto* username : {"", "junk", "AAAA"}) {
        value.answer.response->credentials[0].username = username;
        EXPECT_THAT(request_text(value),
                    HasSubstr("expires:       not known: the username is no token of a known "
                              "form\n"));
        EXPECT_THAT(request_json(value), HasSubstr(R"("expires":null)"));
    }
}

TEST(RequestText, AddsALineWhenTheClocksDiffer) {
    auto value = granted();
    value.answer.server_date = notes::expiry;
    EXPECT_THAT(request_text(value),
                HasSubstr("server clock:  2030-01-02T03:04:05Z\n"
                          "clocks: the server's is 8 h ahead of this machine's (looks like a time "
                          "zone error of +8 h)\n"));
    value.answer.server_date = std::nullopt;
    EXPECT_THAT(request_text(value),
                HasSubstr("server clock:  not known: the answer has no Date\n"));
    EXPECT_THAT(request_text(value), Not(HasSubstr("clocks:")));
    EXPECT_EQ(value.server_ahead(), std::nullopt);
}

TEST(RequestText, ShowsTheReasonAndTheServersWordsOfARefusal) {
    auto value = refused("Request Malformed");
    value.answer.warning = "Request Malformed: duration";
    EXPECT_FALSE(value.granted());
    EXPECT_EQ(request_text(value),
              "refused:       Request Malformed\n"
              "server says:   Request Malformed: duration\n"
              "server clock:  2030-01-01T19:04:05Z\n");
}

TEST(RequestText, OffersTheVersionThatTheServerOffers) {
    auto value = refused("Version Mismatch");
    value.answer.response->version = "1.0";
    EXPECT_THAT(request_text(value),
                HasSubstr("version:       the server offers 1.0: try --mras-version 1.0\n"));
}

TEST(RequestText, TellsWhatASipErrorMeans) {
    const auto value = sip_error(403, "Forbidden");
    EXPECT_FALSE(value.granted());
    EXPECT_EQ(request_text(value),
              "refused:       SIP 403 Forbidden\n"
              "meaning:       this machine may not ask: see the server's --allow, --client-ca and "
              "--client-name, and its log\n"
              "server clock:  2030-01-01T19:04:05Z\n");
}

TEST(RequestText, HoldsNothingThatATerminalObeys) {
    auto value = granted();
    const std::string bad = "\x1b]0;x\x07\r\n\xC2\x9B";
    auto& answer = value.answer;
    answer.warning = bad;
    auto& one = answer.response->credentials[0];
    one.username = one.password = one.realm = bad;
    one.relays = {{bad, bad, bad, 1, 2}};
    auto forbidden = sip_error(403, "x");
    forbidden.answer.sip_reason = bad;
    auto mismatch = refused("Version Mismatch");
    mismatch.answer.response->version = bad;
    auto strange = refused("x");
    strange.answer.response->reason = bad;
    for (const auto& each : {value, forbidden, mismatch, strange}) {
        for (const auto& text : {request_text(each), request_json(each)}) {
            EXPECT_EQ(text.find('\x1b'), std::string::npos);
            EXPECT_EQ(text.find('\r'), std::string::npos);
            EXPECT_EQ(text.find('\x07'), std::string::npos);
            EXPECT_EQ(text.find("\xC2\x9B"), std::string::npos);
        }
    }
}

TEST(RequestJson, IsTheOneObject) {
    EXPECT_EQ(request_json(granted()),
              R"({"reason":"OK","credentials":[{"username":)"
              R"("AgAAJIHEwIAB4Peju1pZsFHPXNEsv2iO0WRWTh/Vn0QAAAAAIzrDf1m9PS2EzcrvwPNt3HDNpws=",)"
              R"("password":"FMvKMCWrDianBoEHgMmaxd6Nwy8=","duration":480,)"
              R"("expires":"2030-01-02T03:04:05Z","relays":[)"
              R"({"location":"intranet","host":"in.example.test","udp":3478,"tcp":443},)"
              R"({"location":"internet","host":"192.0.2.1","udp":1,"tcp":2}]}],)"
              R"("server_time":"2030-01-01T19:04:05Z","server_ahead_seconds":0,"sip_status":200,)"
              R"("request_id":"42",)"
              R"("version":"2.0"})");
}

TEST(RequestJson, HasNoCredentialsInARefusal) {
    auto value = refused("Server Busy");
    value.answer.warning = "busy";
    value.answer.server_date.reset();
    EXPECT_EQ(request_json(value), R"({"reason":"Server Busy","credentials":[],"server_time":null,)"
                                   R"("server_ahead_seconds":null,"sip_status":200,)"
                                   R"("request_id":"42","version":"2.0","warning":"busy"})");
    EXPECT_EQ(request_json(sip_error(403, "Forbidden")),
              R"({"reason":"Forbidden","credentials":[],"server_time":"2030-01-01T19:04:05Z",)"
              R"("server_ahead_seconds":0,"sip_status":403,"request_id":"42"})");
}

TEST(RequestJson, MeasuresTheServersClock) {
    auto value = granted();
    value.answer.server_date = notes::expiry;
    EXPECT_THAT(request_json(value), HasSubstr(R"("server_ahead_seconds":28800,)"));
}

TEST(RequestJson, ShowsNoCredentialThatCameWithARefusal) {
    auto value = granted();
    value.answer.response->reason = "ok";  // case is significant
    EXPECT_FALSE(value.granted());
    EXPECT_THAT(request_json(value), HasSubstr(R"("credentials":[])"));
    EXPECT_THAT(request_text(value), Not(HasSubstr("username")));
}

TEST(RequestJson, HasTheRealmWhenThereIsOne) {
    auto value = granted();
    value.answer.response->credentials[0].realm = "example.test";
    EXPECT_THAT(request_json(value), HasSubstr(R"(,"realm":"example.test"})"));
}

TEST(StatusWords, SayWhatToDo) {
    EXPECT_THAT(status_words(403, "TLS required"), HasSubstr("leave out --tcp"));
    EXPECT_THAT(status_words(403, "Forbidden"), HasSubstr("--allow"));
    EXPECT_THAT(status_words(400, ""), HasSubstr("malformed"));
    EXPECT_THAT(status_words(503, ""), HasSubstr("try again"));
    EXPECT_THAT(status_words(513, ""), HasSubstr("--max-message"));
    for (const int status : {404, 405, 415, 481, 501}) {
        EXPECT_THAT(status_words(status, ""), HasSubstr("no A/V authentication service"));
    }
    EXPECT_THAT(status_words(600, ""), HasSubstr("--trace"));
}

}  // namespace
}  // namespace relayauth::cli
