#include "relayauth/cli/zone_offset.hpp"

#include "relayauth/base/time_text.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace relayauth::cli {
namespace {

using namespace std::chrono_literals;

ticks at(const std::string& zone, std::string_view when) {
    const auto offset = zone_offset(zone, *parse_utc(when));
    EXPECT_TRUE(offset.has_value()) << offset.error();
    return offset ? *offset : ticks{1};
}

TEST(ZoneOffset, IsThatOfTheZoneAtThatTime) {
    EXPECT_EQ(at("America/Los_Angeles", "2026-01-15T12:00:00Z"), ticks(-8h));
    EXPECT_EQ(at("America/Los_Angeles", "2026-07-15T12:00:00Z"), ticks(-7h));
    EXPECT_EQ(at("Asia/Shanghai", "2026-07-15T12:00:00Z"), ticks(8h));
    EXPECT_EQ(at("Asia/Kolkata", "2026-07-15T12:00:00Z"), ticks(5h + 30min));
    EXPECT_EQ(at("UTC", "2026-07-15T12:00:00Z"), ticks{0});
}

TEST(ZoneOffset, SaysWhereZonesAreListedForOneThatIsNone) {
    for (const std::string zone : {"", "America/Nowhere", "America", "/etc/localtime",
                                   "../zoneinfo/UTC", "zone.tab", "EST5EDT4,M3", "\x1b[31m"}) {
        const auto offset = zone_offset(zone, wall_time());
        ASSERT_FALSE(offset.has_value()) << zone;
        EXPECT_NE(offset.error().find("lists them"), std::string::npos);
        EXPECT_EQ(offset.error().find('\x1b'), std::string::npos);
    }
}

TEST(ZoneOffset, LeavesTheZoneOfTheProcessAsItWas) {
    const char* const before = std::getenv("TZ");
    const std::string kept = before == nullptr ? "(none)" : before;
    at("Asia/Shanghai", "2026-07-15T12:00:00Z");
    const char* const after = std::getenv("TZ");
    EXPECT_EQ(after == nullptr ? "(none)" : std::string(after), kept);
}

}  // namespace
}  // namespace relayauth::cli
