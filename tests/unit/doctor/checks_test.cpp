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
    seen.plain = plain_findings{plain_findings::kind::sip, "SIP/2.0 200 OK", 1ms};
    EXPECT_EQ(judge_port(seen).verdict, verdict::ok);
    EXPECT_THAT(headline_of(judge_tls(seen)), HasSubstr("answers without TLS"));
    seen.plain = plain_findings{plain_findings::kind::silent, "", 4960ms};
    EXPECT_THAT(headline_of(judge_tls(seen)), HasSubstr("accepts and says nothing"));
    EXPECT_THAT(judge_tls(seen).words,
                AllOf(HasSubstr("closes the connection on TLS"), HasSubstr("within 5 s")));
    seen.tls_waited = 4500ms;
    EXPECT_THAT(judge_tls(seen).words, HasSubstr("to TLS within 4.5 s, to plain text within 5 s"));
    seen.plain = plain_findings{plain_findings::kind::closed, "", 1ms};
    EXPECT_THAT(headline_of(judge_tls(seen)), HasSubstr("closes every connection"));
    seen.plain = plain_findings{plain_findings::kind::other, "SSH-2.0-\x1b[2J", 1ms};
    EXPECT_THAT(judge_tls(seen).words, AllOf(HasSubstr("SSH-2.0"), Not(HasSubstr("\x1b"))));
}

TEST(TlsCheck, NamesAPlainSipServerThatIsNoAvAuthenticationService) {
    auto seen = healthy();
    seen.tls.reset();
    seen.not_connected = {"closed", failure_kind::no_handshake};
    for (const auto* received : {"SIP/2.0 501 Not Implemented", "SIP/2.0 405 Method Not Allowed"}) {
        seen.plain = plain_findings{plain_findings::kind::sip, received, 1ms};
        const auto made = judge_tls(seen);
        EXPECT_THAT(headline_of(made), HasSubstr("but no A/V authentication service"));
        EXPECT_THAT(made.troubles.front().remedy,
                    AllOf(HasSubstr("5062"), Not(HasSubstr("--tcp"))));
    }
    seen.plain->received = "SIP/2.0 403 Forbidden";
    EXPECT_THAT(headline_of(judge_tls(seen)), HasSubstr("ends every TLS handshake"));
    seen.plain->received = "SIP/2.0 ";
    EXPECT_THAT(headline_of(judge_tls(seen)), HasSubstr("answers without TLS"));
}

TEST(TlsCheck, SaysWhichVersionToEnable) {
    auto seen = healthy();
    seen.tls.reset();
    seen.not_connected = {"no common TLS version", failure_kind::old_tls};
    EXPECT_THAT(judge_tls(seen).troubles.front().remedy, HasSubstr("enable TLS 1.2 at edge"));
}

