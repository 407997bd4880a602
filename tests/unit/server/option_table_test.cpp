#include "relayauth/server/option_table.hpp"

#include <gtest/gtest.h>

#include <initializer_list>
#include <set>
#include <string>

namespace relayauth::server {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using values = std::initializer_list<std::string_view>;

// set gives what is wrong with a value, or "".
std::string set(std::string_view name, std::string_view value, options& into) {
    const auto* which = find_option(name);
    EXPECT_NE(which, nullptr) << name;
    return which == nullptr ? "no such option" : which->set(into, value).value_or("");
}

options with_set(std::string_view name, std::string_view value) {
    options chosen;
    EXPECT_EQ(set(name, value, chosen), "") << name << " " << value;
    return chosen;
}

// Words that can follow the option's name, one line of them.
void expect_refused(std::string_view name, values bad) {
    for (const auto value : bad) {
        options chosen;
        const auto words = set(name, value, chosen);
        EXPECT_TRUE(words.starts_with("must ") || words.starts_with("is a switch"))
            << name << " " << value << ": " << words;
        EXPECT_EQ(words.find('\n'), std::string::npos);
    }
}

TEST(OptionTable, HasEveryOptionOfTheContract) {
    const std::set<std::string_view> promised = {
        "certificate", "key", "password-file", "allow-expired-certificate", "listen", "plaintext",
        "tls-certificate", "tls-key", "client-ca", "relay-ca", "client-name", "allow", "relay",
        "realm", "max-lifetime", "accept-lifetime", "clock-tolerance", "expiry-grace",
        "clock-offset", "workers", "log-format", "max-connections", "max-memory", "max-message",
        "idle-timeout", "handshake-timeout", "message-timeout", "redis-listen",
        "redis-password-file", "max-bps", "user-quota", "total-quota", "clock-guard",
        "unsynchronised-grace", "refuse-skewed-peers", "http-listen", "admin-socket", "lab",
        // item 8 of the service's issue: each limit is a setting
        "max-header-block", "max-headers", "max-pending-output"};
    std::set<std::string_view> found;
    for (const auto& each : option_table()) {
        EXPECT_TRUE(found.insert(each.name).second) << "twice: " << each.name;
    }
    EXPECT_EQ(found, promised);
}

TEST(OptionTable, HelpsWithEveryOptionAndNamesItsDefault) {
    for (const auto& each : option_table()) {
        EXPECT_NE(each.help, "") << each.name;
        EXPECT_NE(each.group, "") << each.name;
        EXPECT_EQ(each.repeatable, static_cast<bool>(each.clear)) << each.name;
        const bool switches = each.value_name.empty();
        const bool has_default = each.help.find("(default: ") != std::string_view::npos;
        const bool none = each.name == "certificate" || each.name == "password-file" ||
                          each.name == "client-ca" || each.name == "relay-ca" ||
                          each.name == "redis-password-file";
        EXPECT_EQ(has_default, !switches && !none) << each.name << ": " << each.help;
    }
}

TEST(OptionTable, NamesTheDefaultsThatHold) {
    const options usual;
    const auto says = [](std::string_view name, std::string_view what) {
        return find_option(name)->help.find("default: " + std::string(what)) != std::string::npos;
    };
    EXPECT_TRUE(usual.max_lifetime == minutes(480) && says("max-lifetime", "480"));
    EXPECT_TRUE(usual.clock_tolerance == seconds(300) && says("clock-tolerance", "300"));
    EXPECT_TRUE(usual.expiry_grace == ticks{0} && says("expiry-grace", "0"));
    EXPECT_TRUE(usual.clock_offset == ticks{0} && says("clock-offset", "0"));
    EXPECT_TRUE(usual.connections.max_connections == 50'000 && says("max-connections", "50000"));
    EXPECT_TRUE(usual.connections.max_memory_bytes == 268'435'456 && says("max-memory", "256MiB"));
    EXPECT_TRUE(usual.messages.max_message_bytes == 524'288 && says("max-message", "512KiB"));
    EXPECT_TRUE(usual.messages.max_header_bytes == 16'384 && says("max-header-block", "16KiB"));
    EXPECT_TRUE(usual.messages.max_headers == 100 && says("max-headers", "100"));
    EXPECT_TRUE(usual.max_pending_output == 1'048'576 && says("max-pending-output", "1MiB"));
    EXPECT_TRUE(usual.connections.idle_timeout == minutes(20) && says("idle-timeout", "20m"));
    EXPECT_TRUE(usual.connections.handshake_timeout == seconds(10) &&
                says("handshake-timeout", "10s"));
    EXPECT_TRUE(usual.connections.message_timeout == seconds(30) && says("message-timeout", "30s"));
    EXPECT_TRUE(usual.plaintext == session::plaintext_rule::loopback &&
                says("plaintext", "loopback"));
    EXPECT_TRUE(usual.log == log_format::text && says("log-format", "text"));
}

TEST(OptionTable, FindsNamesWithDashOrUnderscoreOnly) {
    EXPECT_EQ(find_option("max-lifetime"), find_option("max_lifetime"));
    EXPECT_NE(find_option("max-lifetime"), nullptr);
    EXPECT_EQ(find_option("maxlifetime"), nullptr);
    EXPECT_EQ(find_option("Max-Lifetime"), nullptr);
    EXPECT_EQ(find_option("max-lifetim"), nullptr);
    EXPECT_EQ(find_option(""), nullptr);
}

TEST(OptionTable, KeepsFileNamesAsTheyAre) {
    EXPECT_EQ(with_set("certificate", "a b.pem").certificates, std::vector<std::string>{"a b.pem"});
    EXPECT_EQ(with_set("key", "k.pem").keys, std::vector<std::string>{"k.pem"});
    EXPECT_EQ(with_set("password-file", "p").password_file, "p");
    EXPECT_EQ(with_set("tls-certificate", "t.pem").tls_certificate, "t.pem");
    EXPECT_EQ(with_set("tls-key", "tk.pem").tls_key, "tk.pem");
    EXPECT_EQ(with_set("client-ca", "ca.pem").client_ca, "ca.pem");
    EXPECT_EQ(with_set("relay-ca", "rca.pem").relay_ca, "rca.pem");
    EXPECT_EQ(with_set("redis-password-file", "rp").redis_password_file, "rp");
    for (const auto name : {"certificate", "key", "password-file", "tls-certificate", "tls-key",
                            "client-ca", "relay-ca", "redis-password-file"}) {
        expect_refused(name, {""});
    }
}

TEST(OptionTable, SwitchesAreTrueOrFalse) {
    EXPECT_TRUE(with_set("allow-expired-certificate", "true").allow_expired_certificate);
    EXPECT_FALSE(with_set("allow-expired-certificate", "false").allow_expired_certificate);
    expect_refused("allow-expired-certificate", {"", "yes", "1", "TRUE"});
}

TEST(OptionTable, ListsGrowAndClear) {
    options chosen;
    for (const auto& [name, one, two] : std::initializer_list<std::array<std::string_view, 3>>{
             {"certificate", "new.pem", "old.pem"},
             {"key", "new.key", "old.key"},
             {"listen", "127.0.0.1:5062", "[::]:0"},
             {"client-name", "*.example.com", "fe?"},
             {"allow", "10.0.0.0/8", "2001:db8::/32"},
             {"relay", "internet=turn.example.com:3478:443", "intranet=10.0.0.1"},
             {"realm", "example.com", "Zo\xC3\xAB"}}) {
        EXPECT_EQ(set(name, one, chosen), "") << name;
        EXPECT_EQ(set(name, two, chosen), "") << name;
        EXPECT_TRUE(find_option(name)->repeatable);
    }
    EXPECT_EQ(chosen.certificates, (std::vector<std::string>{"new.pem", "old.pem"}));
    EXPECT_EQ(chosen.keys, (std::vector<std::string>{"new.key", "old.key"}));
    ASSERT_EQ(chosen.listen.size(), 2u);
    EXPECT_EQ(chosen.listen[1].host, "::");
    EXPECT_EQ(chosen.listen[0].port, 5062);
    EXPECT_EQ(chosen.client_names, (std::vector<std::string>{"*.example.com", "fe?"}));
    ASSERT_EQ(chosen.allow.size(), 2u);
    EXPECT_EQ(chosen.allow[0].prefix_bits, 104u);
    ASSERT_EQ(chosen.relays.size(), 2u);
    EXPECT_EQ(chosen.relays[1].host, "10.0.0.1");
    EXPECT_EQ(chosen.realms, (std::vector<std::string>{"example.com", "Zo\xC3\xAB"}));
    for (const auto& each : option_table()) {
        if (each.repeatable) each.clear(chosen);
    }
    EXPECT_TRUE(chosen.listen.empty() && chosen.client_names.empty() && chosen.allow.empty() &&
                chosen.relays.empty() && chosen.realms.empty() && chosen.certificates.empty() &&
                chosen.keys.empty());
}

TEST(OptionTable, RefusesListItemsThatAreNone) {
    expect_refused("listen", {"", "5062", ":5062", "host", "host:65536", "::1:5062", "[]:1"});
    expect_refused("client-name", {""});
    expect_refused("allow", {"", "10.0.0.0/33", "10.0.0.1/8", "2001:db8::/129", "host", "10/8"});
    expect_refused("relay", {"", "turn.example.com", "internet=h:0"});
    expect_refused("realm", {"", "\xFF", std::string_view()});
    options chosen;
    EXPECT_EQ(set("realm", std::string(127, 'r'), chosen), "");
    EXPECT_NE(set("realm", std::string(128, 'r'), chosen), "");
}

TEST(OptionTable, WordsChooseAnEnumeration) {
    EXPECT_EQ(with_set("plaintext", "always").plaintext, session::plaintext_rule::always);
    EXPECT_EQ(with_set("plaintext", "never").plaintext, session::plaintext_rule::never);
    EXPECT_EQ(with_set("plaintext", "loopback").plaintext, session::plaintext_rule::loopback);
    expect_refused("plaintext", {"", "Always", "yes"});
    EXPECT_EQ(with_set("log-format", "json").log, log_format::json);
    EXPECT_EQ(with_set("log-format", "text").log, log_format::text);
    expect_refused("log-format", {"", "xml"});
}

TEST(OptionTable, BoundsTimesAtTheirEdges) {
    EXPECT_EQ(with_set("max-lifetime", "1").max_lifetime, minutes(1));
    EXPECT_EQ(with_set("max-lifetime", "259200").max_lifetime, hours(180 * 24));
    expect_refused("max-lifetime", {"", "0", "259201", "-1", "8h"});
    EXPECT_EQ(with_set("accept-lifetime", "259200").accept_lifetime, minutes(259'200));
    expect_refused("accept-lifetime", {"0", "259201"});
    EXPECT_EQ(with_set("clock-tolerance", "0").clock_tolerance, ticks{0});
    EXPECT_EQ(with_set("clock-tolerance", "15m").clock_tolerance, ticks(minutes(15)));
    EXPECT_EQ(with_set("clock-tolerance", "900").clock_tolerance, ticks(minutes(15)));
    expect_refused("clock-tolerance", {"", "901", "15m1s", "-1"});
    EXPECT_EQ(with_set("expiry-grace", "60").expiry_grace, ticks(minutes(1)));
    EXPECT_EQ(with_set("expiry-grace", "1d").expiry_grace, ticks(hours(24)));
    expect_refused("expiry-grace", {"", "86401", "-1s"});
    EXPECT_EQ(with_set("clock-offset", "+8h").clock_offset, ticks(hours(8)));
    EXPECT_EQ(with_set("clock-offset", "-90s").clock_offset, -ticks(seconds(90)));
    expect_refused("clock-offset", {"", "8", "later"});
    for (const auto name : {"idle-timeout", "handshake-timeout", "message-timeout"}) {
        with_set(name, "100ms");
        with_set(name, "1d");
        expect_refused(name, {"", "99ms", "1d1s", "0", "-1s"});
    }
    EXPECT_EQ(with_set("idle-timeout", "20m").connections.idle_timeout, minutes(20));
    EXPECT_EQ(with_set("handshake-timeout", "250ms").connections.handshake_timeout,
              milliseconds(250));
    EXPECT_EQ(with_set("message-timeout", "7").connections.message_timeout, seconds(7));
}

TEST(OptionTable, BoundsNumbersAtTheirEdges) {
    EXPECT_EQ(with_set("workers", "1").workers, 1u);
    EXPECT_EQ(with_set("workers", "256").workers, 256u);
    expect_refused("workers", {"", "0", "257", "4294967297"});
    EXPECT_EQ(with_set("max-connections", "10000000").connections.max_connections, 10'000'000u);
    expect_refused("max-connections", {"0", "10000001"});
    EXPECT_EQ(with_set("max-memory", "64KiB").connections.max_memory_bytes, 65'536u);
    EXPECT_EQ(with_set("max-memory", "1024GiB").connections.max_memory_bytes, std::size_t{1} << 40);
    expect_refused("max-memory", {"", "65535", "1025GiB"});
    EXPECT_EQ(with_set("max-message", "4KiB").messages.max_message_bytes, 4096u);
    expect_refused("max-message", {"4095", "67108865", "0"});
    EXPECT_EQ(with_set("max-header-block", "1MiB").messages.max_header_bytes, 1'048'576u);
    expect_refused("max-header-block", {"1023", "1048577"});
    EXPECT_EQ(with_set("max-headers", "256").messages.max_headers, 256u);
    expect_refused("max-headers", {"9", "257"});
    EXPECT_EQ(with_set("max-pending-output", "4KiB").max_pending_output, 4096u);
    expect_refused("max-pending-output", {"4095", "1073741825"});
}

TEST(OptionTable, ListensForCoturnAtOneAddress) {
    EXPECT_FALSE(options().redis_listen) << "off unless told";
    const auto chosen = with_set("redis-listen", "127.0.0.1:6379");
    ASSERT_TRUE(chosen.redis_listen);
    EXPECT_EQ(chosen.redis_listen->host, "127.0.0.1");
    EXPECT_EQ(chosen.redis_listen->port, 6379);
    EXPECT_EQ(with_set("redis-listen", "[::1]:0").redis_listen->host, "::1");
    EXPECT_FALSE(find_option("redis-listen")->repeatable);
    expect_refused("redis-listen", {"", "6379", ":6379", "host", "host:65536", "::1:6379"});
}

TEST(OptionTable, BoundsWhatCoturnIsTold) {
    const options usual;
    EXPECT_FALSE(usual.max_bps || usual.user_quota || usual.total_quota) << "coturn's own";
    EXPECT_EQ(with_set("max-bps", "0").max_bps, 0u);
    EXPECT_EQ(with_set("max-bps", "64000").max_bps, 64'000u);
    EXPECT_EQ(with_set("user-quota", "3").user_quota, 3u);
    EXPECT_EQ(with_set("total-quota", "2147483647").total_quota, 2'147'483'647u);
    for (const auto name : {"max-bps", "user-quota", "total-quota"}) {
        with_set(name, "2147483647");
        expect_refused(name, {"", "-1", "2147483648", "1.5", "many"});
    }
}

TEST(Check, AsksForACertificateFirst) {
    const auto problem = check(options());
    ASSERT_TRUE(problem);
    EXPECT_NE(problem->find("--certificate"), std::string::npos);
    EXPECT_EQ(check(with_set("certificate", "c.pem")), std::nullopt);
}

TEST(Check, RefusesOptionsThatContradictEachOther) {
    const auto problem =
        [](std::initializer_list<std::pair<std::string_view, std::string_view>> all) {
            auto chosen = with_set("certificate", "c.pem");
            for (const auto& each : all) EXPECT_EQ(set(each.first, each.second, chosen), "");
            return check(chosen).value_or("");
        };
    EXPECT_NE(problem({{"tls-key", "k"}}).find("--tls-certificate"), std::string::npos);
    EXPECT_EQ(problem({{"tls-key", "k"}, {"tls-certificate", "c"}}), "");
    EXPECT_NE(problem({{"client-name", "*"}}).find("--client-ca"), std::string::npos);
    EXPECT_EQ(problem({{"client-name", "*"}, {"client-ca", "ca"}}), "");
    EXPECT_NE(problem({{"redis-password-file", "p"}}).find("--redis-listen"), std::string::npos);
    EXPECT_EQ(problem({{"redis-password-file", "p"}, {"redis-listen", "127.0.0.1:1"}}), "");
    EXPECT_EQ(problem({{"redis-listen", "127.0.0.1:1"}}), "");
    for (const auto* quota : {"max-bps", "user-quota", "total-quota"}) {
        EXPECT_NE(problem({{quota, "1"}}).find("--redis-listen"), std::string::npos) << quota;
        EXPECT_EQ(problem({{quota, "1"}, {"redis-listen", "127.0.0.1:1"}}), "");
    }
    EXPECT_EQ(problem({{"key", "k"}}), "");
    EXPECT_NE(problem({{"key", "k"}, {"key", "l"}}).find("--key more often"), std::string::npos);
    EXPECT_EQ(problem({{"key", "k"}, {"key", "l"}, {"certificate", "d.pem"}}), "");
    EXPECT_EQ(problem({{"key", "k"}, {"certificate", "d.pem"}}), "");
    EXPECT_NE(problem({{"max-message", "16383"}}).find("--max-header-block"), std::string::npos);
    EXPECT_EQ(problem({{"max-message", "16384"}}), "");
}

}  // namespace
}  // namespace relayauth::server
