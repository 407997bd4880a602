#include "relayauth/mras/response.hpp"

#include <gtest/gtest.h>

namespace relayauth::mras {
namespace {

TEST(ResponseWriter, WritesAGoodAnswer) {
    text_buffer out;
    out.put("before ");
    begin_response(out, {.request_id = "7",
                         .to = "sip:edge@contoso.com",
                         .from = "sip:alice@contoso.com",
                         .version = "2.0",
                         .with_server_version = true,
                         .reason = reason_phrase::ok});
    add_credentials(out, {"8", "user+/=", "pass", 480, "rtcmedia", "<mediaRelayList/>"});
    end_response(out);
    EXPECT_EQ(
        out.text(),
        R"(before <?xml version="1.0"?><response requestID="7" to="sip:edge@contoso.com" )"
        R"(from="sip:alice@contoso.com" version="2.0" serverVersion="3.0" reasonPhrase="OK" )"
        R"(xmlns="http://schemas.microsoft.com/2006/09/sip/mrasp"><credentialsResponse credentialsRequestID="8">)"
        R"(<credentials><username>user+/=</username><password>pass</password><duration>480</duration>)"
        R"(<realm>rtcmedia</realm></credentials><mediaRelayList/></credentialsResponse></response>)");
}

TEST(ResponseWriter, LeavesOutWhatIsAbsent) {
    text_buffer out;
    begin_response(out, {.request_id = {},
                         .to = {},
                         .from = {},
                         .version = "3.0",
                         .with_server_version = false,
                         .reason = reason_phrase::request_malformed});
    add_credentials(out, {"", "u", "p", 4294967295, std::nullopt, ""});
    end_response(out);
    EXPECT_EQ(
        out.text(),
        R"(<?xml version="1.0"?><response version="3.0" reasonPhrase="Request Malformed" )"
        R"(xmlns="http://schemas.microsoft.com/2006/09/sip/mrasp"><credentialsResponse credentialsRequestID="">)"
        R"(<credentials><username>u</username><password>p</password><duration>4294967295</duration>)"
        R"(</credentials></credentialsResponse></response>)");
}

TEST(ResponseWriter, EscapesWhatTheClientSent) {
    text_buffer out;
    begin_response(out, {.request_id = "\"<&>\n",
                         .to = "sip:a&b@c",
                         .from = "sip:d\"@e",
                         .version = "1.0",
                         .with_server_version = false,
                         .reason = reason_phrase::version_mismatch});
    add_credentials(out, {"'\"\t", "<u>", "&p", 1, "r\r\n", ""});
    EXPECT_NE(
        out.text().find(
            R"(requestID="&quot;&lt;&amp;&gt;&#10;" to="sip:a&amp;b@c" from="sip:d&quot;@e")"),
        std::string_view::npos)
        << out.text();
    EXPECT_NE(out.text().find(R"(credentialsRequestID="'&quot;&#9;")"), std::string_view::npos)
        << out.text();
    EXPECT_NE(out.text().find("<username>&lt;u&gt;</username><password>&amp;p</password>"),
              std::string_view::npos)
        << out.text();
    EXPECT_NE(out.text().find("<realm>r&#13;\n</realm>"), std::string_view::npos) << out.text();
}

}  // namespace
}  // namespace relayauth::mras