TEST(PortCheck, WarnsOfAFirstConnectionThatCameToNothingAndOfASlowOne) {
    auto seen = healthy();
    seen.broke_first = {{"closed", failure_kind::no_handshake}, false, 1ms};
    EXPECT_EQ(judge_port(seen).verdict, verdict::warn);
    EXPECT_THAT(headline_of(judge_port(seen)),
                AllOf(HasSubstr("a first connection"), HasSubstr("was reset or closed")));
    seen.broke_first.reset();
    seen.connect_took = 2999ms;
    EXPECT_EQ(judge_port(seen).verdict, verdict::ok);
    seen.connect_took = 3s;
    EXPECT_EQ(judge_port(seen).verdict, verdict::fail);
    EXPECT_THAT(headline_of(judge_port(seen)), HasSubstr("takes too long"));
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

TEST(TlsCheck, BlamesTheClockForDatesThatAreWrongByThisMachinesAlone) {
    for (const auto wrong_by : {-8h, 8h}) {
        auto seen = healthy();
        auto& dates = *seen.tls->certificate;
        seen.clock->ahead = -ticks(wrong_by);
        const auto there = seen.at - ticks(wrong_by);
        dates.not_before = there - ticks(1min);
        dates.not_after = there + ticks(1h);
        const auto made = judge_tls(seen);
        EXPECT_EQ(made.verdict, verdict::warn);
        EXPECT_THAT(made.words, HasSubstr("by this machine's clock, but is inside"));
        EXPECT_THAT(made.troubles.front().remedy, "");
        seen.tls->untrusted = wrong_by < 0h ? "certificate is not yet valid" : "it has expired";
        EXPECT_EQ(judge_tls(seen).verdict, verdict::warn);
        seen.tls->untrusted = "self-signed";
        EXPECT_EQ(judge_tls(seen).verdict, verdict::fail);
        // With both clocks outside, or the same, it is the certificate.
        seen.tls->untrusted.reset();
        dates.not_before = there - ticks(24h);
        dates.not_after = there - ticks(12h);
        EXPECT_EQ(judge_tls(seen).verdict, verdict::fail);
        EXPECT_THAT(judge_tls(seen).troubles.front().remedy,
                    AllOf(HasSubstr("mend the clock"), Not(HasSubstr("renew"))));
        seen.clock->ahead = ticks{0};
        EXPECT_THAT(judge_tls(seen).troubles.front().remedy, HasSubstr("renew"));
    }
}

TEST(TlsNameCheck, FailsForTheNameThatFrontEndsUseAndWarnsOfAnother) {
    auto seen = healthy();
    seen.tls->is_for_name = false;
    const auto made = judge_tls_name(seen);
    EXPECT_EQ(made.verdict, verdict::warn);
    EXPECT_THAT(made.troubles.front().remedy,
                AllOf(HasSubstr("matters nowhere"), HasSubstr("--server-name")));
    EXPECT_THAT(made.troubles.front().user_sees, HasSubstr("if Front Ends use this name"));
    EXPECT_THAT(made.troubles.front().symptom, HasSubstr("if Front Ends use this name"));
    seen.name_is_given = true;
    EXPECT_EQ(judge_tls_name(seen).verdict, verdict::fail);
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
        seen.rpc->is = rpc_findings::door::none;
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

TEST(ServiceCheck, SaysNothingOfUsersWhenOnlyThisMachineIsRefused) {
    const auto users_see = [](const findings& seen) {
        return judge_service(seen).troubles.front().user_sees;
    };
    auto seen = healthy();
    seen.service->reason_phrase = "Forbidden";
    EXPECT_THAT(users_see(seen), AllOf(HasSubstr("unknown"), HasSubstr("refused this machine")));
    seen.service->reason_phrase.clear();
    seen.service->sip_status = 403;
    EXPECT_THAT(users_see(seen), HasSubstr("unknown"));
    seen.service->sip_status = 503;
    EXPECT_EQ(users_see(seen), "");
    seen.service->failed = client::failure{"", failure_kind::tls};
    EXPECT_THAT(users_see(seen), HasSubstr("unknown"));
}

TEST(ServiceCheck, NamesTheWayOutOfAClockThatIsHeld) {
    const auto remedy = [](const findings& seen) {
        return judge_service(seen).troubles.front().remedy;
    };
    const std::string way_out = "`relayauth clock accept` there";
    auto seen = healthy();
    seen.service->reason_phrase = "Server Busy";
    EXPECT_THAT(remedy(seen), AllOf(HasSubstr("at a limit"), HasSubstr("agrees with this machine"),
                                    HasSubstr(way_out)));
    seen.service->warning = "Server Busy: this server's clock is held since noon";
    EXPECT_THAT(remedy(seen), AllOf(Not(HasSubstr("at a limit")), HasSubstr(way_out)));
    seen.clock->ahead = 8h;
    EXPECT_THAT(remedy(seen), AllOf(HasSubstr("mend the clock"), HasSubstr(way_out)));
    seen.clock.reset();
    EXPECT_THAT(remedy(seen), AllOf(Not(HasSubstr("line `clock`")), HasSubstr(way_out)));
}

TEST(ServiceCheck, NamesARelayauthThatDoesNotAnswerService) {
    auto seen = healthy();
    seen.service->reason_phrase.clear();
    seen.service->failed = client::failure{"", failure_kind::silent};
    seen.service->took = 5s;
    EXPECT_TRUE(reached(seen));
    EXPECT_THAT(headline_of(judge_service(seen)), HasSubstr("a relayauth that does not answer"));
    EXPECT_THAT(judge_service(seen).words, HasSubstr("within 5 s"));
    seen.service->failed->kind = failure_kind::closed;
    EXPECT_THAT(headline_of(judge_service(seen)), HasSubstr("a relayauth that closes on SERVICE"));
    seen.rpc.reset();
    EXPECT_FALSE(reached(seen));
    EXPECT_THAT(headline_of(judge_service(seen)), HasSubstr("and closes on a SERVICE"));
}

TEST(ServiceCheck, NamesTheCommandThatShowsAnAnswer) {
    auto seen = healthy();
    seen.service->failed =
        client::failure{"the answer is damaged: see --trace", failure_kind::other};
    seen.service->received = "SIP/2.0 200 OK";
    EXPECT_THAT(judge_service(seen).words, HasSubstr("see `relayauth request --trace`"));
    EXPECT_THAT(judge_service(seen).troubles.front().remedy,
                HasSubstr("`relayauth request --trace`"));
}

TEST(ServiceCheck, NamesWhatIsNotSip) {
    auto seen = healthy();
    seen.rpc.reset();
    seen.service->reason_phrase.clear();
    seen.service->failed = client::failure{"", failure_kind::other};
    seen.service->received = "HTTP/1.1 400 Bad Request";
    EXPECT_THAT(headline_of(judge_service(seen)), HasSubstr("does not speak SIP but HTTP"));
    seen.service->received = "SIP/2.0 200 OK";
    EXPECT_THAT(headline_of(judge_service(seen)),
                HasSubstr("what it answers to a SERVICE is no answer"));
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

}  // namespace
}  // namespace relayauth::doctor
