#include "relayauth/doctor/checks.hpp"

#include "healthy.hpp"
#include "relayauth/base/time_text.hpp"

#include <gmock/gmock.h>

namespace relayauth::doctor {
namespace {

using namespace std::chrono_literals;
using client::failure_kind;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::string headline_of(const check& one) {
    return one.troubles.empty() ? "" : one.troubles.front().headline;
}

TEST(Checks, AreAllOkOrSkippedWhereAllIsWell) {
    for (const auto& each : judge_all(healthy())) {
        EXPECT_LE(each.verdict, verdict::skipped) << each.name << ": " << each.words;
        EXPECT_TRUE(each.troubles.empty()) << each.name;
    }
}

TEST(NameCheck, FailsForAHostWithoutAddress) {
    auto seen = healthy();
    seen.unresolved = {"cannot find the host edge.example.test", failure_kind::unknown_host};
    EXPECT_EQ(judge_name(seen).verdict, verdict::fail);
    EXPECT_EQ(judge_port(seen).verdict, verdict::skipped);
    EXPECT_EQ(judge_name(healthy()).words, "edge.example.test is 192.0.2.1");
}

TEST(PortCheck, TellsAClosedPortFromOneThatIsNotReached) {
    auto seen = healthy();
    seen.tls.reset();
    seen.not_connected = {"refused", failure_kind::refused};
    EXPECT_THAT(headline_of(judge_port(seen)), HasSubstr("nothing listens on"));
    seen.not_connected = {"no connection", failure_kind::unreachable};
    EXPECT_THAT(headline_of(judge_port(seen)), HasSubstr("cannot be reached"));
    EXPECT_EQ(judge_tls(seen).verdict, verdict::skipped);
}

TEST(TlsCheck, NamesAServerThatAnswersWithoutTls) {
    auto seen = healthy();
    seen.tls.reset();
    seen.not_connected = {"not TLS", failure_kind::not_tls};
    seen.plain = plain_findings{plain_findings::kind::sip, 405, "SIP/2.0 405 No"};
    EXPECT_EQ(judge_port(seen).verdict, verdict::ok);
    EXPECT_THAT(headline_of(judge_tls(seen)), HasSubstr("answers without TLS"));
    seen.plain = plain_findings{plain_findings::kind::silent, 0, ""};
    EXPECT_THAT(headline_of(judge_tls(seen)), HasSubstr("accepts and says nothing"));
    seen.plain = plain_findings{plain_findings::kind::closed, 0, ""};
    EXPECT_THAT(headline_of(judge_tls(seen)), HasSubstr("closes every connection"));
    seen.plain = plain_findings{plain_findings::kind::other, 0, "SSH-2.0-\x1b[2J"};
    EXPECT_THAT(judge_tls(seen).words, AllOf(HasSubstr("SSH-2.0"), Not(HasSubstr("\x1b"))));
}

TEST(TlsCheck, LooksAtTheDatesOfTheCertificate) {
    auto seen = healthy();
    auto& dates = *seen.tls->certificate;
    dates.not_before = seen.at;
    dates.not_after = seen.at;
    EXPECT_EQ(judge_tls(seen).verdict, verdict::warn);  // its last second
    dates.not_after = seen.at - ticks(1s);
    EXPECT_EQ(judge_tls(seen).verdict, verdict::fail);
    dates.not_after = seen.at + ticks(14 * 24h);
    EXPECT_EQ(judge_tls(seen).verdict, verdict::ok);
    dates.not_after = seen.at + ticks(14 * 24h) - ticks(1);
    EXPECT_EQ(judge_tls(seen).verdict, verdict::warn);
    dates.not_before = seen.at + ticks(1);
    EXPECT_EQ(judge_tls(seen).verdict, verdict::fail);
}

TEST(TlsCheck, FailsForACertificateThatCaDoesNotLetPass) {
    auto seen = healthy();
    seen.tls->untrusted = "self-signed";
    EXPECT_EQ(judge_tls(seen).verdict, verdict::fail);
}

TEST(TlsNameCheck, WarnsOfAnotherNameAndSkipsAnAddress) {
    auto seen = healthy();
    seen.tls->is_for_name = false;
    EXPECT_EQ(judge_tls_name(seen).verdict, verdict::warn);
    EXPECT_THAT(judge_tls_name(seen).troubles.front().remedy, HasSubstr("matters nowhere"));
    seen.name_is_address = true;
    EXPECT_EQ(judge_tls_name(seen).verdict, verdict::skipped);
}

TEST(ServiceCheck, WarnsFromOneSecondAndFailsFromThree) {
    auto seen = healthy();
    const auto at = [&](std::chrono::milliseconds took) {
        seen.service->took = took;
        return judge_service(seen).verdict;
    };
    EXPECT_EQ(at(999ms), verdict::ok);
    EXPECT_EQ(at(1000ms), verdict::warn);
    EXPECT_EQ(at(2999ms), verdict::warn);
    EXPECT_EQ(at(3000ms), verdict::fail);
    EXPECT_EQ(at(4000ms), verdict::fail);
    EXPECT_THAT(headline_of(judge_service(seen)), HasSubstr("answers too late (4000 ms)"));
}

TEST(ServiceCheck, FailsWhenNoTimeWasLeftToAsk) {
    auto seen = healthy();
    seen.service.reset();
    EXPECT_EQ(judge_service(seen).verdict, verdict::fail);
    seen.not_connected = client::failure{"", failure_kind::refused};
    EXPECT_EQ(judge_service(seen).verdict, verdict::skipped);
}

TEST(ServiceCheck, NamesAPlainSipServer) {
    for (const int status : {404, 405, 501}) {
        auto seen = healthy();
        seen.service->reason_phrase.clear();
        seen.service->sip_status = status;
        EXPECT_THAT(headline_of(judge_service(seen)),
                    HasSubstr("is a SIP server, but no A/V authentication service"));
        EXPECT_FALSE(reached(seen));
    }
}

TEST(ServiceCheck, CallsARefusalARefusal) {
    auto seen = healthy();
    seen.service->reason_phrase.clear();
    seen.service->sip_status = 403;
    EXPECT_THAT(headline_of(judge_service(seen)), HasSubstr("refuses to answer this machine"));
    EXPECT_TRUE(reached(seen));
    seen.service->sip_status = 200;
    seen.service->reason_phrase = "Server Busy";
    seen.service->warning = "both clocks";
    EXPECT_THAT(judge_service(seen).words, HasSubstr("refused: Server Busy: both clocks"));
    EXPECT_EQ(judge_service(seen).verdict, verdict::fail);
}

TEST(ServiceCheck, NamesWhatIsNotSip) {
    auto seen = healthy();
    seen.service->reason_phrase.clear();
    seen.service->failed = client::failure{"", failure_kind::other};
    seen.service->received = "HTTP/1.1 400 Bad Request";
    EXPECT_THAT(headline_of(judge_service(seen)), HasSubstr("does not speak SIP but HTTP"));
    seen.service->received = "SIP/2.0 200 OK";
    EXPECT_THAT(headline_of(judge_service(seen)), HasSubstr("speaks SIP, and is no A/V"));
    seen.service->failed->kind = failure_kind::silent;
    EXPECT_THAT(headline_of(judge_service(seen)), HasSubstr("begins an answer in SIP"));
    seen.service->received.clear();
    seen.service->failed->kind = failure_kind::silent;
    EXPECT_THAT(headline_of(judge_service(seen)),
                HasSubstr("does TLS, but does not answer as a SIP server"));
    seen.service->failed->kind = failure_kind::closed;
    EXPECT_THAT(headline_of(judge_service(seen)), HasSubstr("and closes on a SERVICE"));
    seen.service->failed->kind = failure_kind::tls;
    EXPECT_THAT(headline_of(judge_service(seen)), HasSubstr("refuses this client"));
}

TEST(CredentialCheck, FailsForAFormThatNoRelayCanRead) {
    auto seen = healthy();
    seen.credential->problem = "its username is no token";
    EXPECT_EQ(judge_credential(seen).verdict, verdict::fail);
    EXPECT_EQ(judge_validation(seen).verdict, verdict::skipped);
    seen = healthy();
    seen.credential->relays.clear();
    EXPECT_EQ(judge_credential(seen).verdict, verdict::warn);
}

TEST(ValidationCheck, FailsForAServerThatDoesNotBelieveItself) {
    auto seen = healthy();
    seen.rpc->refused = "not_yet_valid";
    EXPECT_EQ(judge_validation(seen).verdict, verdict::fail);
    EXPECT_THAT(judge_validation(seen).words, HasSubstr("not_yet_valid"));
}

TEST(ValidationCheck, FailsForAServerThatTakesAnyPassword) {
    auto seen = healthy();
    seen.rpc->wrong_password_refused = false;
    EXPECT_EQ(judge_validation(seen).verdict, verdict::fail);
}

TEST(ValidationCheck, SkipsAServerWithoutRpcWithWords) {
    auto seen = healthy();
    seen.rpc->no_rpc = client::failure{"no rpc"};
    EXPECT_EQ(judge_validation(seen).verdict, verdict::skipped);
    EXPECT_THAT(judge_validation(seen).words, HasSubstr("an original Edge has none"));
}

TEST(KeyCheck, BelievesTheSignatureMoreThanWhatTheServerSays) {
    auto seen = healthy();
    seen.key = key_findings{"cert.pem", "0123abcd", "0123abcd", false};
    EXPECT_EQ(judge_key(seen).verdict, verdict::fail);
    seen.key = key_findings{"cert.pem", "0123abcd", "ffffffff", true};
    EXPECT_EQ(judge_key(seen).verdict, verdict::ok);
    seen.key = key_findings{"cert.pem", "0123abcd", "ffffffff", std::nullopt};
    EXPECT_EQ(judge_key(seen).verdict, verdict::fail);
    seen.key = key_findings{"cert.pem", "0123abcd", "0123abcd", std::nullopt};
    EXPECT_EQ(judge_key(seen).verdict, verdict::ok);
    seen.key = key_findings{"cert.pem", "0123abcd", "", std::nullopt};
    EXPECT_EQ(judge_key(seen).verdict, verdict::skipped);
}

class ClockCheck : public testing::Test {
protected:
    check at(ticks ahead) {
        seen.clock = clock_reading{ahead, ticks(0), 8, clock_reading::source::rpc};
        return judge_clock(seen);
    }
    findings seen = healthy();
};

TEST_F(ClockCheck, IsOkToFiveSecondsWarnsToTheToleranceAndFailsBeyond) {
    for (const int sign : {1, -1}) {
        EXPECT_EQ(at(sign * ticks(5s)).verdict, verdict::ok);
        EXPECT_EQ(at(sign * (ticks(5s) + ticks(1))).verdict, verdict::warn);
        EXPECT_EQ(at(sign * ticks(300s)).verdict, verdict::warn);
        EXPECT_EQ(at(sign * (ticks(300s) + ticks(1))).verdict, verdict::fail);
    }
    seen.tolerance = 60s;
    EXPECT_EQ(at(61s).verdict, verdict::fail);
}

TEST_F(ClockCheck, SaysTimeZoneWhereItLooksLikeOne) {
    EXPECT_THAT(at(8h).words, AllOf(HasSubstr("8 h AHEAD of this machine's"),
                                    HasSubstr("looks like a time zone error of +8 h")));
    EXPECT_THAT(at(-8h).words, HasSubstr("8 h BEHIND this machine's"));
    EXPECT_THAT(at(6min).words, Not(HasSubstr("time zone")));
    EXPECT_THAT(at(6min).words, HasSubstr("6 min AHEAD"));
}

TEST_F(ClockCheck, TellsTheSymptomByTheDirection) {
    const auto symptom = [&](ticks ahead) { return at(ahead).troubles.front().symptom; };
    EXPECT_THAT(symptom(8h), AllOf(HasSubstr("not_yet_valid"), HasSubstr("8 h too long")));
    EXPECT_THAT(symptom(-8h), HasSubstr("refuse fresh credentials as `expired`"));
    EXPECT_THAT(symptom(-ticks(8h) + ticks(300s)), HasSubstr("`expired`"));
    EXPECT_THAT(symptom(-ticks(8h) + ticks(300s) + ticks(1)), HasSubstr("too early"));
    EXPECT_THAT(symptom(-1h), HasSubstr("1 h too early"));
    EXPECT_THAT(symptom(8h), HasSubstr("Message expired in the outbound queue"));
    EXPECT_THAT(symptom(1min), HasSubstr("none yet"));
}

TEST_F(ClockCheck, SaysWhichClockIsKnownToBeRight) {
    EXPECT_THAT(at(8h).troubles.front().remedy,
                HasSubstr("mend the clock and time zone of the server"));
    seen.kernel.synchronised = false;
    EXPECT_THAT(at(8h).troubles.front().remedy, HasSubstr("which of the two clocks is wrong"));
    EXPECT_EQ(judge_own_clock(seen).verdict, verdict::warn);
    at(0s);
    EXPECT_EQ(judge_own_clock(seen).verdict, verdict::ok);
    seen.clock.reset();
    EXPECT_EQ(judge_own_clock(seen).verdict, verdict::skipped);
    seen.kernel.synchronised.reset();
    EXPECT_EQ(judge_own_clock(seen).verdict, verdict::skipped);
}

TEST_F(ClockCheck, FindsTwoServersBehindOneAddress) {
    seen.date_clock = clock_reading{8h, 500ms, 1, clock_reading::source::date};
    const auto found = at(0s);
    EXPECT_EQ(found.verdict, verdict::fail);
    EXPECT_THAT(headline_of(found), HasSubstr("two clocks answer"));
    // Whichever of the two was measured.
    seen.date_clock = clock_reading{0s, 500ms, 1, clock_reading::source::date};
    EXPECT_THAT(headline_of(at(-8h)), HasSubstr("two clocks answer"));
}

TEST_F(ClockCheck, IsSkippedWhereNobodyTellsTheTime) {
    seen.clock.reset();
    EXPECT_THAT(judge_clock(seen).words, HasSubstr("tells no time"));
}

}  // namespace
}  // namespace relayauth::doctor
