// Protocol notes 1.4 to 1.7 and 8: what an MRAS answer says.
#include "relayauth/session/mras_service.hpp"

#include "sip_talk.hpp"
#include "talk.hpp"
#include "tests/support/sip_messages.hpp"
#include "tests/unit/credential/hand_made.hpp"

#include "relayauth/credential/validate.hpp"

#include <gtest/gtest.h>

namespace relayauth::session {
namespace {

namespace hand_made = credential::hand_made;
using credential::refusal;

constexpr std::string_view xml_head = "<?xml version=\"1.0\"?><response";
constexpr std::string_view xml_namespace =
    " xmlns=\"http://schemas.microsoft.com/2006/09/sip/mrasp\"";
constexpr std::string_view echoes =
    " requestID=\"7\" to=\"sip:mras@example.test\" from=\"sip:alice@example.test\"";
constexpr std::string_view internet_relay =
    "<mediaRelay><location>internet</location><hostName>turn.example.test</hostName>"
    "<udpPort>3478</udpPort><tcpPort>443</tcpPort></mediaRelay>";
constexpr std::string_view intranet_relay =
    "<mediaRelay><location>intranet</location><hostName>10.0.0.7</hostName>"
    "<udpPort>3479</udpPort><tcpPort>444</tcpPort></mediaRelay>";

std::string text(std::initializer_list<std::string_view> parts) {
    std::string all;
    for (const auto part : parts) all += part;
    return all;
}

sip_reply ask(world& here, std::string_view body) {
    talk line(here);
    return only_reply(line.say(service(body)));
}

// An element for each count, with ids 1, 2, ...
std::string body_of(int elements) {
    const std::string open = "<credentialsRequest credentialsRequestID=\"8\">";
    const std::string element = open + between(plain_body, open, "</request>");
    std::string all;
    for (int i = 1; i <= elements; ++i)
        all += with(element, "\"8\"", "\"" + std::to_string(i) + "\"");
    return with(plain_body, element, all);
}

TEST(AnswerMras, WritesTheWholeAnswerToAPlainRequest) {
    world here;
    const auto body = ask(here, plain_body).body;
    const auto username = between(body, "<username>", "<");
    const auto password = between(body, "<password>", "<");
    EXPECT_EQ(
        body,
        text({xml_head, echoes, " version=\"2.0\" serverVersion=\"3.0\" reasonPhrase=\"OK\"",
              xml_namespace, "><credentialsResponse credentialsRequestID=\"8\">",
              "<credentials><username>", username, "</username><password>", password,
              "</password><duration>480</duration></credentials><mediaRelayList>", intranet_relay,
              internet_relay, "</mediaRelayList></credentialsResponse></response>"}));
    EXPECT_EQ(here.only_event().what, event::kind::issued);
}

TEST(AnswerMras, MintsACredentialThatValidatesForItsIdentityOnly) {
    world here;
    const auto body = ask(here, plain_body).body;
    const auto username = between(body, "<username>", "<");
    const auto password = between(body, "<password>", "<");
    const auto at = [&](std::string_view identity, wall_time when) {
        return credential::validate({username, password, {}, identity}, hand_made::notes_ring(), {},
                                    when);
    };
    const auto good = at("sip:alice@example.test", now_2026);
    EXPECT_TRUE(good.good());
    EXPECT_EQ(good.issued_at(), good.expires_at().value() - std::chrono::hours(8));
    EXPECT_LE(now_2026 - *good.issued_at(), ticks(100));
    EXPECT_EQ(at("sip:bob@example.test", now_2026).refused, refusal::wrong_identity);
    EXPECT_EQ(at("sip:alice@example.test", now_2026 + std::chrono::hours(8)).refused,
              refusal::expired);
}

TEST(AnswerMras, GivesVersion1TokensToVersion1AndVersion2TokensToOthers) {
    const std::initializer_list<std::pair<std::string_view, token::version>> cases = {
        {"1.0", token::version::v1}, {"2.0", token::version::v2}, {"3.0", token::version::v2}};
    for (const auto& [version, expected] : cases) {
        world here;
        const auto body = ask(here, with(plain_body, "2.0", version)).body;
        EXPECT_EQ(here.only_event().version, expected) << version;
        const auto username = between(body, "<username>", "<");
        EXPECT_EQ(username.size(), expected == token::version::v1 ? 72u : 76u);
        EXPECT_EQ(username.substr(0, 5), expected == token::version::v1 ? "AQAAI" : "AgAAJ");
        EXPECT_EQ(between(body, "example.test\" version=\"", "\" "), version);
        EXPECT_EQ(body.find("serverVersion=\"3.0\"") != std::string::npos, version != "1.0");
    }
}

TEST(AnswerMras, OffersTheNextLowerVersionToOthers) {
    const std::initializer_list<std::pair<std::string_view, std::string_view>> cases = {
        {"0.9", "1.0"}, {"1.1", "1.0"}, {"2.1", "2.0"},
        {"2.9", "2.0"}, {"4.0", "3.0"}, {"99.99", "3.0"}};
    for (const auto& [asked, offered] : cases) {
        world here;
        const auto reply = ask(here, with(plain_body, "2.0", asked));
        EXPECT_EQ(reply.status, 200);
        EXPECT_EQ(reply.body, text({xml_head, echoes, " version=\"", offered,
                                    "\" serverVersion=\"3.0\" reasonPhrase=\"Version Mismatch\"",
                                    xml_namespace, "></response>"}));
        const auto event = here.only_event();
        EXPECT_EQ(event.what, event::kind::issue_refused);
        EXPECT_EQ(event.reason, refusal::unsupported_version);
    }
}

TEST(AnswerMras, EchoesIdsAndUrisEscaped) {
    world here;
    auto body = with(plain_body, "requestID=\"7\"", "requestID=\"&lt;7&amp;&quot;\"");
    body = with(body, "credentialsRequestID=\"8\"", "credentialsRequestID=\"&gt;8\"");
    const auto answer = ask(here, body).body;
    EXPECT_EQ(between(answer, " requestID=\"", "\" "), "&lt;7&amp;&quot;");
    EXPECT_EQ(between(answer, "credentialsRequestID=\"", "\">"), "&gt;8");
}

TEST(AnswerMras, NamesARealmOnlyIfOneIsConfiguredAndThenTheFirst) {
    world without, with_two(make_settings({"first & best", "second"}));
    EXPECT_EQ(ask(without, plain_body).body.find("<realm>"), std::string::npos);
    const auto body = ask(with_two, plain_body).body;
    EXPECT_NE(body.find("</duration><realm>first &amp; best</realm></credentials>"),
              std::string::npos);
    EXPECT_EQ(body.find("second"), std::string::npos);
}

TEST(AnswerMras, ListsTheRelaysOfTheLocation) {
    world here;
    const auto list = [&here](std::string_view location) {
        const auto body =
            with(plain_body, "</identity>", std::string("</identity>").append(location));
        return between(ask(here, body).body, "<mediaRelayList>", "</mediaRelayList>");
    };
    EXPECT_EQ(list("<location>internet</location>"), internet_relay);
    EXPECT_EQ(list("<location>intranet</location>"), intranet_relay);
    EXPECT_EQ(list(""), text({intranet_relay, internet_relay}));
}

TEST(AnswerMras, GivesAddressesWhereTheRouteIsDirectIp) {
    world here;
    const auto body = with(plain_body, "version=", "route=\"directip\" version=");
    const auto list = between(ask(here, body).body, "<mediaRelayList>", "</mediaRelayList>");
    EXPECT_NE(list.find("<directIPAddress>10.0.0.7</directIPAddress>"), std::string::npos);
    EXPECT_NE(list.find("<hostName>turn.example.test</hostName>"), std::string::npos);
}

TEST(AnswerMras, GrantsTheShorterOfWishAndMaximum) {
    auto chosen = make_settings();
    chosen->issue.max_lifetime = std::chrono::minutes(100);
    world here(chosen);
    const auto granted = [&here](std::string_view duration) {
        const auto body =
            with(plain_body, "</identity>", std::string("</identity>").append(duration));
        return between(ask(here, body).body, "<duration>", "<");
    };
    EXPECT_EQ(granted(""), "100");
    EXPECT_EQ(granted("<duration>1</duration>"), "1");
    EXPECT_EQ(granted("<duration>100</duration>"), "100");
    EXPECT_EQ(granted("<duration>101</duration>"), "100");
    EXPECT_EQ(granted("<duration>999999999</duration>"), "100");
}

TEST(AnswerMras, MintsOneToAHundredInTheirOrder) {
    for (const int count : {1, 2, 100}) {
        world here;
        const auto reply = ask(here, body_of(count));
        EXPECT_EQ(here.events.all.size(), static_cast<std::size_t>(count));
        std::size_t at = 0;
        for (int i = 1; i <= count; ++i) {
            at = reply.body.find("credentialsRequestID=\"" + std::to_string(i) + "\"", at);
            ASSERT_NE(at, std::string::npos) << i;
        }
        EXPECT_EQ(reply.body.find("<credentialsResponse ", at), std::string::npos);
    }
}

TEST(AnswerMras, CallsAHundredAndOneTooLargeAndEchoesTheIds) {
    world here;
    const auto reply = ask(here, body_of(101));
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.body,
              text({xml_head, echoes,
                    " version=\"2.0\" serverVersion=\"3.0\" reasonPhrase=\"Request Too Large\"",
                    xml_namespace, "></response>"}));
    EXPECT_EQ(here.only_event().reason, refusal::too_large);
}

TEST(AnswerMras, SaysServerBusyWithoutMinting) {
    world here;
    here.ctx.busy_because = "at a limit";
    const auto reply = ask(here, plain_body);
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.body,
              text({xml_head, echoes,
                    " version=\"2.0\" serverVersion=\"3.0\" reasonPhrase=\"Server Busy\"",
                    xml_namespace, "></response>"}));
    const auto event = here.only_event();
    EXPECT_EQ(event.what, event::kind::issue_refused);
    EXPECT_EQ(event.reason, refusal::busy);
    here.ctx.busy_because = {};
    EXPECT_NE(ask(here, plain_body).body.find("\"OK\""), std::string::npos);
}

