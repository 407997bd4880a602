#include "relay_lab.hpp"

#include "moved_clock.hpp"
#include "sanitizer.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>

// Debian's coturn asks our server about users, or shares its secret; its own client allocates and
// relays packets, or gets a 401 for a reason that our log tells.
namespace relayauth::lab {
namespace {

const char* const awkward_identity = "sip:a b%n@x";

// What is good, side by side: each run waits 5 s for nothing.
class Accepted : public ::testing::Test {
protected:
    struct call {
        std::string name;
        const coturn& relay;
        credential shown;
        std::unique_ptr<uclient> run;
    };

    static void SetUpTestSuite() {
        lab_ = std::make_unique<servers>();
        auto& all = *lab_;
        const auto minted = request_credential(all.home.server.address());
        start("over SIP", all.home.relay, minted);
        start("another subject", all.renamed.relay, minted);
        start("the older key", all.two_keys.relay, minted);
        start("the newer key", all.two_keys.relay,
              request_credential(all.two_keys.server.address()));
        start("version 1", all.home.relay,
              request_credential(all.home.server.address(), {"--mras-version", "1.0"}));
        start("TURN REST", all.home.relay, request_rest_name(all.home.server.address()));
        start("awkward", all.home.relay,
              request_rest_name(all.home.server.address(), awkward_identity));
        start("secret", all.secret, request_rest_name(all.home.server.address()));
        start("awkward secret", all.secret,
              request_rest_name(all.home.server.address(), awkward_identity));
    }

    static void TearDownTestSuite() {
        calls_.clear();
        lab_.reset();
    }

    static void start(const std::string& name, const coturn& relay, const credential& shown) {
        calls_.push_back({name, relay, shown,
                          std::make_unique<uclient>(relay.port(), shown.username, shown.password)});
    }

    static const call& called(const std::string& name) {
        for (const auto& each : calls_) {
            if (each.name == name) return each;
        }
        throw std::out_of_range(name);
    }

    static credential expect_relayed(const std::string& name) {
        const auto& made = called(name);
        EXPECT_TRUE(made.run->has_relayed()) << made.run->output() << made.relay.log();
        EXPECT_TRUE(made.relay.has_line(
            {"user <" + made.shown.username + ">", "ALLOCATE processed, success"}));
        return made.shown;
    }

    // What a server says of a good user: its name only as a hash, and which key it was.
    static void expect_told(const running_server& by, const std::string& key) {
        EXPECT_NE(by.wait_for_line({" validated ", "door=redis", "key=" + key, "identity_hash="}),
                  "")
            << by.log();
    }

    struct servers {
        asked_relay home;
        asked_relay renamed{{}, another_subject()};
        asked_relay two_keys{with_older(shared_certificate()), another_key()};
        coturn secret{lab_realm, shares_secret(exported_secret(shared_certificate()))};
    };

