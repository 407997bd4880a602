#include "bodies.hpp"

#include <gtest/gtest.h>

namespace relayauth::mras {
namespace {

void expect_refused(errc why, const std::string& body) {
    const document read(body);
    ASSERT_TRUE(read.parsed.why) << body;
    EXPECT_EQ(to_text(*read.parsed.why), to_text(why)) << body.substr(0, 1000);
    EXPECT_EQ(read.parsed.value.request_id, "") << "nothing of a bad request is handed out";
    EXPECT_TRUE(read.parsed.value.credentials.empty());
}

void expect_refused(errc why, std::string_view old, std::string_view fresh) {
    expect_refused(why, with(lync_2010, old, fresh));
}

TEST(RequestRefusal, SaysWhatIsWrongWithTheXml) {
    expect_refused(errc::not_well_formed, "");
    expect_refused(errc::not_well_formed, "</identity>", "</Identity>");
    expect_refused(errc::not_well_formed, "requestID", "p:x='y' requestID");
    expect_refused(errc::not_well_formed, "<identity>", "<identity p:x='y'>");
    expect_refused(errc::not_well_formed, "<credentialsRequest", "<credentialsRequest p:x='y'");
    expect_refused(errc::not_utf8, "sip:alice@contoso.com</identity>", "\xE9</identity>");
    expect_refused(errc::doctype_present, "<!DOCTYPE request>" + std::string(lync_2010));
}

TEST(RequestRefusal, WantsTheRootInItsNamespace) {
    expect_refused(errc::wrong_root,
                   std::string("<Request xmlns='") + std::string(xml_namespace) + "'/>");
    expect_refused(errc::wrong_root,
                   std::string("<response xmlns='") + std::string(xml_namespace) + "'/>");
    expect_refused(errc::wrong_namespace, "/mrasp\"", "/Mrasp\"");
    expect_refused(errc::wrong_namespace, "xmlns=", "xmlns:m=");
    expect_refused(errc::wrong_namespace, "<credentialsRequest ", "<credentialsRequest xmlns='u' ");
    expect_refused(errc::wrong_namespace, "<identity>", "<identity xmlns=''>");
}

TEST(RequestRefusal, WantsOnlyTheElementsOfTheSchema) {
    const errc why = errc::unexpected_element;
    expect_refused(why, "<credentialsRequest", "<other/><credentialsRequest");
    expect_refused(why, "</credentialsRequest>", "</credentialsRequest><identity>a</identity>");
    expect_refused(why, "<identity>", "<x/><identity>");
    expect_refused(why, "</identity>", "</identity><identity>b</identity>");
    expect_refused(why, "</location>", "</location><location>internet</location>");
    expect_refused(why, "</duration>", "</duration><duration>1</duration>");
    expect_refused(why, "</duration>", "</duration><location>internet</location>");
    expect_refused(why, "</duration>", "</duration><x/>");
    expect_refused(why, "<identity>sip:alice@contoso.com</identity>", "");
    expect_refused(why, "sip:alice@contoso.com</identity>", "<b/></identity>");
    expect_refused(why, "internet<", "<b/>internet<");
    expect_refused(why, "480<", "480<b/><");
    expect_refused(why, "480<", "<!-- -->480<?p?><b/><");
    expect_refused(errc::not_well_formed, "480<", "480<!-- -- --><");
}

TEST(RequestRefusal, WantsNoTextBetweenElements) {
    const errc why = errc::unexpected_element;
    expect_refused(why, "<credentialsRequest", "x<credentialsRequest");
    expect_refused(why, "</credentialsRequest>", "</credentialsRequest>&#160;");
    expect_refused(why, "<location>", "x<location>");
    expect_refused(why, "</duration>", "</duration><![CDATA[]]>");
    expect_refused(why, "<identity>", "<![CDATA[ ]]><identity>");
}

TEST(RequestRefusal, WantsOnlyTheAttributesOfTheSchema) {
    const errc why = errc::unexpected_attribute;
    expect_refused(why, "requestID=", "x='' requestID=");
    expect_refused(why, "requestID=", "requestId='1' requestID=");
    expect_refused(
        why, "requestID=",
        "xmlns:m='http://schemas.microsoft.com/2006/09/sip/mrasp' m:requestID='1' requestID=");
    expect_refused(why, "credentialsRequestID=", "x='' credentialsRequestID=");
    expect_refused(why, "credentialsRequestID=", "requestID='' credentialsRequestID=");
    expect_refused(why, "<identity>", "<identity x=''>");
    expect_refused(why, "<location>", "<location x=''>");
    expect_refused(why, "<duration>", "<duration x=''>");
}

TEST(RequestRefusal, MissesNothing) {
    expect_refused(errc::missing_attribute, "requestID=\"46498200\" from", "from");
    expect_refused(errc::missing_attribute, "from=\"sip:alice@contoso.com\"", "");
    expect_refused(errc::missing_attribute, "version=\"2.0\"", "");
    expect_refused(
        errc::missing_attribute,
        "to=\"sip:edge.contoso.com@contoso.com;gruu;opaque=srvr:MRAS:7iH5ZsjUM0WVlDTBZSWDHAAA\"",
        "");
    expect_refused(errc::missing_attribute, " credentialsRequestID=\"46498200\"", "");
    const std::string head(lync_2010.substr(0, lync_2010.find("<credentialsRequest")));
    expect_refused(errc::missing_element,
                   head + "<credentialsRequest credentialsRequestID='1'/></request>");
    expect_refused(errc::no_credentials_request, head + "</request>");
    expect_refused(errc::no_credentials_request, head + "\n <!-- none --> </request>");
}

// Lengths count characters: 64 of two octets each are 64.
TEST(RequestRefusal, BoundsEveryText) {
    const std::string id(64, 'i');
    std::string wide;
    for (int i = 0; i < 64; ++i) wide += "\xC3\xA9";
    for (const auto& good : {id, wide}) {
        EXPECT_FALSE(document(with(lync_2010, "requestID=\"46498200\"", "requestID='" + good + "'"))
                         .parsed.why);
        EXPECT_FALSE(document(with(lync_2010, "RequestID=\"46498200\"", "RequestID='" + good + "'"))
                         .parsed.why);
        expect_refused(errc::value_too_long, "requestID=\"46498200\"", "requestID='" + good + "+'");
        expect_refused(errc::value_too_long, "RequestID=\"46498200\"", "RequestID='" + good + "+'");
    }
    const std::string longest(max_text_length, 'x');
    EXPECT_FALSE(
        document(with(lync_2010, ">sip:alice@contoso.com<", ">" + longest + "<")).parsed.why);
    expect_refused(errc::value_too_long, ">sip:alice@contoso.com<", ">" + longest + "x<");
    const std::string uri = "sip:a@" + std::string(max_text_length - 6, 'b');
    EXPECT_FALSE(
        document(with(lync_2010, "\"sip:alice@contoso.com\"", "'" + uri + "'")).parsed.why);
    expect_refused(errc::value_too_long, "from=\"sip:alice@contoso.com\"", "from='" + uri + "b'");
    expect_refused(errc::value_too_long, "to=\"sip:edge.contoso.com", "to=\"" + uri);
}

TEST(RequestRefusal, JudgesEachValue) {
    for (const auto* bad : {"", "2", "2.", ".0", "2.0 ", "10.000", "a.b", "-1.0"}) {
        expect_refused(errc::malformed_version, "version=\"2.0\"",
                       "version='" + std::string(bad) + "'");
    }
    for (const auto* bad : {"", "alice", "http://contoso.com", "sip:", " sip:alice@contoso.com"}) {
        expect_refused(errc::malformed_uri, "\"sip:alice@contoso.com\"",
                       "'" + std::string(bad) + "'");
        expect_refused(errc::malformed_uri, "to=\"sip:edge.contoso.com",
                       "to=\"" + std::string(bad) + "#");
    }
    for (const auto* bad : {"", "LoadBalanced", "directip ", "other"}) {
        expect_refused(errc::malformed_route, "version",
                       "route='" + std::string(bad) + "' version");
    }
    for (const auto* bad : {"", "Internet", " internet", "both"}) {
        expect_refused(errc::malformed_location, ">internet<", ">" + std::string(bad) + "<");
    }
}

TEST(RequestRefusal, WantsADurationOfAtLeastAMinute) {
    for (const auto* bad :
         {"", " ", "0", "000", "-1", "-0", "+", "++1", "+-1", "abc", "1.5", "1e3", "0x10", "4 80",
          "1000000000", "0000000480", "99999999999999999999", "480m",
          "\xC2\xA0"
          "480"}) {
        expect_refused(errc::malformed_duration, ">480<", ">" + std::string(bad) + "<");
    }
}

TEST(RequestRefusal, NamesTheFirstMistakeInTheBody) {
    const std::string two = with(lync_2010, ">480<", ">0<");
    expect_refused(errc::malformed_duration, two.substr(0, two.size() - 10));
    expect_refused(errc::not_well_formed, with(two, "</location>", "</Location>"));
    expect_refused(errc::not_utf8, two + "\xFF");
    expect_refused(errc::not_well_formed, std::string(lync_2010) + "<request/>");
    expect_refused(errc::doctype_present, std::string(lync_2010) + "<!DOCTYPE request>");
}

TEST(RequestRefusal, LooksOnlyAt100CredentialsRequests) {
    std::string body = with(lync_2010, "</request>", "");
    for (int i = 1; i < 100; ++i)
        body += "<credentialsRequest credentialsRequestID='n'><identity/></credentialsRequest>";
    EXPECT_EQ(document(body + "<credentialsRequest/></request>").parsed.why,
              errc::too_many_credentials_requests);
    expect_refused(errc::unexpected_element, body + "<x/></request>");
    EXPECT_EQ(document(body + "<credentialsRequest/>").parsed.why,
              errc::too_many_credentials_requests);
    expect_refused(errc::not_well_formed, body);
}

}  // namespace
}  // namespace relayauth::mras