TEST(AnswerMras, SaysInternalServerErrorWhenNoKeyIsMinting) {
    auto chosen = make_settings();
    chosen->keys = hand_made::ring_of(hand_made::verifying(hand_made::key()));
    world here(chosen);
    const auto reply = ask(here, plain_body);
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.body,
              text({xml_head, echoes,
                    " version=\"2.0\" serverVersion=\"3.0\" reasonPhrase=\"Internal Server Error\"",
                    xml_namespace, "></response>"}));
    EXPECT_EQ(here.only_event().reason, refusal::internal);
}

TEST(AnswerMras, WarnsBesideEveryRefusalWithItsReasonAndTheClock) {
    world here;
    const std::initializer_list<std::pair<std::string, std::string>> cases = {
        {with(plain_body, "2.0", "7.0"), "Version Mismatch"},
        {with(plain_body, "</request>", ""), "Request Malformed"},
        {body_of(101), "Request Too Large"}};
    for (const auto& [body, reason] : cases) {
        const auto warning = ask(here, body).value("Warning");
        EXPECT_EQ(warning.substr(0, 15), "399 relayauth \"");
        EXPECT_EQ(warning.find(reason), 15u) << warning;
        EXPECT_NE(warning.find(std::string("; server clock ").append(now_text) + "\""),
                  std::string::npos)
            << warning;
    }
    EXPECT_TRUE(ask(here, plain_body).values("Warning").empty());
}

}  // namespace
}  // namespace relayauth::session
