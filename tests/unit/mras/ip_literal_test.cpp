#include "relayauth/mras/ip_literal.hpp"

#include <gtest/gtest.h>

namespace relayauth::mras {
namespace {

TEST(IpLiteral, AcceptsFourOctetsInDecimal) {
    for (const auto* good : {"0.0.0.0", "192.0.2.1", "255.255.255.255", "10.20.30.249"}) {
        EXPECT_TRUE(is_ipv4_literal(good)) << good;
    }
    for (const auto* bad :
         {"", "1", "1.2.3", "1.2.3.4.5", "256.0.0.1", "1.2.3.1000", "01.2.3.4", "1.2.3.00",
          "1..2.3", ".1.2.3", "1.2.3.", "1.2.3.x", "1.2.-3.4", " 1.2.3.4", "::1"}) {
        EXPECT_FALSE(is_ipv4_literal(bad)) << bad;
    }
}

TEST(IpLiteral, AcceptsEveryFormOfAnIpv6Address) {
    for (const auto* good : {"::", "::1", "1::", "1:2:3:4:5:6:7:8", "2001:DB8::8:800:200c:417A",
                             "fe80::1:2:3:4", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8",
                             "::ffff:192.0.2.1", "1:2:3:4:5:6:192.0.2.1", "1::192.0.2.1"}) {
        EXPECT_TRUE(is_ipv6_literal(good)) << good;
    }
}

TEST(IpLiteral, RefusesWhatIsNoIpv6Address) {
    for (const auto* bad : {"",
                            ":",
                            ":::",
                            "1",
                            "1:",
                            ":1",
                            "1:2:3:4:5:6:7",
                            "1:2:3:4:5:6:7:8:9",
                            "1::2::3",
                            "12345::",
                            "g::",
                            "1:2:3:4:5:6:7:",
                            "1:2:3:4:5:6:7:8::",
                            "::1:2:3:4:5:6:7:8",
                            "[::1]",
                            "fe80::1%eth0",
                            "1.2.3.4",
                            "192.0.2.1::",
                            "1:2:3:4:5:6:7:192.0.2.1",
                            "::256.0.0.1",
                            "1::2:",
                            "::1 "}) {
        EXPECT_FALSE(is_ipv6_literal(bad)) << bad;
    }
}

}  // namespace
}  // namespace relayauth::mras
