#include "relayauth/server/http_pages.hpp"

#include <gtest/gtest.h>

namespace relayauth::server {
namespace {

using namespace std::chrono_literals;

page_sources made_sources() {
    return {[] {
                return std::vector<thread_silence>{{"worker 0", 250ms}};
            },
            [] {
                return readiness{{{"keys", true, "loaded"}}};
            },
            [] { return std::string("a_total 1\n"); }};
}

TEST(HttpPages, HealthIsOkWhileEveryThreadIsSeenAtWork) {
    const auto page = health_page({{"acceptor", 0ns}, {"worker 0", longest_silence - 1ns}});
    EXPECT_EQ(page.status, 200);
    EXPECT_EQ(page.body, "ok\n");
    EXPECT_EQ(page.content_type, "text/plain; charset=utf-8");
}

TEST(HttpPages, HealthNamesTheThreadsThatAreStuck) {
    const auto page =
        health_page({{"acceptor", 1s}, {"worker 0", longest_silence}, {"worker 1", 90s}});
    EXPECT_EQ(page.status, 503);
    EXPECT_EQ(page.body,
              "worker 0 is stuck: not seen at work for 5 s\n"
              "worker 1 is stuck: not seen at work for 1 min 30 s\n");
}

TEST(HttpPages, ReadinessNeedsEveryCheckAndShowsEach) {
    const auto good = readiness_page({{{"keys", true, "loaded"}, {"clock", true, "steady"}}});
    EXPECT_EQ(good.status, 200);
    EXPECT_EQ(good.body, "ok keys: loaded\nok clock: steady\n");
    const auto bad = readiness_page({{{"keys", true, "loaded"}, {"clock", false, "held: +8 h"}}});
    EXPECT_EQ(bad.status, 503);
    EXPECT_EQ(bad.body, "ok keys: loaded\nNOT clock: held: +8 h\n");
}

TEST(HttpPages, FindsThePageByItsPathAlone) {
    for (const auto* target : {"/metrics", "/metrics?x=1", "http://host:5080/metrics"}) {
        const auto page = page_of(target, made_sources());
        EXPECT_EQ(page.status, 200) << target;
        EXPECT_EQ(page.body, "a_total 1\n");
        EXPECT_EQ(page.content_type, "text/plain; version=0.0.4; charset=utf-8");
    }
    EXPECT_EQ(page_of("/healthz", made_sources()).body, "ok\n");
    EXPECT_EQ(page_of("/readyz", made_sources()).body, "ok keys: loaded\n");
}

TEST(HttpPages, SaysWhichPagesThereAreWhereThereIsNone) {
    for (const auto* target : {"", "/", "*", "/metrics/", "/Metrics", "/../metrics", "http://host",
                               "http://", "metrics", "?/metrics"}) {
        const auto page = page_of(target, made_sources());
        EXPECT_EQ(page.status, 404) << target;
        EXPECT_NE(page.body.find("/healthz, /readyz and /metrics"), std::string::npos);
    }
}

}  // namespace
}  // namespace relayauth::server
