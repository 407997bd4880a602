#include "relayauth/mras/request.hpp"

#include <gtest/gtest.h>

#include <string>

namespace relayauth::mras {
namespace {

// RFC 3261 sections 19.1.1 and 19.1.3, and what Lync sends.
TEST(SipUri, AcceptsWhatTheGrammarDescribes) {
    for (const auto* good :
         {"sip:alice@atlanta.com",
          "sip:alice:secretword@atlanta.com;transport=tcp",
          "sips:alice@atlanta.com?subject=project%20x&priority=urgent",
          "sip:+1-212-555-1212:1234@gateway.com;user=phone",
          "sips:1212@gateway.com",
          "sip:alice@192.0.2.4",
          "sip:atlanta.com;method=REGISTER?to=alice%40atlanta.com",
          "sip:alice;day=tuesday@atlanta.com",
          "sip:[2001:db8::1]",
          "sip:a@[::ffff:192.0.2.1]:5062;lr",
          "SIP:a@b",
          "SiPs:a@b:0",
          "sip:b:65535",
          "sip:b.",
          "sip:edge01.contoso.com:5062;grid",
          "sip:a:@b",
          "sip:%41%fF@b",
          "sip:a@b?h=",
          "sip:a@x_y.b-c.d9",
          "sip:9a.b@9a.b",
          "sip:!~*'()&=+$,;?/-_.@b",
          "sip:edge.contoso.com@contoso.com;gruu;opaque=srvr:MRAS:7iH5ZsjUM0WVlDTBZSWDHAAA"}) {
        EXPECT_TRUE(is_sip_uri(good)) << good;
    }
}

TEST(SipUri, RefusesAnotherSchemeOrNoHost) {
    for (const auto* bad : {"", "sip", "sip:", "sips:", "alice@b", "tel:+1212", "http://b",
                            "xsip:a@b", "sipx:a@b", " sip:a@b", "sip:@b", "sip:a@", "sip::p@b",
                            "sip:;lr", "sip:a@;lr", "sip:a@?h=v", "<sip:a@b>"}) {
        EXPECT_FALSE(is_sip_uri(bad)) << bad;
    }
}

TEST(SipUri, RefusesMalformedUsers) {
    for (const auto* bad :
         {"sip:a b@c", "sip:a@b@c", "sip:a%4@b", "sip:a%@b", "sip:a%4g@b", "sip:a%g4@b",
          "sip:a\"@b", "sip:[a]@b", "sip:a:b:c@d", "sip:a:b;c@d", "sip:\xC3\xA9@b", "sip:a#@b"}) {
        EXPECT_FALSE(is_sip_uri(bad)) << bad;
    }
}

TEST(SipUri, RefusesMalformedHostsAndPorts) {
    for (const auto* bad :
         {"sip:a@b..c",      "sip:a@.b",   "sip:a@b..",     "sip:a@-b",        "sip:a@b-",
          "sip:a@b.-c",      "sip:a@b-.c", "sip:a@b.9c",    "sip:a@256.1.1.1", "sip:a@1.2.3",
          "sip:a@b:",        "sip:a@b:x",  "sip:a@b:65536", "sip:a@b:000001",  "sip:a@b:-1",
          "sip:a@b c",       "sip:a@[::1", "sip:a@::1",     "sip:a@[::1]5",    "sip:a@[::1]:",
          "sip:a@[1.2.3.4]", "sip:a@[]",   "sip:a@b~c",     "sip:a@b%41",      "sip:a@.",
          "sip:a@_b"}) {
        EXPECT_FALSE(is_sip_uri(bad)) << bad;
    }
}

TEST(SipUri, RefusesMalformedParametersAndHeaders) {
    for (const auto* bad :
         {"sip:a@b;", "sip:a@b;;lr", "sip:a@b;=v", "sip:a@b;p=", "sip:a@b;p=v=w", "sip:a@b;p q",
          "sip:a@b;p=%4", "sip:a@b?", "sip:a@b?h", "sip:a@b?=v", "sip:a@b?h=v&", "sip:a@b?h=v&x",
          "sip:a@b?h=a b", "sip:a@b?h=v;x", "sip:a@b;p=,"}) {
        EXPECT_FALSE(is_sip_uri(bad)) << bad;
    }
}

TEST(SipUri, AcceptsTheGreatestLengthAndNoMore) {
    const std::string longest = "sip:" + std::string(max_text_length - 6, 'a') + "@b";
    EXPECT_EQ(longest.size(), max_text_length);
    EXPECT_TRUE(is_sip_uri(longest));
    EXPECT_FALSE(is_sip_uri(longest + "b"));
}

}  // namespace
}  // namespace relayauth::mras