    static inline std::unique_ptr<servers> lab_;
    static inline std::vector<call> calls_;
};

TEST_F(Accepted, ACredentialGotOverSipAndTls) {
    expect_relayed("over SIP");
    expect_told(lab_->home.server, key_of(lab_->home.server));
}

TEST_F(Accepted, ACredentialOfVersion1) {
    expect_relayed("version 1");
}

TEST_F(Accepted, ACredentialOfTheSameKeyUnderAnotherSubject) {
    expect_relayed("another subject");
    EXPECT_EQ(key_of(lab_->renamed.server), key_of(lab_->home.server));
    expect_told(lab_->renamed.server, key_of(lab_->home.server));
}

TEST_F(Accepted, CredentialsOfTheOlderAndOfTheNewerOfTwoKeys) {
    expect_relayed("the older key");
    expect_relayed("the newer key");
    EXPECT_NE(key_of(lab_->two_keys.server), key_of(lab_->home.server));
    expect_told(lab_->two_keys.server, key_of(lab_->home.server));
    expect_told(lab_->two_keys.server, key_of(lab_->two_keys.server));
}

TEST_F(Accepted, ATurnRestName) {
    const auto shown = expect_relayed("TURN REST");
    EXPECT_NE(shown.username.find(":sip:alice@example.test"), std::string::npos);
}

TEST_F(Accepted, ATurnRestNameForAnIdentityThatCoturnCouldNotCarry) {
    const auto shown = expect_relayed("awkward");
    EXPECT_EQ(shown.username.find_first_of(" %"), std::string::npos) << shown.username;
}

TEST_F(Accepted, TurnRestNamesByARelayThatSharesTheSecret) {
    expect_relayed("secret");
    expect_relayed("awkward secret");
}

TEST_F(Accepted, LeavesNoSecretInTheLog) {
    for (const auto& each : calls_) {
        EXPECT_TRUE(each.run->has_relayed()) << each.name;
        for (const auto* by : {&lab_->home, &lab_->renamed, &lab_->two_keys}) {
            expect_no_secret(by->server, each.shown);
        }
    }
}

TEST(Refused, AUsernameWithOneBitFlipped) {
    const asked_relay home;
    auto shown = request_credential(home.server.address());
    flip_one_bit(shown.username);
    expect_refused(home, shown, "unknown_key");
}

TEST(Refused, ANameThatIsNoneOfOurs) {
    const asked_relay home;
    expect_401(home.relay, {"alice", "secret"});
    EXPECT_NE(home.server.wait_for_line(
                  {" validate_refused ", "door=redis", "reason=malformed", "server_time="}),
              "")
        << home.server.log();
}

TEST(Refused, ACredentialOfAnotherKey) {
    const asked_relay home;
    const running_server stranger({}, another_key());
    expect_refused(home, request_credential(stranger.address()), "unknown_key");
}

TEST(Refused, ByARelayOfAnotherRealm) {
    const asked_relay home;
    const coturn other("other.test", asks_redis_at(home.server.redis_port()));
    const auto shown = request_credential(home.server.address());
    expect_401(other, shown);
    expect_told_why(home.server, shown, "wrong_realm");
}

// This door gives the key and never sees the password: coturn finds out by itself.
TEST(Refused, AWrongPasswordByCoturnAlone) {
    const asked_relay home;
    auto shown = request_credential(home.server.address());
    shown.password = request_credential(home.server.address(), {"--duration", "9"}).password;
    expect_401(home.relay, shown);
    EXPECT_TRUE(home.relay.has_line({"user " + shown.username + " credentials are incorrect"}));
    EXPECT_NE(home.server.wait_for_line({" validated ", "door=redis"}), "");
    EXPECT_EQ(home.server.count_lines(" validate_refused "), 0u) << home.server.log();
    expect_no_secret(home.server, shown);
}

// coturn's own clock is true: the name ended an hour ago.
TEST(Refused, AnExpiredTurnRestNameByARelayThatSharesTheSecret) {
    const running_server mint(
        {"--realm", lab_realm, "--clock-offset=-1h", "--allow-expired-certificate"});
    const coturn relay(lab_realm, shares_secret(exported_secret(shared_certificate())));
    const auto shown = request_rest_name(mint.address(), "sip:alice@example.test", "1");
    expect_401(relay, shown);
    EXPECT_TRUE(relay.has_line({"Cannot find credentials of user <" + shown.username + ">"}));
}

// A relay whose clock is wrong, by our own setting and by libfaketime.
struct wrong_clock {
    std::vector<std::string> options;
    std::vector<std::string> environment;
};
wrong_clock by_setting(const std::string& offset) {
    return {{"--allow-expired-certificate", "--clock-offset=" + offset}, {}};
}
wrong_clock by_machine(const std::string& offset) {
    auto environment = moved_clock(offset);
    // libfaketime stands before the sanitizer's library, which minds.
    if (address_sanitizer) environment.push_back("ASAN_OPTIONS=verify_asan_link_order=0");
    return {{"--allow-expired-certificate"}, environment};
}

using moving = wrong_clock (*)(const std::string&);
class RefusedByAWrongClock : public ::testing::TestWithParam<moving> {
protected:
    void SetUp() override {
        if (thread_sanitizer && GetParam() == &by_machine) {
            GTEST_SKIP() << "libfaketime and ThreadSanitizer report races that are none";
        }
    }
};

TEST_P(RefusedByAWrongClock, AnExpiredCredential) {
    const running_server mint;
    const auto shown = request_credential(mint.address(), {"--duration", "1"});
    const auto late = GetParam()("+2m");
    asked_relay relay(late.options, shared_certificate(), late.environment);
    const auto line = expect_refused(relay, shown, "expired");
    EXPECT_NE(line.find("an old credential, or this clock is ahead"), std::string::npos) << line;
    EXPECT_EQ(line.find("time zone"), std::string::npos) << line;
    relay.stop();
}

TEST_P(RefusedByAWrongClock, ACredentialThatIsNotYetValidWithWordsAboutATimeZone) {
    const running_server mint;
    const auto shown = request_credential(mint.address());
    const auto behind = GetParam()("-8h");
    asked_relay relay(behind.options, shared_certificate(), behind.environment);
    const auto line = expect_refused(relay, shown, "not_yet_valid");
    EXPECT_NE(line.find("looks like a time zone error of -8 h"), std::string::npos) << line;
    relay.stop();
}

INSTANTIATE_TEST_SUITE_P(Moved, RefusedByAWrongClock, ::testing::Values(&by_setting, &by_machine),
                         [](const auto& each) {
                             return each.param == &by_setting ? "BySetting" : "ByTheMachine";
                         });

}  // namespace
}  // namespace relayauth::lab
