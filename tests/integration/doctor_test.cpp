#include "doctor_run.hpp"
#include "free_port.hpp"
#include "hostile_peer.hpp"
#include "lab_commands.hpp"
#include "moved_clock.hpp"
#include "own_client.hpp"
#include "relay_lab.hpp"
#include "sanitizer.hpp"
#include "sipp_server.hpp"
#include "tcp_stream.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <csignal>

// `relayauth doctor` against what an administrator meets: each with the right conclusion, in time.
namespace relayauth::lab {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const std::string limited = "Limited External Calling";

// An offset is right to this, the start of both programs and a busy machine included.
constexpr int right_to_ms = 2000;

void expect_clock(doctor_run& run, std::chrono::milliseconds offset, const char* verdict) {
    EXPECT_EQ(run.verdict_of("clock"), verdict) << run.json();
    EXPECT_NEAR(number_of(run.json(), "offset_ms"), static_cast<double>(offset.count()),
                right_to_ms);
    EXPECT_EQ(run.code(), 2);
    EXPECT_THAT(text_of(run.json(), "users_see") + run.json(), HasSubstr(limited));
}

TEST(Doctor, CallsAHealthyServerWell) {
    const running_server server;
    doctor_run tls(server.address(), {"--certificate", shared_certificate().certificate, "--key",
                                      shared_certificate().key});
    doctor_run tcp(server.address(), {"--tcp"});
    doctor_run named(server.address(), {"--server-name", "lab.example.test", "--ca",
                                        shared_certificate().certificate});
    EXPECT_EQ(tls.code(), 0) << tls.json();
    EXPECT_EQ(tls.conclusion(), "all is well");
    for (const auto* each :
         {"name", "port", "tls", "service", "credential", "validation", "key", "clock"}) {
        EXPECT_EQ(tls.verdict_of(each), "ok") << tls.json();
    }
    EXPECT_LT(std::abs(number_of(tls.json(), "offset_ms")), 100);
    EXPECT_THAT(tls.words_of("clock"), HasSubstr("8 exchanges"));
    EXPECT_EQ(tcp.code(), 0) << tcp.json();
    EXPECT_EQ(tcp.verdict_of("tls"), "skipped");
    EXPECT_EQ(named.code(), 2) << named.json();       // OpenSSL holds --ca against the name
    EXPECT_EQ(named.verdict_of("tls name"), "fail");  // it is the name that Front Ends use
    EXPECT_EQ(named.verdict_of("validation"), "ok");
}

TEST(Doctor, LeavesNoSecretInItsOutput) {
    const running_server server({"--relay", "internet=relay.example.test"});
    const auto shown = run({relayauth_program, "doctor", server.address()});
    EXPECT_EQ(shown.code, 0) << shown.output;
    // A password has 28 characters of base64, a username more.
    EXPECT_THAT(shown.output, Not(testing::ContainsRegex("[A-Za-z0-9+/]{27}")));
}

TEST(Doctor, SaysThatAServerWantsAClientCertificate) {
    const auto& own = another_key();
    const running_server server({"--client-ca", own.certificate});
    doctor_run stranger(server.address());
    doctor_run known(server.address(),
                     {"--client-certificate", own.certificate, "--client-key", own.key});
    EXPECT_THAT(stranger.conclusion(), HasSubstr("refuses this client by its certificate"));
    EXPECT_THAT(stranger.json(), HasSubstr("--client-certificate F"));
    EXPECT_EQ(stranger.code(), 2);
    EXPECT_THAT(text_of(stranger.json(), "users_see"), HasSubstr("unknown"));
    EXPECT_EQ(known.code(), 0) << known.json();
}

TEST(Doctor, NamesTheWayOutOfAClockThatIsHeld) {
    const running_server server(
        {"--lab", "--clock-guard", "hold", "--clock-offset=+8h", "--allow-expired-certificate"});
    EXPECT_EQ(administer(server, {"lab", "clock", "--offset", "0s"}).code, 0);
    doctor_run run(server.address());
    EXPECT_EQ(run.verdict_of("clock"), "ok") << run.json();
    EXPECT_THAT(run.json(), HasSubstr("relayauth clock accept"));
    EXPECT_EQ(run.code(), 2);
}

TEST(Doctor, FindsACredentialThatIsOverAtOnce) {
    const running_server server({"--lab"});
    EXPECT_EQ(administer(server, {"lab", "rule", "*", "lifetime", "10s"}).code, 0);
    doctor_run run(server.address());
    EXPECT_EQ(run.verdict_of("credential"), "warn") << run.json();
    EXPECT_THAT(run.words_of("credential"), HasSubstr("its token ends in "));
    EXPECT_EQ(run.code(), 1);
}

TEST(Doctor, FindsAnotherKey) {
    const running_server server;
    const auto& other = another_key();
    doctor_run signature(server.address(),
                         {"--certificate", other.certificate, "--key", other.key});
    doctor_run id(server.address(), {"--certificate", other.certificate});
    const auto& same = another_subject();
    doctor_run renamed(server.address(), {"--certificate", same.certificate, "--key", same.key});
    for (auto* each : {&signature, &id}) {
        EXPECT_EQ(each->code(), 2);
        EXPECT_THAT(each->conclusion(), HasSubstr("mints with another key"));
        EXPECT_THAT(each->words_of("key"), HasSubstr("key " + key_of(server)));
    }
    EXPECT_EQ(renamed.verdict_of("key"), "ok") << renamed.json();
}

TEST(Doctor, MeasuresAServerWithAnOffsetSetting) {
    const std::vector<std::string> wrong = {"--allow-expired-certificate"};
    const auto with = [&](const char* setting) {
        auto options = wrong;
        options.emplace_back(setting);
        return options;
    };
    const running_server ahead(with("--clock-offset=+8h")), minutes(with("--clock-offset=+6m")),
        behind(with("--clock-offset=-8h")), little(with("--clock-offset=-1m"));
    doctor_run one(ahead.address()), two(minutes.address()), three(behind.address()),
        four(little.address());
    expect_clock(one, 8h, "fail");
    EXPECT_THAT(one.conclusion(),
                AllOf(HasSubstr("8 h AHEAD"), HasSubstr("time zone error of +8 h")));
    EXPECT_THAT(one.json(), HasSubstr("Message expired in the outbound queue"));
    expect_clock(two, 6min, "fail");
    EXPECT_THAT(two.conclusion(), AllOf(HasSubstr("6 min AHEAD"), Not(HasSubstr("time zone"))));
    expect_clock(three, -8h, "fail");
    EXPECT_THAT(text_of(three.json(), "symptom"), HasSubstr("`expired`"));
    EXPECT_EQ(four.verdict_of("clock"), "warn");
    EXPECT_EQ(four.code(), 1) << four.json();
}

class DoctorAndAMovedClock : public ::testing::Test {
protected:
    void SetUp() override {
        if (thread_sanitizer) {
            GTEST_SKIP() << "libfaketime and ThreadSanitizer report races that are none";
        }
    }
    static std::vector<std::string> by(const char* offset) {
        auto environment = moved_clock(offset);
        // libfaketime stands before the sanitizer's library, which minds.
        if (address_sanitizer) environment.push_back("ASAN_OPTIONS=verify_asan_link_order=0");
        return environment;
    }
};

TEST_F(DoctorAndAMovedClock, MeasuresAServerWhoseMachineIsWrong) {
    running_server ahead({}, shared_certificate(), by("+8h")),
        minutes({}, shared_certificate(), by("+6m"));
    doctor_run one(ahead.address()), two(minutes.address());
    expect_clock(one, 8h, "fail");
    EXPECT_THAT(one.conclusion(), HasSubstr("looks like a time zone error of +8 h"));
    EXPECT_EQ(one.verdict_of("validation"), "ok");  // it believes itself
    expect_clock(two, 6min, "fail");
    ahead.stop();
    minutes.stop();
}

TEST_F(DoctorAndAMovedClock, MeasuresTheSameWhenItsOwnMachineIsWrong) {
    const running_server server;
    doctor_run run(server.address(), {}, by("-6m"));
    expect_clock(run, 6min, "fail");
}

// A certificate that is younger than this machine's clock is wrong, and one that ends sooner.
TEST_F(DoctorAndAMovedClock, BlamesTheClockBeforeTheCertificate) {
    const running_server server;
    doctor_run behind(server.address(), {}, by("-8h")), ahead(server.address(), {}, by("+31d"));
    for (auto* each : {&behind, &ahead}) {
        EXPECT_EQ(each->verdict_of("tls"), "warn") << each->json();
        EXPECT_EQ(each->verdict_of("clock"), "fail");
        EXPECT_THAT(each->conclusion(), HasSubstr("the server's clock is"));
        EXPECT_THAT(each->json(), Not(HasSubstr("renew")));
    }
}

// An original Edge: SIP over TLS is the proxy's business, MRAS its only language, Date its only
// clock.
TEST(Doctor, TakesWhatAServerWithoutRpcHasToTell) {
    const running_server mint({"--allow-expired-certificate", "--clock-offset=+8h"});
    const auto shown = request_credential(mint.address());
    const sipp_server edge(sipp_server::grants(shown.username, shown.password, 8h));
    doctor_run run(edge.address(), {"--tcp", "--certificate", shared_certificate().certificate,
                                    "--key", shared_certificate().key});
    EXPECT_EQ(run.verdict_of("service"), "ok") << run.json();
    EXPECT_EQ(run.verdict_of("credential"), "ok");
    EXPECT_EQ(run.verdict_of("validation"), "skipped");
    EXPECT_EQ(run.verdict_of("key"), "ok");  // the signature needs no rpc
    EXPECT_THAT(run.words_of("clock"), HasSubstr("by their Date"));
    EXPECT_THAT(run.conclusion(), HasSubstr("looks like a time zone error of +8 h"));
    EXPECT_EQ(run.code(), 2);
}

// What answers is not what was hoped for; all at once, since most of them take their time.
TEST(Doctor, NamesWhatIsNoAvAuthenticationService) {
    const running_server server;
    const hostile_peer slow(
        server.port(), [](auto) { return deed::delayed; }, 4s);
    const sipp_server sip(sipp_server::knows_no_service());
    const deaf_listener deaf;
    const auto tls_port = free_port();
    const auto& certificate = shared_certificate();
    const child_process s_server({"openssl", "s_server", "-www", "-accept",
                                  "127.0.0.1:" + std::to_string(tls_port), "-cert",
                                  certificate.certificate, "-key", certificate.key});
    ASSERT_TRUE(eventually([&] { return connect_tcp(tls_port).number() >= 0; }));

    doctor_run late(slow.address(), {"--tcp"});
    doctor_run plain_sip(sip.address(), {"--tcp"});
    doctor_run not_sip("127.0.0.1:" + std::to_string(tls_port), {"--timeout", "2s"});
    doctor_run silent(deaf.address(), {"--timeout", "1s"});
    doctor_run silent_tcp(deaf.address(), {"--timeout", "1s", "--tcp"});
    doctor_run closed("127.0.0.1:" + std::to_string(free_port()));
    doctor_run unknown("nowhere.invalid");

    EXPECT_EQ(closed.code(), 2);
    EXPECT_THAT(closed.conclusion(), HasSubstr("nothing listens on"));
    EXPECT_EQ(unknown.verdict_of("name"), "fail");
    EXPECT_EQ(unknown.code(), 2);
    EXPECT_EQ(plain_sip.code(), 2);
    EXPECT_THAT(plain_sip.conclusion(), HasSubstr("is a SIP server, but no A/V authentication"));
    EXPECT_THAT(silent.conclusion(), HasSubstr("accepts and says nothing"));
    EXPECT_THAT(silent_tcp.conclusion(), HasSubstr("does not answer as a SIP server"));
    EXPECT_EQ(not_sip.verdict_of("tls"), "ok");
    EXPECT_THAT(not_sip.conclusion(), HasSubstr("does not speak SIP but HTTP"));
    EXPECT_THAT(late.conclusion(), HasSubstr("answers too late"));
    EXPECT_EQ(late.verdict_of("validation"), "ok") << late.json();
    for (auto* each : {&late, &not_sip, &silent, &silent_tcp}) {
        EXPECT_EQ(each->code(), 2);
        EXPECT_THAT(each->json(), AllOf(HasSubstr(limited), HasSubstr("outbound queue")));
    }
    // With TLS asked for. A sipp of its own, since a handshake is garbage to it.
    const sipp_server again(sipp_server::knows_no_service());
    doctor_run without_tls(again.address(), {"--timeout", "500ms"});
    EXPECT_THAT(without_tls.conclusion(),
                HasSubstr("is a SIP server in plain text, but no A/V authentication service"))
        << without_tls.json();
}

// As `relayauth lab rule '*' no-answer` has it: what tells of clock and key still does.
TEST(Doctor, AsksARelayauthThatDoesNotAnswerServiceOverRpc) {
    const running_server server;
    const hostile_peer dropping(server.port(), [](auto) { return deed::dropped; });
    doctor_run run(dropping.address(),
                   {"--tcp", "--timeout", "2s", "--certificate", shared_certificate().certificate});
    EXPECT_THAT(run.conclusion(), HasSubstr("is a relayauth that does not answer SERVICE"));
    EXPECT_EQ(run.verdict_of("clock"), "ok") << run.json();
    EXPECT_EQ(run.verdict_of("key"), "ok");
    EXPECT_EQ(run.code(), 2);
}

TEST(Doctor, TellsOneConnectionThatIsNotAnsweredFromAServerThatAnswersNone) {
    const running_server server;
    const hostile_peer dropping(
        server.port(), [](auto number) { return number == 1 ? deed::dropped : deed::none; });
    doctor_run run(dropping.address(), {"--tcp", "--timeout", "2s"});
    EXPECT_THAT(run.conclusion(), HasSubstr("a first connection")) << run.json();
    EXPECT_THAT(run.words_of("port"), HasSubstr("was not answered within 2 s"));
    EXPECT_EQ(run.verdict_of("service"), "ok");
    EXPECT_EQ(run.code(), 1);
}

TEST(Doctor, EndsInTimeWithAPeerThatDripsOctets) {
    const running_server server;
    const hostile_peer begun(server.port(), [](auto) { return deed::head_begun; });
    const hostile_peer dribbling(server.port(), [](auto) { return deed::dribbled; });
    doctor_run one(begun.address(), {"--tcp", "--timeout", "2s"});
    doctor_run two(dribbling.address(), {"--tcp"});
    EXPECT_THAT(one.conclusion(), HasSubstr("begins an answer in SIP and does not end it"));
    EXPECT_EQ(two.verdict_of("service"), "ok") << two.json();
}

TEST(DoctorsWatch, PrintsChangesAndEndsWithASignal) {
    std::optional<running_server> server;
    server.emplace();
    child_process watching(
        {relayauth_program, "doctor", server->address(), "--tcp", "--watch", "100ms"});
    ASSERT_TRUE(eventually([&] {
        return watching.output().find("all is well") != std::string::npos;
    })) << watching.output();
    server.reset();
    ASSERT_TRUE(eventually([&] {
        return watching.output().find("conclusion nothing listens on") != std::string::npos;
    })) << watching.output();
    EXPECT_THAT(watching.output(), testing::ContainsRegex("Z fail +port +nothing listens"));
    watching.signal(SIGINT);
    EXPECT_EQ(watching.wait(), 2) << watching.output();
}

// Its server stalls once the first look is over: what that found is what it ends with.
TEST(DoctorsWatch, EndsWithASignalInTheMiddleOfALook) {
    const running_server server;
    std::atomic<bool> stalls{false}, looks_again{false};
    const hostile_peer stalling(server.port(), [&](std::uint64_t) {
        if (!stalls) return deed::none;
        looks_again = true;
        return deed::stalled;
    });
    child_process watching({relayauth_program, "doctor", stalling.address(), "--tcp", "--watch",
                            "100ms", "--timeout", "10s"});
    ASSERT_TRUE(eventually([&] {
        return watching.output().find("all is well") != std::string::npos;
    })) << watching.output();
    stalls = true;
    ASSERT_TRUE(eventually([&] { return looks_again.load(); })) << watching.output();
    watching.signal(SIGINT);
    EXPECT_EQ(watching.wait(), 0) << watching.output();
    EXPECT_THAT(watching.output(), testing::Not(HasSubstr("Z fail")));
}

TEST(Doctor, RefusesMisuse) {
    for (const auto& words : std::vector<std::vector<std::string>>{
             {"doctor"},
             {"doctor", "::::"},
             {"doctor", "127.0.0.1", "--key", "k.pem"},
             {"doctor", "127.0.0.1", "--certificate", "/nonexistent"},
             {"doctor", "127.0.0.1", "--watch", "soon"},
             {"doctor", "127.0.0.1", "--relay", "::::"},
             {"doctor", "127.0.0.1", "--tcp", "--server-name", "a.example.test"},
             {"doctor", "127.0.0.1", "--identity", "alice"}}) {
        auto command = words;
        command.insert(command.begin(), relayauth_program);
        const auto done = run(command);
        EXPECT_EQ(done.code, 2);
        EXPECT_EQ(done.output, "");
        EXPECT_NE(done.errors, "");
    }
}

}  // namespace
}  // namespace relayauth::lab
