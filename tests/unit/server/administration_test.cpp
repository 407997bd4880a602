#include "relayauth/server/administration.hpp"

#include "fake_clock.hpp"

#include <gtest/gtest.h>

namespace relayauth::server {
namespace {

struct office {
    explicit office(bool lab) : chosen(with(lab)) {}
    static options with(bool lab) {
        options made;
        made.lab = lab;
        return made;
    }

    admin_reply ask(std::string_view line) {
        const auto read = parse_admin_reply(subject.answer(line));
        EXPECT_TRUE(read.has_value()) << read.error();
        return read ? *read : admin_reply();
    }

    options chosen;
    boost::asio::io_context io;
    fake_clock clock;
    log output{log_format::text};
    administration subject{io,
                           chosen,
                           clock,
                           output,
                           [](auto) {},
                           {[] { return "accepted"; }, [] { return "held"; },
                            [] {
                                return watched_clock{true, "stepped", ticks{70'000}};
                            }}};
};

TEST(Administration, AsksTheClocksHooksWithOrWithoutLab) {
    for (const bool lab : {false, true}) {
        office here(lab);
        EXPECT_EQ(here.ask(R"({"command":"clock accept"})").words, "accepted");
        EXPECT_EQ(here.ask(R"({"command":"clock status"})").words, "held");
        EXPECT_EQ(here.ask(R"({"command":"clock status"})").lab, lab);
        for (const auto* line :
             {R"({"command":"clock status"})", R"({"command":"clock accept"})"}) {
            const auto found = here.ask(line).watched;
            ASSERT_TRUE(found);
            EXPECT_TRUE(found->held);
            EXPECT_EQ(found->off, ticks{70'000});
        }
        EXPECT_FALSE(here.ask(R"({"command":"lab list"})").watched);
    }
}

TEST(Administration, LeavesTheLabToTheLab) {
    using outcome = admin_reply::outcome;
    EXPECT_EQ(office(false).ask(R"({"command":"lab list"})").what, outcome::refused);
    EXPECT_EQ(office(true).ask(R"({"command":"lab list"})").what, outcome::done);
}

TEST(Administration, AnswersAnythingAtAll) {
    using outcome = admin_reply::outcome;
    office here(true);
    for (const auto& line : {std::string(), std::string("\0", 1), std::string("GET / HTTP/1.1"),
                             std::string(10'000, '{'), std::string(R"({"command":"stop"})")}) {
        EXPECT_EQ(here.ask(line).what, outcome::malformed);
    }
}

}  // namespace
}  // namespace relayauth::server
