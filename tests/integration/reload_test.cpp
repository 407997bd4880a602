#include "own_client.hpp"
#include "running_server.hpp"
#include "service_request.hpp"

#include <gtest/gtest.h>

#include <signal.h>

#include <atomic>
#include <thread>

// SIGHUP: certificates and keys are read again, all or nothing, and nobody notices.
namespace relayauth::lab {
namespace {

class Reload : public ::testing::Test {
protected:
    // The server reads its own copies, which a test then replaces.
    void install(const lab_certificate& files) const {
        folder_.write("live.key", read_file(files.key));
        folder_.write("live.pem", read_file(files.certificate));
    }

    // Sends SIGHUP and waits for the line that tells how it went.
    void reload(const char* outcome) {
        const auto before = server_->count_lines(outcome);
        server_->process().signal(SIGHUP);
        EXPECT_TRUE(eventually([&] { return server_->count_lines(outcome) == before + 1; }))
            << server_->log();
    }

    void SetUp() override {
        install(first_);
        const lab_certificate live{folder_.path("live.pem"), folder_.path("live.key")};
        server_ = std::make_unique<running_server>(std::vector<std::string>{}, live);
    }

    std::string verdict(const credential& what) const {
        const auto done = validate(server_->address(), what);
        return done.code == 0 ? "good" : text_of(done.output, "reason");
    }

    temporary_folder folder_;
    lab_certificate first_ = make_certificate(folder_, "first.example.test");
    std::unique_ptr<running_server> server_;
};

TEST_F(Reload, ARenewedCertificateOfTheSameKeyKeepsCredentialsGood) {
    const auto minted = request_credential(server_->address());
    install(renew(folder_, "renewed.example.test", first_));
    reload(" reloaded");
    EXPECT_NE(server_->wait_for_line({"minting_key", "renewed.example.test"}), "");
    EXPECT_EQ(verdict(minted), "good");
    EXPECT_EQ(verdict(request_credential(server_->address())), "good");
}

TEST_F(Reload, AnotherKeyMakesAnotherService) {
    const auto minted = request_credential(server_->address());
    install(make_certificate(folder_, "second.example.test"));
    reload(" reloaded");
    EXPECT_EQ(verdict(minted), "unknown_key");
    EXPECT_EQ(verdict(request_credential(server_->address())), "good");
}

// A key is rolled by hand: the new one mints, the older one verifies until it is taken away.
TEST_F(Reload, ReadsEveryCertificateAndTheRedisPassword) {
    const auto install_second = [this](const lab_certificate& files) {
        folder_.write("second.key", read_file(files.key));
        folder_.write("second.pem", read_file(files.certificate));
    };
    const auto older = make_certificate(folder_, "older.example.test");
    const running_server minted_before({}, older);
    const auto from_older = request_credential(minted_before.address());
    install_second(older);
    const lab_certificate live{folder_.path("live.pem"), folder_.path("live.key")};
    const auto password_file = folder_.write("redis", "before\n");
    server_ = std::make_unique<running_server>(
        std::vector<std::string>{"--certificate", folder_.path("second.pem"), "--key",
                                 folder_.path("second.key"), "--redis-listen", "127.0.0.1:0",
                                 "--redis-password-file", password_file},
        live);
    EXPECT_EQ(verdict(from_older), "good");
    const auto redis_says = [this](const char* password) {
        return run({"redis-cli", "-p", std::to_string(server_->redis_port()), "--no-auth-warning",
                    "-a", password, "PING"})
            .output;
    };
    EXPECT_EQ(redis_says("before"), "PONG\n");

    install_second(make_certificate(folder_, "another.example.test"));
    folder_.write("redis", "after\n");
    reload(" reloaded");
    EXPECT_EQ(verdict(from_older), "unknown_key");
    EXPECT_EQ(verdict(request_credential(server_->address())), "good");
    EXPECT_EQ(redis_says("after"), "PONG\n");
    EXPECT_NE(redis_says("before"), "PONG\n");
}

TEST_F(Reload, ConnectionsThatAreOpenUseTheNewKeyAtOnce) {
    auto peer = server_->tls();
    ASSERT_TRUE(peer.ask(service()));
    install(make_certificate(folder_, "second.example.test"));
    reload(" reloaded");
    const auto answer = peer.ask(service());
    ASSERT_TRUE(answer);
    EXPECT_EQ(verdict({answer->text("username"), answer->text("password")}), "good");
}

TEST_F(Reload, ABrokenFileKeepsTheOldKey) {
    const auto minted = request_credential(server_->address());
    folder_.write("live.pem", "-----BEGIN CERTIFICATE-----\nbroken\n");
    reload(" reload_refused");
    const auto line =
        server_->wait_for_line({"reload_refused", "the old certificate and key stay"});
    EXPECT_NE(line.find(folder_.path("live.pem")), std::string::npos) << line;
    EXPECT_EQ(verdict(minted), "good");
    EXPECT_EQ(verdict(request_credential(server_->address())), "good");

    // A key that does not belong to the certificate is as bad.
    install({first_.certificate, make_certificate(folder_, "second").key});
    reload(" reload_refused");
    EXPECT_EQ(verdict(minted), "good");

    install(first_);
    reload(" reloaded");
    EXPECT_EQ(verdict(minted), "good");
    EXPECT_NE(server_->stop(), "");
}

TEST_F(Reload, LosesNoRequest) {
    constexpr int reloads = 20;
    const auto second = make_certificate(folder_, "second.example.test");
    std::atomic<bool> over = false;
    std::thread reloading([&] {
        for (int i = 0; i < reloads; ++i) {
            install(i % 2 == 0 ? second : first_);
            reload(" reloaded");
        }
        over = true;
    });
    auto plain = server_->tcp();
    auto tls = server_->tls();
    unsigned asked = 0;
    while (!over) {
        auto fresh = server_->tls();
        for (auto* each : {&plain, &tls, &fresh}) {
            const auto answer = each->ask(numbered(++asked));
            if (answer && answer->attribute("reasonPhrase") == "OK") continue;
            ADD_FAILURE() << "request " << asked << " was lost: " << server_->log();
            over = true;
        }
    }
    reloading.join();
    EXPECT_GE(asked, static_cast<unsigned>(reloads));
    EXPECT_NE(server_->stop().find(" issued=" + std::to_string(asked)), std::string::npos);
}

}  // namespace
}  // namespace relayauth::lab
