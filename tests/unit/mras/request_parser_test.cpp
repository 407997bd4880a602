#include "bodies.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace relayauth::mras {
namespace {

TEST(RequestParser, ReadsALync2010Request) {
    const document read(lync_2010);
    ASSERT_FALSE(read.parsed.why);
    const auto& value = read.parsed.value;
    EXPECT_EQ(value.request_id, "46498200");
    EXPECT_EQ(value.to,
              "sip:edge.contoso.com@contoso.com;gruu;opaque=srvr:MRAS:7iH5ZsjUM0WVlDTBZSWDHAAA");
    EXPECT_EQ(value.from, "sip:alice@contoso.com");
    EXPECT_EQ(value.version_text, "2.0");
    EXPECT_EQ(value.version, (protocol_version{2, 0}));
    EXPECT_EQ(value.by, route::loadbalanced);
    ASSERT_EQ(value.credentials.size(), 1u);
    EXPECT_EQ(value.credentials[0].id, "46498200");
    EXPECT_EQ(value.credentials[0].identity, "sip:alice@contoso.com");
    EXPECT_EQ(value.credentials[0].where, location::internet);
    EXPECT_EQ(value.credentials[0].duration_minutes, 480u);
}

TEST(RequestParser, ReadsAPidginSipeRequest) {
    const document read(pidgin_sipe);
    ASSERT_FALSE(read.parsed.why);
    EXPECT_EQ(read.parsed.value.version_text, "1.0");
    ASSERT_EQ(read.parsed.value.credentials.size(), 1u);
    EXPECT_EQ(read.parsed.value.credentials[0].where, location::intranet);
}

TEST(RequestParser, ReadsADeclarationSpaceCommentsAndTwoUsers) {
    const document read(office_sip);
    ASSERT_FALSE(read.parsed.why);
    const auto& value = read.parsed.value;
    EXPECT_EQ(value.by, route::directip);
    ASSERT_EQ(value.credentials.size(), 2u);
    EXPECT_EQ(value.credentials[0].id, "a");
    EXPECT_EQ(value.credentials[0].identity, "sip:carol@example.test");
    EXPECT_EQ(value.credentials[0].where, std::nullopt);
    EXPECT_EQ(value.credentials[0].duration_minutes, std::nullopt);
    EXPECT_EQ(value.credentials[1].id, "b");
    EXPECT_EQ(value.credentials[1].duration_minutes, 60u);
}

TEST(RequestParser, ReadsAnyPrefixReferencesAndForeignAttributes) {
    const document read(prefixed);
    ASSERT_FALSE(read.parsed.why);
    const auto& value = read.parsed.value;
    EXPECT_EQ(value.request_id, "12");
    EXPECT_EQ(value.to, "sips:edge.example.test:5062");
    EXPECT_EQ(value.from, "sip:[2001:db8::1]");
    ASSERT_EQ(value.credentials.size(), 1u);
    EXPECT_EQ(value.credentials[0].id, "Content-Length: 5");
    EXPECT_EQ(value.credentials[0].identity, "A&B <&amp;\xC3\xA9]] >");
}

TEST(RequestParser, KeepsTheIdentityExactly) {
    const auto identity = [](std::string_view xml) {
        const document read(with(lync_2010, "<identity>sip:alice@contoso.com</identity>", xml));
        if (read.parsed.why) return std::string("refused");
        return std::string(read.parsed.value.credentials[0].identity);
    };
    EXPECT_EQ(identity("<identity>  a  </identity>"), "  a  ");
    EXPECT_EQ(identity("<identity>   </identity>"), "   ");
    EXPECT_EQ(identity("<identity/>"), "");
    EXPECT_EQ(identity("<identity>a\r\nb\rc&#13;</identity>"), "a\nb\nc\r");
    EXPECT_EQ(identity("<identity>&amp;amp;&#x1F600;</identity>"), "&amp;\xF0\x9F\x98\x80");
    EXPECT_EQ(identity("<identity>Content-Length: 5\r\n\r\n</identity>"), "Content-Length: 5\n\n");
    EXPECT_EQ(identity("<identity><![CDATA[]]>a<![CDATA[\r\n&lt;]]>\r<!-- -->&gt;</identity>"),
              "a\n&lt;\n>");
    EXPECT_EQ(identity("<identity><!-- b --></identity>"), "");
    EXPECT_EQ(identity("<identity>&#x20;&#32;</identity>"), "  ");
    EXPECT_EQ(identity("<identity>a<!-- b -->c<?d?>e<![CDATA[<f>]]></identity>"), "ace<f>");
}

// XML 1.0 section 3.3.3.
TEST(RequestParser, NormalisesWhiteSpaceInAttributes) {
    const document read(with(lync_2010, "credentialsRequestID=\"46498200\"",
                             "credentialsRequestID='\ta\r\nb&#9;c&#10; '"));
    ASSERT_FALSE(read.parsed.why);
    EXPECT_EQ(read.parsed.value.credentials[0].id, " a b\tc\n ");
}

// What is unescaped moves left, never over what has yet to be read.
TEST(RequestParser, UnescapesEveryValueOfABody) {
    std::string body = with(lync_2010, "requestID=\"46498200\"", "requestID='&lt;&#x1F600;&apos;'");
    body = with(body, "RequestID=\"46498200\"", "RequestID='&quot;&#10;\n'");
    body = with(body, "from=\"sip:alice@", "from=\"s&#105;p:a&#x6C;ice&#64;");
    body = with(body, ">internet<", ">inter<![CDATA[n]]>e&#116;<");
    body = with(body, ">480<", ">&#x34;<!--x-->8<?y?>0&#32;<");
    const document read(body);
    ASSERT_FALSE(read.parsed.why);
    const auto& value = read.parsed.value;
    EXPECT_EQ(value.request_id, "<\xF0\x9F\x98\x80'");
    EXPECT_EQ(value.from, "sip:alice@contoso.com");
    ASSERT_EQ(value.credentials.size(), 1u);
    EXPECT_EQ(value.credentials[0].id, "\"\n ");
    EXPECT_EQ(value.credentials[0].where, location::internet);
    EXPECT_EQ(value.credentials[0].duration_minutes, 480u);
}

TEST(RequestParser, AllowsSpaceWrittenAsAReferenceBetweenElements) {
    EXPECT_FALSE(
        document(with(lync_2010, "<credentialsRequest", "&#32;<credentialsRequest")).parsed.why);
}

TEST(RequestParser, AcceptsAnyWellFormedVersion) {
    const document read(with(lync_2010, "version=\"2.0\"", "version=\"99.99\""));
    ASSERT_FALSE(read.parsed.why);
    EXPECT_EQ(read.parsed.value.version, (protocol_version{99, 99}));
    EXPECT_EQ(read.parsed.value.version_text, "99.99");
}

TEST(RequestParser, ReadsTheDurationsThatTheSchemaAllows) {
    const struct {
        std::string_view text;
        std::uint32_t minutes;
    } cases[] = {{"1", 1},
                 {"+480", 480},
                 {" \t\r\n 480 \n", 480},
                 {"000000480", 480},
                 {"999999999", 999'999'999},
                 {"&#52;80", 480}};
    for (const auto& one : cases) {
        const document read(with(lync_2010, "<duration>480", "<duration>" + std::string(one.text)));
        ASSERT_FALSE(read.parsed.why) << one.text;
        EXPECT_EQ(read.parsed.value.credentials[0].duration_minutes, one.minutes) << one.text;
    }
}

std::string of_many(std::size_t count) {
    std::string body = with(lync_2010, "</request>", "");
    for (std::size_t i = 1; i < count; ++i) {
        body += "<credentialsRequest credentialsRequestID='n" + std::to_string(i) +
                "'><identity>u" + std::to_string(i) + "</identity></credentialsRequest>";
    }
    return body + "</request>";
}

TEST(RequestParser, Reads100CredentialsRequests) {
    const document read(of_many(100));
    ASSERT_FALSE(read.parsed.why);
    ASSERT_EQ(read.parsed.value.credentials.size(), 100u);
    EXPECT_EQ(read.parsed.value.credentials[99].id, "n99");
    EXPECT_EQ(read.parsed.value.credentials[99].identity, "u99");
}

TEST(RequestParser, Refuses101ButSaysWhoAsked) {
    const document read(of_many(101));
    EXPECT_EQ(read.parsed.why, errc::too_many_credentials_requests);
    EXPECT_EQ(read.parsed.value.request_id, "46498200");
    EXPECT_EQ(read.parsed.value.from, "sip:alice@contoso.com");
    EXPECT_TRUE(read.parsed.value.to.starts_with("sip:edge"));
    EXPECT_EQ(read.parsed.value.version_text, "2.0");
    EXPECT_TRUE(read.parsed.value.credentials.empty());
}

TEST(RequestParser, ReadsOneBodyAfterAnother) {
    request_parser parser;
    std::string first(office_sip), bad("<request/>"), last(lync_2010);
    EXPECT_FALSE(parser.parse(first).why);
    EXPECT_EQ(parser.parse(bad).why, errc::wrong_namespace);
    const auto again = parser.parse(last);
    ASSERT_FALSE(again.why);
    ASSERT_EQ(again.value.credentials.size(), 1u);
    EXPECT_EQ(again.value.credentials[0].duration_minutes, 480u);
}

}  // namespace
}  // namespace relayauth::mras
