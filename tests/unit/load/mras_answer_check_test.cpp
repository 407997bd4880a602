#include "relayauth/load/mras_answer_check.hpp"

#include "relayauth/mras/response.hpp"

#include <gtest/gtest.h>

#include <string>

namespace relayauth::load {
namespace {

// What our server answered to request 42 of a run.
constexpr std::string_view caught =
    "<?xml version=\"1.0\"?><response requestID=\"000000000042\" to=\"sip:m@x\" from=\"sip:a@x\" "
    "version=\"2.0\" serverVersion=\"3.0\" reasonPhrase=\"OK\" "
    "xmlns=\"http://schemas.microsoft.com/2006/09/sip/mrasp\">"
    "<credentialsResponse credentialsRequestID=\"000000000042\"><credentials>"
    "<username>AgAAJN1+/w==</username><password>pw3/+=</password><duration>480</duration>"
    "<realm>rtc</realm></credentials><mediaRelayList><mediaRelay><location>internet</location>"
    "<hostName>edge.x</hostName><udpPort>3478</udpPort><tcpPort>443</tcpPort></mediaRelay>"
    "</mediaRelayList></credentialsResponse></response>";

body_check check(std::string_view body, std::uint64_t index = 42, std::uint64_t sent = 100) {
    return check_mras_body(body, index, sent);
}

std::string with(std::string_view old, std::string_view fresh,
                 std::string text = std::string(caught)) {
    const auto at = text.find(old);
    EXPECT_NE(at, text.npos) << old;
    return at == text.npos ? text : text.replace(at, old.size(), fresh);
}

void expect_good(std::string_view body,
                 std::string_view username = "AgAAJN1+/w==", std::string_view password = "pw3/+=") {
    const auto got = check(body);
    EXPECT_EQ(got.what, outcome::good) << got.why << "\n" << body;
    EXPECT_EQ(got.username, username) << body;
    EXPECT_EQ(got.password, password) << body;
    EXPECT_EQ(got.duration_minutes, 480u) << body;
}

TEST(MrasAnswerCheck, TakesWhatOurServerAnswered) {
    expect_good(caught);
}

TEST(MrasAnswerCheck, TakesWhatOurWriterWrites) {
    mras::response_head head;
    head.request_id = "000000000042";
    head.to = "sip:m@x";
    head.from = "sip:a@x";
    head.version = "2.0";
    mras::credentials_response one;
    one.id = "000000000042";
    one.username = "AgAAJN1+/w==";
    one.password = "pw3/+=";
    one.duration_minutes = 480;
    one.realm = "rtc";
    const mras::media_relay relay{mras::location::internet, "edge.x"};
    const mras::relay_directory relays({&relay, 1});
    one.relay_list_xml = relays.list_xml(std::nullopt, mras::route::loadbalanced);
    text_buffer written;
    mras::begin_response(written, head);
    mras::add_credentials(written, one);
    mras::end_response(written);
    const std::string body(written.text());
    expect_good(body);
    // The quick way through is about these octets, and would go unused without a word.
    EXPECT_EQ(body, caught);
}

TEST(MrasAnswerCheck, TakesOtherSpellingsOfTheSameXml) {
    expect_good(with("requestID=\"000000000042\" to=\"sip:m@x\"",
                     "to=\"sip:m@x\" requestID=\"000000000042\""));
    expect_good(with("reasonPhrase=\"OK\"", "reasonPhrase='OK'"));
    expect_good(with(" requestID=\"000000000042\"", "\n\trequestID  =  '000000000042'\n"));
    expect_good(with("<?xml version=\"1.0\"?>", ""));
    expect_good(with("?>", " encoding=\"utf-8\"?>\r\n"));
    expect_good(with("<credentials>", "\r\n  <!-- here -->\n <credentials>\n"));
    expect_good(with("</response>", "</response>\r\n"));
    expect_good(with("<username>", "<username >"));
    expect_good(with("<duration>480<", "<duration> 480 <"));
    expect_good(with("<mediaRelayList>", "<new xmlns=\"urn:x\"/><mediaRelayList>"));
    expect_good(with(" credentialsRequestID=", " extra=\"1\" credentialsRequestID="));
}

TEST(MrasAnswerCheck, TakesCharactersWrittenAsReferences) {
    expect_good(with("reasonPhrase=\"OK\"", "reasonPhrase=\"&#79;&#x4B;\""));
    expect_good(with("requestID=\"000000000042\"", "requestID=\"00000000004&#50;\""));
    expect_good(with("credentialsRequestID=\"0", "credentialsRequestID=\"&#x30;"));
}

// Such a credential is as good as any, but no view of the body shows it.
TEST(MrasAnswerCheck, TakesAnEscapedCredentialWithoutShowingIt) {
    for (const auto& body : {with("AgAAJN1+", "AgAAJN1&#x2B;"), with("pw3/+=", "pw3/&#43;=")}) {
        const auto got = check(body);
        EXPECT_EQ(got.what, outcome::good) << got.why;
        EXPECT_EQ(got.username, "");
        EXPECT_EQ(got.password, "");
        EXPECT_EQ(got.duration_minutes, 480u);
    }
}

TEST(MrasAnswerCheck, TakesAPrefix) {
    std::string text(caught);
    for (const std::string_view name :
         {"response", "credentialsResponse", "credentials", "username", "password", "duration",
          "realm", "mediaRelayList", "mediaRelay", "location", "hostName", "udpPort", "tcpPort"}) {
        for (const std::string before : {"<", "</"}) {
            for (const std::string after : {">", " "}) {
                const auto old = before + std::string(name) + after;
                const auto at = text.find(old);
                if (at != text.npos) text.replace(at, before.size(), before + "m:");
            }
        }
    }
    expect_good(with("xmlns=", "xmlns:m=", text));
}

TEST(MrasAnswerCheck, FindsAMissingOrEmptyPart) {
    for (const std::string name : {"username", "password"}) {
        std::string text(caught);
        const auto from = text.find("<" + name + ">"), to = text.find("</" + name + ">");
        auto without = text;
        without.erase(from, to + name.size() + 3 - from);
        auto empty = text;
        empty.erase(from + name.size() + 2, to - from - name.size() - 2);
        for (const auto& body : {without, empty}) {
            EXPECT_EQ(check(body).what, outcome::wrong) << body;
            EXPECT_EQ(check(body).why, name) << body;
        }
    }
    EXPECT_EQ(check(with("reasonPhrase=\"OK\"", "")).what, outcome::wrong);
    EXPECT_EQ(check(with("requestID=\"000000000042\"", "")).what, outcome::wrong);
    EXPECT_EQ(check(with(" credentialsRequestID=\"000000000042\"", "")).what, outcome::wrong);
}

TEST(MrasAnswerCheck, WantsOneCredentialAndNotTwoOrNone) {
    const auto from = caught.find("<credentialsResponse"), end = caught.find("</response>");
    const std::string one(caught.substr(from, end - from));
    EXPECT_EQ(check(with(one, one + one)).what, outcome::wrong);
    EXPECT_EQ(check(with(one, "")).what, outcome::wrong);
}

TEST(MrasAnswerCheck, TellsAnotherRequestsIdFromOneThatWasNeverGiven) {
    for (const std::string attribute : {" requestID=\"", " credentialsRequestID=\""}) {
        const auto id = [&](std::string_view text) {
            return check(with(attribute + "000000000042", attribute + std::string(text)));
        };
        EXPECT_EQ(id("000000000041").what, outcome::swapped) << attribute;
        EXPECT_EQ(id("000000000000").what, outcome::swapped) << attribute;
        EXPECT_EQ(id("000000000099").what, outcome::swapped) << attribute;
        EXPECT_EQ(id("000000000100").what, outcome::wrong) << attribute;
        EXPECT_EQ(id("42").what, outcome::wrong) << attribute;
        EXPECT_EQ(id("0000000000042").what, outcome::wrong) << attribute;
        EXPECT_EQ(id("00000000004x").what, outcome::wrong) << attribute;
        EXPECT_EQ(id("").what, outcome::wrong) << attribute;
    }
}

TEST(MrasAnswerCheck, GivesARefusalItsOwnWord) {
    for (const std::string word :
         {"Request Malformed", "Request Too Large", "Not Supported", "Server Busy", "Time Out",
          "Forbidden", "Internal Server Error", "Other Failure", "Version Mismatch"}) {
        const auto body =
            "<response xmlns=\"http://schemas.microsoft.com/2006/09/sip/mrasp\" "
            "requestID=\"000000000042\" version=\"2.0\" reasonPhrase=\"" +
            word + "\"></response>";
        EXPECT_EQ(check(body).what, outcome::refused) << word;
        EXPECT_EQ(check(body).why, word);
    }
}

// A server may be unable to read the id of what it calls malformed.
TEST(MrasAnswerCheck, TakesARefusalWithoutAnId) {
    const auto got = check(
        "<response xmlns=\"http://schemas.microsoft.com/2006/09/sip/mrasp\" version=\"3.0\" "
        "reasonPhrase=\"Request Malformed\"/>");
    EXPECT_EQ(got.what, outcome::refused);
    EXPECT_EQ(got.why, "Request Malformed");
}

TEST(MrasAnswerCheck, DoesNotTakeARefusalOfAnotherRequest) {
    const auto body = with("reasonPhrase=\"OK\"", "reasonPhrase=\"Server Busy\"",
                           with("requestID=\"000000000042\"", "requestID=\"000000000041\""));
    EXPECT_EQ(check(body).what, outcome::swapped);
}

TEST(MrasAnswerCheck, KnowsTheTenWordsOnly) {
    for (const auto word : {"", "ok", "Ok", "OK ", " OK", "OKAY", "Server busy", "Gone"}) {
        const auto body = with("reasonPhrase=\"OK\"", "reasonPhrase=\"" + std::string(word) + "\"");
        EXPECT_EQ(check(body).what, outcome::wrong) << word;
        EXPECT_FALSE(check(body).why.empty()) << word;
    }
}

TEST(MrasAnswerCheck, CallsWrongWhatIsNoAnswer) {
    for (const std::string& body :
         {std::string(), std::string("hello"), std::string("<"), std::string("<response/>"),
          std::string("\0\0", 2), with("mrasp\"", "mrasq\""), with("<response ", "<request "),
          with("</username>", "</usernam>"), with("requestID=\"000000000042\"", "requestID=42"),
          std::string(caught) + "x", std::string(caught) + std::string(caught)}) {
        EXPECT_EQ(check(body).what, outcome::wrong) << body;
        EXPECT_FALSE(check(body).why.empty()) << body;
    }
}

TEST(MrasAnswerCheck, IsNeverGoodWithAnAnswerCutShort) {
    for (std::size_t size = 0; size < caught.size(); ++size) {
        const std::string cut(caught.substr(0, size));  // its own memory: ASan sees its end
        EXPECT_EQ(check(cut).what, outcome::wrong) << size;
    }
}

// Whether a username is one that the server minted, whole and unchanged, only the server can tell:
// the sample at the end of a run asks it.
TEST(MrasAnswerCheck, LeavesTheWorthOfACredentialToTheServer) {
    const auto at = caught.find("AgAAJN1+/w==");
    for (std::size_t i = 0; i < 12; ++i) {
        std::string changed(caught), missing(caught);
        changed[at + i] = 'x';
        missing.erase(at + i, 1);
        EXPECT_EQ(check(changed).what, outcome::good) << i;
        EXPECT_EQ(check(changed).username, std::string_view(changed).substr(at, 12));
        EXPECT_EQ(check(missing).what, outcome::good) << i;
    }
}

// One bit of the rest turned over: an answer may stay good where it has no meaning, but it never
// names another request and is good.
TEST(MrasAnswerCheck, NeverCallsAnAnswerGoodThatNamesAnotherRequest) {
    for (std::size_t i = 0; i < caught.size(); ++i) {
        for (unsigned bit = 0; bit < 8; ++bit) {
            std::string changed(caught);
            changed[i] = static_cast<char>(static_cast<unsigned char>(changed[i]) ^ 1u << bit);
            if (check(changed).what != outcome::good) continue;
            const std::string_view text = changed;
            EXPECT_NE(text.find(" requestID=\"000000000042\""), text.npos) << changed;
            EXPECT_NE(text.find("credentialsRequestID=\"000000000042\""), text.npos) << changed;
            EXPECT_NE(text.find("\"OK\""), text.npos) << changed;
        }
    }
}

TEST(MrasAnswerCheck, DoesNotReadTheRelaysBehindOurServersOctets) {
    EXPECT_EQ(check(with("</hostName>", "</hostNam>")).what, outcome::good);
    EXPECT_EQ(check(with("</hostName>", "</hostNam>", with("?>", " ?>"))).what, outcome::wrong);
}

TEST(MrasAnswerCheck, IsOfTheRequestThatItIsHeldAgainst) {
    EXPECT_EQ(check(caught, 41).what, outcome::swapped);
    EXPECT_EQ(check(caught, 41, 42).what, outcome::wrong) << "42 was not sent yet";
    EXPECT_EQ(check(caught, 42, 43).what, outcome::good);
}

}  // namespace
}  // namespace relayauth::load
