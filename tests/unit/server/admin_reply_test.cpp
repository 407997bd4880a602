#include "relayauth/server/admin_reply.hpp"

#include "vector_options.hpp"

#include <gtest/gtest.h>

namespace relayauth::server {
namespace {

using namespace std::chrono_literals;
using outcome = admin_reply::outcome;

TEST(AdminReply, IsWrittenAsItIsRead) {
    admin_reply reply{outcome::refused, "no \"lab\"", true, today, 8h, -200, {}};
    reply.rules.push_back(*session::make_lab_rule("sip:bob@*", session::lie::lifetime, 10s));
    reply.rules.push_back(*session::make_lab_rule("*", session::lie::reset, std::nullopt));
    const auto line = to_line(reply);
    EXPECT_EQ(line,
              R"({"result":"refused","words":"no \"lab\"","lab":true,)"
              R"("server_time":"2026-11-22T09:30:54Z","clock_offset_ms":28800000,"drift_ppm":-200,)"
              R"("rules":[{"identity":"sip:bob@*","rule":"lifetime","ms":10000},)"
              R"({"identity":"*","rule":"reset"}]})");
    const auto read = parse_admin_reply(line);
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(read->what, outcome::refused);
    EXPECT_EQ(read->server_time, today);
    EXPECT_EQ(read->clock_offset, ticks(8h));
    EXPECT_EQ(read->rules[0].words, "lab rule: lifetime 10 s");
    EXPECT_EQ(to_line(*read), line);
}

TEST(AdminReply, TellsAProgramHowTheClockIsFound) {
    admin_reply reply{outcome::done, "words", false, today, 0h, 0, {}};
    EXPECT_EQ(to_line(reply).find("held"), std::string::npos) << "a lab command";
    EXPECT_FALSE(parse_admin_reply(to_line(reply))->watched) << "an older server";
    reply.watched = watched_clock{true, "stepped", ticks(-8h) + ticks{1}};
    auto line = to_line(reply);
    EXPECT_NE(line.find(R"("watched":true,"held":true,"reason":"stepped","off_ms":-28800000})"),
              std::string::npos)
        << line;
    auto read = parse_admin_reply(line);
    ASSERT_TRUE(read && read->watched);
    EXPECT_TRUE(read->watched->held);
    EXPECT_EQ(read->watched->reason, "stepped");
    EXPECT_EQ(read->watched->off, ticks(-8h));
    EXPECT_EQ(to_line(*read), line);
    reply.watched = watched_clock{};
    line = to_line(reply);
    EXPECT_NE(line.find(R"("watched":false,"held":false,"reason":""})"), std::string::npos) << line;
    read = parse_admin_reply(line);
    ASSERT_TRUE(read && read->watched);
    EXPECT_FALSE(read->watched->off);
}

TEST(AdminReply, AHundredRulesFitIntoALine) {
    admin_reply reply{outcome::done, "", true, today, 0h, 0, {}};
    for (std::size_t i = 0; i < session::most_lab_rules; ++i) {
        reply.rules.push_back(*session::make_lab_rule(std::string(255, '"'),
                                                      session::lie::not_yet_valid, std::nullopt));
    }
    EXPECT_LT(to_line(reply).size(), max_admin_reply);
}

TEST(AdminReply, IsNoneWhenAnythingIsMissingOrOfAnotherKind) {
    const auto line = to_line(admin_reply{outcome::done, "", false, today, 0h, 0, {}});
    ASSERT_TRUE(parse_admin_reply(line).has_value());
    for (const auto* member :
         {"result", "words", "server_time", "clock_offset_ms", "drift_ppm", "rules"}) {
        auto without = line;
        without.replace(without.find(member), 1, "X");
        EXPECT_FALSE(parse_admin_reply(without).has_value()) << without;
    }
    for (std::size_t size = 0; size < line.size(); ++size)
        EXPECT_FALSE(parse_admin_reply(line.substr(0, size)).has_value());
}

}  // namespace
}  // namespace relayauth::server
