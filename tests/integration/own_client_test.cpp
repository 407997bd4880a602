#include "own_client.hpp"
#include "running_server.hpp"

#include <gtest/gtest.h>

// `relayauth request` and `relayauth validate` against real servers.
namespace relayauth::lab {
namespace {

void expect_good(const finished& done) {
    EXPECT_EQ(done.code, 0) << done.output << done.errors;
    EXPECT_NE(done.output.find("\"good\":true"), std::string::npos) << done.output;
}

void expect_refused(const finished& done, const std::string& reason) {
    EXPECT_EQ(done.code, 3) << done.output << done.errors;
    EXPECT_EQ(text_of(done.output, "reason"), reason) << done.output;
}

TEST(OwnClient, RequestsAndValidatesOverTlsAndTcp) {
    const running_server server;
    for (const auto& over : {std::vector<std::string>{}, std::vector<std::string>{"--tcp"}}) {
        const auto minted = request_credential(server.address(), over);
        EXPECT_EQ(minted.username.size(), 76u);
        EXPECT_EQ(minted.password.size(), 28u);
        expect_good(validate(server.address(), minted, over));
        expect_good(ask_relayauth("validate", server.address(), {minted.username}));
        auto wrong = minted;
        wrong.password = "AAAAAAAAAAAAAAAAAAAAAAAAAAA=";
        expect_refused(validate(server.address(), wrong, over), "wrong_password");
    }
}

TEST(OwnClient, EachVersionIsMintedAndFoundGood) {
    const running_server server;
    for (const auto* version : {"1.0", "2.0", "3.0"}) {
        const auto minted = request_credential(server.address(), {"--mras-version", version});
        EXPECT_EQ(minted.username.size(), version == std::string("1.0") ? 72u : 76u);
        expect_good(validate(server.address(), minted));
    }
    const auto refused =
        ask_relayauth("request", server.address(),
                      {"--identity", "sip:alice@example.test", "--mras-version", "4.0"});
    EXPECT_EQ(refused.code, 3);
    EXPECT_EQ(text_of(refused.output, "reason"), "Version Mismatch");
}

TEST(OwnClient, ASecondServerWithOnlyTheKeyValidates) {
    const temporary_folder folder;
    const auto files = make_certificate(folder, "gobblygook");
    const auto renamed = renew(folder, "another.subject", files);
    const auto stranger = make_certificate(folder, "gobblygook-of-another-key");
    credential minted;
    {
        running_server mint({}, files);
        minted = request_credential(mint.address());
        mint.stop();
    }
    const running_server verifier({}, renamed);
    expect_good(validate(verifier.address(), minted));
    const running_server restarted_mint({}, files);
    expect_good(validate(restarted_mint.address(), minted));
    const running_server other({}, stranger);
    expect_refused(validate(other.address(), minted), "unknown_key");
}

TEST(OwnClient, AnswersSayWhatIsAsked) {
    const running_server server({"--relay", "internet=turn.example.test:3479:444", "--realm",
                                 "a.example.test", "--max-lifetime", "60"});
    const auto done = ask_relayauth(
        "request", server.address(),
        {"--identity", "sip:bob@example.test", "--location", "internet", "--duration", "90"});
    EXPECT_EQ(done.code, 0) << done.errors;
    EXPECT_EQ(number_of(done.output, "duration"), 60) << done.output;
    EXPECT_EQ(text_of(done.output, "host"), "turn.example.test");
    EXPECT_EQ(number_of(done.output, "udp"), 3479);
    EXPECT_EQ(number_of(done.output, "tcp"), 444);
    const credential minted{text_of(done.output, "username"), text_of(done.output, "password")};
    expect_good(validate(server.address(), minted, {"--realm", "a.example.test"}));
    expect_refused(validate(server.address(), minted, {"--realm", "b.example.test"}),
                   "wrong_realm");
}

TEST(OwnClient, ServerThatIsNotThereIsExitCode2AndOneLine) {
    std::string address;
    {
        running_server gone;
        address = gone.address();
        gone.stop();
    }
    for (const auto& command : {"request", "validate"}) {
        const auto done =
            run({relayauth_program, command, "--server", address,
                 command == std::string("request") ? "--identity=sip:a@b.test" : "AgAA"});
        EXPECT_EQ(done.code, 2);
        EXPECT_EQ(done.output, "");
        EXPECT_NE(done.errors.find(address), std::string::npos) << done.errors;
        EXPECT_EQ(done.errors.find('\n'), done.errors.size() - 1) << done.errors;
    }
}

TEST(OwnClient, TraceShowsBothMessagesAndNoPassword) {
    const running_server server;
    const auto done = run({relayauth_program, "request", "--server", server.address(), "--identity",
                           "sip:alice@example.test", "--trace"});
    EXPECT_EQ(done.code, 0) << done.errors;
    const auto all = done.output + done.errors;
    for (const auto* words : {"SERVICE sip:", "SIP/2.0 200 OK", "<password>"}) {
        EXPECT_NE(all.find(words), std::string::npos) << words;
    }
    const auto at = all.find("<password>") + std::string_view("<password>").size();
    const auto shown = all.substr(at, all.find('<', at) - at);
    EXPECT_EQ(shown.find('='), std::string::npos) << shown;
}

}  // namespace
}  // namespace relayauth::lab
