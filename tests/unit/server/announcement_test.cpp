#include "relayauth/server/announcement.hpp"

#include "log_capture.hpp"
#include "vector_options.hpp"

#include <gtest/gtest.h>

namespace relayauth::server {
namespace {

std::vector<std::string> settings_lines(const options& chosen) {
    return lines_of(log_format::text,
                    [&](log& output) { announce_settings(output, chosen, today, 3); });
}

TEST(Announcement, SaysThatTheSubjectDoesNotMatter) {
    const auto keys = load_keys(vector_options(), today);
    ASSERT_TRUE(keys.has_value()) << keys.error();
    const auto lines =
        lines_of(log_format::text, [&](log& output) { announce_keys(output, *keys, today); });
    ASSERT_EQ(lines.size(), 1u);
    EXPECT_NE(lines[0].find("minting_key key=168e9d81 type=RSA bits=2048"), std::string::npos);
    EXPECT_NE(lines[0].find("rsa2048.example.test"), std::string::npos);
    EXPECT_NE(lines[0].find("the subject does not matter; expires in "), std::string::npos);
}

TEST(Announcement, SaysWhoIsServedAndHowToServeOthers) {
    options chosen;
    EXPECT_NE(settings_lines(chosen)[0].find("loopback peers only: others with --allow CIDR or "
                                             "--client-ca FILE"),
              std::string::npos);
    chosen.allow = {{{}, 0}};
    EXPECT_NE(settings_lines(chosen)[0].find("loopback peers and those that --allow names\""),
              std::string::npos);
    chosen.client_ca = "ca.pem";
    EXPECT_NE(
        settings_lines(chosen)[0].find("--allow names, over TLS with a certificate of --client-ca"),
        std::string::npos);
    chosen.allow.clear();
    EXPECT_NE(
        settings_lines(chosen)[0].find("loopback peers and any other, over TLS with a certificate"),
        std::string::npos);
}

TEST(Announcement, SaysWhoIsServedAndWhoGetsKeysWithRelayCa) {
    options chosen;
    const auto says = [&chosen](std::string_view words) {
        return settings_lines(chosen)[0].find(words) != std::string::npos;
    };
    const std::string keys = "; long-term keys for loopback peers and certificates of --relay-ca";
    EXPECT_FALSE(says("--relay-ca"));
    chosen.relay_ca = "relays.pem";
    EXPECT_TRUE(
        says("loopback peers and relays with a certificate of --relay-ca: others with "
             "--allow CIDR or --client-ca FILE" +
             keys));
    chosen.allow = {{{}, 0}};
    EXPECT_TRUE(says("loopback peers and those that --allow names" + keys));
    chosen.client_ca = "ca.pem";
    EXPECT_TRUE(says(", over TLS with a certificate of --client-ca or --relay-ca" + keys));
}

TEST(ListenerWords, SayWhoGetsKeysForCoturn) {
    options chosen;
    EXPECT_NE(listener_words(session::listener::mras, chosen).find("SIP"), std::string::npos);
    const auto words = [&chosen] { return listener_words(session::listener::redis, chosen); };
    EXPECT_NE(words().find("keys for loopback peers only"), std::string::npos) << words();
    chosen.redis_password_file = "f";
    EXPECT_NE(words().find("any peer with the password"), std::string::npos) << words();
    chosen.allow.emplace_back();
    EXPECT_NE(words().find("those that --allow names"), std::string::npos) << words();
}

TEST(Announcement, ShowsTheClockAndWarnsOfOneThatIsWrongOnPurpose) {
    options chosen;
    auto lines = settings_lines(chosen);
    ASSERT_EQ(lines.size(), 3u);
    EXPECT_NE(lines[1].find(" info clock server_time=2026-11-22T09:30:54Z clock_offset=\"0 s\""),
              std::string::npos)
        << lines[1];
    EXPECT_NE(lines[2].find(" warning no_relay "), std::string::npos);
    chosen.clock_offset = std::chrono::hours(-8);
    chosen.relays = {{}};
    lines = settings_lines(chosen);
    ASSERT_EQ(lines.size(), 2u);
    EXPECT_NE(lines[1].find(" warning clock "), std::string::npos);
    EXPECT_NE(lines[1].find("clock_offset=\"-8 h\""), std::string::npos);
    EXPECT_NE(lines[1].find("--clock-offset"), std::string::npos);
}

TEST(Announcement, SumsUpWhatAllWorkersCounted) {
    counters one, two;
    const auto busy = static_cast<std::size_t>(credential::refusal::busy);
    const auto refused = static_cast<std::size_t>(session::event::kind::issue_refused);
    one.events[0][refused][busy].add();
    two.events[1][refused][busy].add();
    two.issued[1][0].add();
    one.transport[0].add();
    const counters* const all[] = {&one, &two};
    const auto lines =
        lines_of(log_format::text, [&](log& output) { announce_totals(output, all, false); });
    ASSERT_EQ(lines.size(), 1u);
    EXPECT_EQ(lines[0].substr(25), "info stopped issued=1 issue_refused_busy=2 accepted=1");
}

TEST(Announcement, WarnsOfALab) {
    options chosen;
    const auto says = [&chosen] {
        for (const auto& line : settings_lines(chosen)) {
            if (line.find(" warning lab ") != std::string::npos) return true;
        }
        return false;
    };
    EXPECT_FALSE(says());
    chosen.lab = true;
    EXPECT_TRUE(says());
    const auto last =
        lines_of(log_format::text, [](log& output) { announce_totals(output, {}, true); });
    EXPECT_NE(last[0].find("stopped lab=on"), std::string::npos) << last[0];
}

}  // namespace
}  // namespace relayauth::server
