#include "http_peer.hpp"
#include "lab_commands.hpp"
#include "own_client.hpp"
#include "running_server.hpp"
#include "service_request.hpp"
#include "tcp_stream.hpp"

#include <gtest/gtest.h>

#include <poll.h>
#include <sys/socket.h>

#include <cerrno>

// Each lie, told to the real client and to peers of our own.
namespace relayauth::lab {
namespace {

finished ask(const running_server& server, std::vector<std::string> more = {}) {
    more.insert(more.end(), {"--identity", "sip:alice@example.test"});
    return ask_relayauth("request", server.address(), more);
}

// One server for all, with one rule at a time.
class LabRule : public ::testing::Test {
protected:
    static const running_server& server() {
        static const running_server only({"--lab", "--realm", "example.test"});
        return only;
    }
    static void set(std::vector<std::string> what) {
        what.insert(what.begin(), {"lab", "rule", "sip:alice@*"});
        EXPECT_EQ(administer(server(), what).code, 0);
    }
    void TearDown() override { administer(server(), {"lab", "rule", "--clear"}); }
};

TEST_F(LabRule, SpoilsTheCredentialAndTheLogSaysSo) {
    const std::initializer_list<std::pair<const char*, const char*>> cases = {
        {"expired", "expired"}, {"not-yet-valid", "not_yet_valid"}, {"wrong-key", "unknown_key"}};
    for (const auto& [what, reason] : cases) {
        set({what});
        const auto verdict = validate(server().address(), request_credential(server().address()));
        EXPECT_EQ(text_of(verdict.output, "reason"), reason) << verdict.output;
        EXPECT_NE(server().wait_for_line({"issued", "words=\"lab rule: " + std::string(what)}), "");
    }
}

TEST_F(LabRule, SpoilsOtherFormsOfCredentialsToo) {
    set({"not-yet-valid"});
    const auto short_one =
        request_credential(server().address(), {"--mras-version", "1.0", "--duration", "10"});
    EXPECT_EQ(text_of(validate(server().address(), short_one).output, "reason"), "minted_ahead");
    set({"expired"});
    const auto rest =
        request_credential(server().address(), {"--turn-rest", "--realm", "example.test"});
    const auto verdict = validate(server().address(), rest, {"--realm", "example.test"});
    EXPECT_EQ(text_of(verdict.output, "reason"), "expired") << verdict.output;
}

TEST_F(LabRule, GivesACredentialOfTenSeconds) {
    set({"lifetime", "10s"});
    const auto minted = request_credential(server().address());
    const auto said = ask_relayauth("explain", server().address(), {minted.username}).output;
    EXPECT_EQ(number_of(said, "lifetime_seconds"), 10) << said;
    const auto good = validate(server().address(), minted);
    EXPECT_EQ(good.code, 0) << good.output;
    const auto left = number_of(good.output, "remaining_seconds");
    EXPECT_GT(left, 0) << good.output;
    EXPECT_LE(left, 10) << good.output;
}

TEST_F(LabRule, RefusesInTheWordsOfEachWire) {
    struct refused {
        const char *what, *phrase, *reason;
    };
    for (const auto& each :
         {refused{"server-busy", "Server Busy", "busy"}, refused{"time-out", "Time Out", "busy"},
          refused{"forbidden", "Forbidden", "forbidden"},
          refused{"not-supported", "Not Supported", "unsupported_version"}}) {
        set({each.what});
        const auto sip = ask(server());
        EXPECT_EQ(sip.code, 3);
        EXPECT_EQ(text_of(sip.output, "reason"), each.phrase) << sip.output;
        const auto rpc = ask(server(), {"--turn-rest"});
        EXPECT_EQ(rpc.code, 3);
        EXPECT_EQ(text_of(rpc.output, "reason"), each.reason) << rpc.output;
    }
}

TEST_F(LabRule, DelaysOverSipAndRpc) {
    set({"delay", "300ms"});
    for (const auto& more : std::vector<std::vector<std::string>>{{}, {"--tcp"}, {"--turn-rest"}}) {
        const stopwatch running;
        EXPECT_EQ(ask(server(), more).code, 0);
        EXPECT_GE(running.elapsed(), 300ms);
    }
    set({"delay", "20s"});
    EXPECT_EQ(ask(server(), {"--timeout", "200ms"}).code, 2);
}

TEST_F(LabRule, DelaysOneAnswerAndKeepsTheOrder) {
    set({"delay", "60s"});
    const auto of_bob =
        replaced(good_body, "sip:alice@example.test</id", "sip:bob@example.test</id");
    auto waiting = server().tcp();
    ASSERT_TRUE(waiting.send(service(of_bob) + numbered(2)));
    EXPECT_TRUE(waiting.answer());  // what is not delayed comes before what is

    set({"delay", "300ms"});
    auto peer = server().tcp();
    const stopwatch running;
    ASSERT_TRUE(peer.send(numbered(2) + numbered(3) + service(of_bob)));
    const auto first = peer.answer(), second = peer.answer(), third = peer.answer();
    ASSERT_TRUE(first && second && third);
    EXPECT_EQ(first->header("CSeq"), "2 SERVICE");
    EXPECT_EQ(second->header("CSeq"), "3 SERVICE");
    EXPECT_EQ(third->header("CSeq"), "1 SERVICE");
    EXPECT_GE(running.elapsed(), 600ms);
}

TEST_F(LabRule, LetsNothingOvertakeWhatIsDelayed) {
    set({"delay", "500ms"});
    const auto of_bob =
        replaced(good_body, "sip:alice@example.test</id", "sip:bob@example.test</id");
    for (auto peer : {&running_server::tcp, &running_server::tls}) {
        auto line = (server().*peer)();
        const auto issued = server().count_lines("delay 0.5 s");
        ASSERT_TRUE(line.send(numbered(2)));
        EXPECT_TRUE(eventually([&] { return server().count_lines("delay 0.5 s") > issued; }));
        ASSERT_TRUE(line.send(service(of_bob)));  // a read of its own, while the first is held
        const auto first = line.answer(), second = line.answer();
        ASSERT_TRUE(first && second);
        EXPECT_EQ(first->header("CSeq"), "2 SERVICE");
        EXPECT_EQ(second->header("CSeq"), "1 SERVICE");
    }
}

TEST_F(LabRule, EndsTheConnectionOrStaysSilent) {
    set({"truncated"});
    for (const auto& done : {ask(server()), ask(server(), {"--tcp"})}) {
        EXPECT_EQ(done.code, 2);
        EXPECT_NE(done.errors.find("closed the connection in the middle of its answer ("),
                  std::string::npos)
            << done.errors;
        EXPECT_EQ(done.errors.find("ertificate"), std::string::npos) << done.errors;
    }
    EXPECT_EQ(ask(server(), {"--turn-rest"}).code, 2);
    auto cut = server().tcp();
    ASSERT_TRUE(cut.send(service()));
    EXPECT_TRUE(cut.is_closed());
    EXPECT_NE(cut.unread().find("SIP/2.0 200"), std::string::npos);
    EXPECT_EQ(cut.unread().find("</response>"), std::string::npos);

    set({"reset"});
    const auto reset = ask(server());
    EXPECT_EQ(reset.code, 2);
    EXPECT_NE(reset.errors.find("the server reset the connection: "), std::string::npos)
        << reset.errors;
    EXPECT_EQ(ask(server(), {"--turn-rest"}).code, 2);
    const auto raw = connect_tcp(server().port());
    const auto asked = service();
    ASSERT_EQ(::send(raw.number(), asked.data(), asked.size(), MSG_NOSIGNAL),
              static_cast<ssize_t>(asked.size()));
    ASSERT_TRUE(wait_for(raw.number(), POLLIN, patience));
    char octet = 0;
    EXPECT_EQ(::recv(raw.number(), &octet, 1, 0), -1);
    EXPECT_EQ(errno, ECONNRESET);

    set({"no-answer"});
    EXPECT_EQ(ask(server(), {"--timeout", "200ms"}).code, 2);
}

struct duration_of_issues {
    double count, sum;
};
duration_of_issues issues_on(const running_server& server) {
    const auto now = scrape(server.http_port());
    const std::string name = "relayauth_request_duration_seconds_";
    const std::vector<std::string> issue = {"call=\"issue\""};
    return {now.sum(name + "count", issue), now.sum(name + "sum", issue)};
}

TEST(LabRuleInTheMetrics, CountsADelayAndNoAnswerThatNobodyGets) {
    const running_server server({"--lab", "--workers", "1"});
    const auto set = [&server](std::vector<std::string> what) {
        what.insert(what.begin(), {"lab", "rule", "sip:alice@*"});
        EXPECT_EQ(administer(server, what).code, 0);
    };
    const auto count_is = [&server](double wanted) {
        EXPECT_TRUE(eventually([&] { return issues_on(server).count >= wanted; }));
        EXPECT_EQ(issues_on(server).count, wanted);
    };
    set({"delay", "300ms"});
    auto peer = server.tls();
    ASSERT_TRUE(peer.send(numbered(1) + numbered(2)));
    EXPECT_TRUE(peer.answer() && peer.answer());
    count_is(2);
    EXPECT_GE(issues_on(server).sum, 0.9);  // the second waits for the first
    EXPECT_LT(issues_on(server).sum, 0.9 + 5);

    set({"no-answer"});
    EXPECT_EQ(ask(server, {"--timeout", "100ms"}).code, 2);
    set({"reset"});
    EXPECT_EQ(ask(server).code, 2);
    EXPECT_EQ(administer(server, {"lab", "rule", "--clear"}).code, 0);
    EXPECT_EQ(ask(server).code, 0);
    count_is(3);
}

// A server that stops waits for no lie.
TEST(LabRuleAtTheEnd, AHeldAnswerIsSentWhenTheServerStops) {
    running_server server({"--lab"});
    EXPECT_EQ(administer(server, {"lab", "rule", "*", "delay", "60s"}).code, 0);
    auto peer = server.tls();
    ASSERT_TRUE(peer.send(numbered(1) + numbered(2)));
    EXPECT_NE(server.wait_for_line({"issued", "delay 1 min"}), "");
    const auto last = server.stop();
    EXPECT_NE(last.find("lab=on"), std::string::npos) << last;
    const auto first = peer.answer(), second = peer.answer();
    ASSERT_TRUE(first && second);
    EXPECT_EQ(second->header("CSeq"), "2 SERVICE");
}

}  // namespace
}  // namespace relayauth::lab
