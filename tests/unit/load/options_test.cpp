#include "relayauth/load/options.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <span>
#include <string>

namespace relayauth::load {
namespace {

using testing::HasSubstr;

TEST(Protocol, HasAWordThatIsReadBack) {
    for (const auto value :
         {protocol::sip_tls, protocol::sip_tcp, protocol::rpc_tls, protocol::rpc_tcp}) {
        EXPECT_EQ(parse_protocol(to_text(value)), value) << to_text(value);
    }
    EXPECT_EQ(parse_protocol("sip-tls"), protocol::sip_tls);
    EXPECT_EQ(parse_protocol("rpc-tcp"), protocol::rpc_tcp);
}

TEST(Protocol, IsReadExactly) {
    for (const auto text : {"", "sip", "SIP-TLS", " sip-tls", "sip-tls ", "sip-tlsx", "sip_tls"}) {
        EXPECT_FALSE(parse_protocol(text)) << text;
    }
}

TEST(Protocol, KnowsItsTransportAndItsMessages) {
    EXPECT_TRUE(uses_tls(protocol::sip_tls) && uses_tls(protocol::rpc_tls));
    EXPECT_FALSE(uses_tls(protocol::sip_tcp) || uses_tls(protocol::rpc_tcp));
    EXPECT_TRUE(uses_rpc(protocol::rpc_tls) && uses_rpc(protocol::rpc_tcp));
    EXPECT_FALSE(uses_rpc(protocol::sip_tls) || uses_rpc(protocol::sip_tcp));
}

TEST(ParseRate, ReadsWholeAndBrokenNumbersUpToItsBound) {
    EXPECT_EQ(parse_rate("1000"), 1000);
    EXPECT_EQ(parse_rate("0.5"), 0.5);
    EXPECT_EQ(parse_rate("0.001"), 0.001);
    EXPECT_EQ(parse_rate("10000000"), max_rate);
}

TEST(ParseRate, RefusesWhatIsNoRate) {
    for (const auto text : {"",      "0",   "0.0",        "-1",       "-0.5",
                            "+1",    "1e3", "nan",        "inf",      "0x10",
                            "1 ",    " 1",  "1/s",        "1.",       ".5",
                            "1.2.3", "1,5", "10000000.1", "10000001", "99999999999999999999999",
                            "..",    "."}) {
        EXPECT_FALSE(parse_rate(text)) << text;
    }
}

TEST(ParseRamp, ReadsTwoRates) {
    const auto up = parse_ramp("100..5000");
    ASSERT_TRUE(up);
    EXPECT_EQ(up->from, 100);
    EXPECT_EQ(up->to, 5000);
    const auto down = parse_ramp("0.5..0.25");
    ASSERT_TRUE(down);
    EXPECT_EQ(down->from, 0.5);
    EXPECT_EQ(down->to, 0.25);
    EXPECT_TRUE(parse_ramp("7..7"));
}

TEST(ParseRamp, RefusesWhatIsNoRamp) {
    for (const auto text : {"", "..", "1..", "..1", "1", "1.2", "1...2", "0..5", "5..0", "1..2..3",
                            "-1..2", "1..nan", "1e1..2", "1-2", "1 .. 2", "1..2 ", "1..10000001"}) {
        EXPECT_FALSE(parse_ramp(text)) << text;
    }
}

TEST(ParseMix, ReadsPureMixes) {
    ASSERT_TRUE(parse_mix("issue"));
    EXPECT_EQ(parse_mix("issue")->validate_percent, 0u);
    ASSERT_TRUE(parse_mix("validate"));
    EXPECT_EQ(parse_mix("validate")->validate_percent, 100u);
}

TEST(ParseMix, ReadsSharesOfAHundredIssueFirst) {
    EXPECT_EQ(parse_mix("mixed=90:10")->validate_percent, 10u);
    EXPECT_EQ(parse_mix("mixed=1:99")->validate_percent, 99u);
    EXPECT_EQ(parse_mix("mixed=100:0")->validate_percent, 0u);
    EXPECT_EQ(parse_mix("mixed=0:100")->validate_percent, 100u);
}

TEST(ParseMix, RefusesWhatDoesNotAddUpOrIsNoMix) {
    for (const auto text : {"",
                            "mixed",
                            "mixed=",
                            "mixed=90",
                            "mixed=90:",
                            "mixed=:10",
                            "mixed=90:11",
                            "mixed=90:9",
                            "mixed=90:10:0",
                            "mixed=-10:110",
                            "mixed=110:-10",
                            "mixed=200:4294967196",
                            "mixed=4294967196:200",
                            "mixed=9e1:10",
                            "mixed=90:10 ",
                            "mixed= 90:10",
                            "mixed=90.0:10.0",
                            "issue ",
                            "Issue",
                            "validates",
                            "90:10",
                            "mixed=+90:10"}) {
        EXPECT_FALSE(parse_mix(text)) << text;
    }
}

TEST(Options, TakeTheirRateFromTheRampElseTheRateElseTheUsualOne) {
    options chosen;
    EXPECT_EQ(chosen.rate_from(), options::default_rate);
    EXPECT_EQ(chosen.rate_to(), options::default_rate);
    chosen.rate = 50;
    EXPECT_EQ(chosen.rate_from(), 50);
    EXPECT_EQ(chosen.rate_to(), 50);
    chosen.ramp = ramp{1, 2};
    EXPECT_EQ(chosen.rate_from(), 1);
    EXPECT_EQ(chosen.rate_to(), 2);
}

struct combination {
    const char* name;
    void (*choose)(options&);
    const char* named;  // what the problem must name; null: there is none
};

void expect_problems(std::span<const combination> all) {
    for (const auto& each : all) {
        options chosen;
        each.choose(chosen);
        const auto told = problem(chosen);
        EXPECT_EQ(told.has_value(), each.named != nullptr) << each.name;
        if (!told || each.named == nullptr) continue;
        EXPECT_THAT(*told, HasSubstr(each.named)) << each.name;
        EXPECT_EQ(told->find('\n'), std::string::npos) << each.name;
    }
}

TEST(Problem, IsNoneWithTheUsualOptions) {
    EXPECT_FALSE(problem(options()));
}

TEST(Problem, IsToPlanAndNotToPlan) {
    const combination all[] = {
        {"rate", [](options& o) { o.rate = 5; }, nullptr},
        {"ramp",
         [](options& o) {
             o.ramp = ramp{1, 2};
         },
         nullptr},
        {"closed", [](options& o) { o.closed = true; }, nullptr},
        {"poisson", [](options& o) { o.arrivals = arrivals::poisson; }, nullptr},
        {"rate and ramp",
         [](options& o) {
             o.rate = 5, o.ramp = ramp{1, 2};
         },
         "--ramp"},
        {"closed rate", [](options& o) { o.closed = true, o.rate = 5; }, "--closed"},
        {"closed ramp",
         [](options& o) {
             o.closed = true, o.ramp = ramp{1, 2};
         },
         "--closed"},
        {"closed poisson", [](options& o) { o.closed = true, o.arrivals = arrivals::poisson; },
         "--arrivals"},
    };
    expect_problems(all);
}

TEST(Problem, IsACallThatTheProtocolDoesNotHave) {
    const combination all[] = {
        {"sip validate", [](options& o) { o.mix = {100}; }, "--call validate"},
        {"sip mixed", [](options& o) { o.mix = {1}; }, "--call mixed"},
        {"sip tcp validate", [](options& o) { o.mix = {100}, o.protocol = protocol::sip_tcp; },
         "--protocol"},
        {"rpc validate", [](options& o) { o.mix = {100}, o.protocol = protocol::rpc_tls; },
         nullptr},
        {"rpc mixed", [](options& o) { o.mix = {1}, o.protocol = protocol::rpc_tcp; }, nullptr},
        {"unchecked", [](options& o) { o.unchecked = true; }, nullptr},
        {"unchecked sip tcp",
         [](options& o) { o.unchecked = true, o.protocol = protocol::sip_tcp; }, nullptr},
        {"unchecked rpc", [](options& o) { o.unchecked = true, o.protocol = protocol::rpc_tcp; },
         "--unchecked"},
        {"unchecked validate",
         [](options& o) { o.unchecked = true, o.mix = {1}, o.protocol = protocol::rpc_tls; },
         "--unchecked"},
    };
    expect_problems(all);
}

TEST(Problem, IsAThreadWithoutAConnection) {
    const combination all[] = {
        {"as many", [](options& o) { o.threads = 8, o.connections = 8; }, nullptr},
        {"one too few", [](options& o) { o.threads = 9, o.connections = 8; }, "--connections 8"},
    };
    expect_problems(all);
}

TEST(Problem, IsAHandshakeWithoutTls) {
    const combination all[] = {
        {"handshakes", [](options& o) { o.handshake_per_request = true; }, nullptr},
        {"resumed", [](options& o) { o.handshake_per_request = o.resume = true; }, nullptr},
        {"rpc", [](options& o) { o.resume = true, o.protocol = protocol::rpc_tls; }, nullptr},
        {"plain handshakes",
         [](options& o) { o.handshake_per_request = true, o.protocol = protocol::rpc_tcp; },
         "--handshake-per-request"},
        {"plain resumed", [](options& o) { o.resume = true, o.protocol = protocol::sip_tcp; },
         "--resume"},
    };
    expect_problems(all);
}

}  // namespace
}  // namespace relayauth::load
