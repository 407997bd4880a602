#include "relayauth/cli/usage.hpp"

#include "relayauth/cli/certificate.hpp"
#include "relayauth/cli/explain.hpp"
#include "relayauth/cli/request.hpp"
#include "relayauth/cli/validate.hpp"

#include <gtest/gtest.h>

#include <CLI/CLI.hpp>

namespace relayauth::cli {
namespace {

// What is printed about a command line that is refused before anything is done.
std::string refused(const std::string& command_line) {
    CLI::App app;
    app.name("relayauth");
    app.set_version_flag("--version", "x");
    app.require_subcommand(0, 1);
    int exit_code = 0;
    add_request(app, exit_code);
    add_validate(app, exit_code);
    add_explain(app, exit_code);
    add_certificate(app, exit_code);
    try {
        app.parse(command_line);
    } catch (const CLI::ParseError& why) {
        return usage_error(app, why);
    }
    return "accepted";
}

const std::string request = "request --server a --identity sip:a@b.test ";

TEST(UsageError, NamesTheNearestOptionOfTheSubcommand) {
    EXPECT_EQ(refused(request + "--tarce"),
              "relayauth request: unknown option --tarce: did you mean --trace? (see relayauth "
              "request --help)");
    EXPECT_EQ(refused("certificate create --subjet CN=a --out x"),
              "relayauth certificate create: unknown option --subjet: did you mean --subject? (see "
              "relayauth certificate create --help)");
    EXPECT_EQ(
        refused("--versoin"),
        "relayauth: unknown option --versoin: did you mean --version? (see relayauth --help)");
}

TEST(UsageError, NamesTheUnknownOptionBeforeWhatItsAbsenceMakesMissing) {
    EXPECT_EQ(refused("request --identity sip:a@b.test --sever a"),
              "relayauth request: unknown option --sever: did you mean --server? (see relayauth "
              "request --help)");
}

TEST(UsageError, NamesTheCommandsWhereOneIsMissing) {
    EXPECT_EQ(refused("certificate"),
              "relayauth certificate: what should it do? create, show (see relayauth certificate "
              "--help)");
}

TEST(UsageError, NamesTheNearestSubcommand) {
    EXPECT_EQ(refused("valdate --server a"),
              "relayauth: unexpected argument valdate: did you mean validate? (see relayauth "
              "--help)");
    EXPECT_EQ(refused("certificate shw x"),
              "relayauth certificate: unexpected argument shw: did you mean show? (see relayauth "
              "certificate --help)");
}

TEST(UsageError, NamesWhatIsMissing) {
    EXPECT_EQ(refused("request --server a"),
              "relayauth request: --identity is required (see relayauth request --help)");
    EXPECT_EQ(refused("explain"),
              "relayauth explain: USERNAME is required (see relayauth explain --help)");
}

TEST(UsageError, NamesTheArgumentTooMany) {
    EXPECT_EQ(refused("explain user password more"),
              "relayauth explain: unexpected argument more (see relayauth explain --help)");
}

TEST(UsageError, QuotesTheValueThatIsNone) {
    const std::string end = " (see relayauth request --help)";
    const std::string begin = "relayauth request: ";
    EXPECT_EQ(refused("request --identity sip:a@b.test --server a:0"),
              begin + "--server: a:0 is not HOST:PORT" + end);
    EXPECT_EQ(refused("request --server a --identity a@b.test"),
              begin + "--identity: a@b.test is not a SIP URI: try sip:a@b.test" + end);
    EXPECT_EQ(refused("request --server a --identity @"),
              begin + "--identity: @ is not a SIP URI: try sip:alice@example.com" + end);
    EXPECT_EQ(refused(request + "--location abroad"),
              begin + "--location: it is internet or intranet" + end);
    EXPECT_EQ(refused(request + "--route x"),
              begin + "--route: it is loadbalanced or directip" + end);
    EXPECT_EQ(refused(request + "--mras-version 2"),
              begin + "--mras-version: 2 is not digits.digits" + end);
    for (const auto* minutes : {"0", "abc", "1x", "1000000000", "99999999999999999999"}) {
        EXPECT_EQ(
            refused(request + "--duration " + minutes),
            begin + "--duration: " + minutes + " is not a number of minutes, 1 or more" + end);
    }
    for (const auto* time : {"0s", "5", "-1s", "soon"}) {
        EXPECT_EQ(refused(request + "--timeout=" + time),
                  begin + "--timeout: " + time + " is not a time like 500ms, 4s or 1m" + end);
    }
    EXPECT_EQ(refused("explain u --tcp"),
              "relayauth explain: --tcp requires --server (see relayauth explain --help)");
    EXPECT_EQ(refused("explain u --server h --certificate f"),
              "relayauth explain: --certificate excludes --server (see relayauth explain --help)");
    EXPECT_EQ(refused("explain u --at later"),
              "relayauth explain: --at: later is no time: try 2030-01-02T03:04:05Z, or +8h for a "
              "time from now (see relayauth explain --help)");
    EXPECT_EQ(refused("certificate create --subject CN=a --out x --type dsa"),
              "relayauth certificate create: --type: it is rsa2048, p256 or ed25519 (see relayauth "
              "certificate create --help)");
}

}  // namespace
}  // namespace relayauth::cli
