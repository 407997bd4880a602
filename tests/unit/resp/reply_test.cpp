#include "relayauth/resp/reply.hpp"

#include <gtest/gtest.h>

#include <string>

namespace relayauth::resp {
namespace {

TEST(RespReply, WritesEachKind) {
    std::string out;
    append_simple(out, "OK");
    append_error(out, "NOAUTH Authentication required.");
    append_bulk(out, "0123456789ab");
    append_nil(out);
    append_empty_array(out);
    EXPECT_EQ(out,
              "+OK\r\n-NOAUTH Authentication required.\r\n$12\r\n0123456789ab\r\n$-1\r\n*0\r\n");
}

TEST(RespReply, ABulkStringHoldsAnyOctet) {
    std::string out;
    append_bulk(out, "");
    append_bulk(out, std::string("\0\r\n\xff", 4));
    EXPECT_EQ(out, std::string("$0\r\n\r\n$4\r\n\0\r\n\xff\r\n", 16));
    out.clear();
    append_bulk(out, std::string(65536, 'a'));
    EXPECT_EQ(out, "$65536\r\n" + std::string(65536, 'a') + "\r\n");
}

TEST(RespReply, AnErrorQuotesThePeer) {
    std::string out;
    append_error(out, "ERR unknown command", as_bytes("foo bar~"));
    append_error(out, "ERR unknown command", {});
    EXPECT_EQ(out, "-ERR unknown command 'foo bar~'\r\n-ERR unknown command ''\r\n");
}

TEST(RespReply, AQuoteHoldsNoOctetThatCouldEndTheLineOrTheQuote) {
    for (int octet = 0; octet < 256; ++octet) {
        const bool kept = octet >= 0x20 && octet <= 0x7e && octet != '\'';
        const std::string peer(1, static_cast<char>(octet));
        std::string out;
        append_error(out, "ERR x", as_bytes(peer));
        EXPECT_EQ(out, "-ERR x '" + (kept ? peer : "?") + "'\r\n") << octet;
    }
}

TEST(RespReply, AQuoteIsCutAt64Octets) {
    std::string out;
    append_error(out, "ERR x", as_bytes(std::string(64, 'a')));
    EXPECT_EQ(out, "-ERR x '" + std::string(64, 'a') + "'\r\n");
    std::string longer;
    append_error(longer, "ERR x", as_bytes(std::string(64, 'a') + "b"));
    EXPECT_EQ(longer, out);
}

// The second and third are what redis-server 7.0.15 answers.
TEST(RespReply, SaysWhyFramingWasLost) {
    std::string out;
    append_error(out, fault{errc::bulk_end_missing});
    append_error(out, fault{errc::element_count_malformed});
    append_error(out, fault{errc::bulk_string_missing, 'x'});
    append_error(out, fault{errc::bulk_string_missing, '\r'});
    append_error(out, fault{errc::bulk_length_malformed, 'x'});
    EXPECT_EQ(out,
              "-ERR Protocol error: expected CRLF after bulk\r\n"
              "-ERR Protocol error: invalid multibulk length\r\n"
              "-ERR Protocol error: expected '$', got 'x'\r\n"
              "-ERR Protocol error: expected '$', got '?'\r\n"
              "-ERR Protocol error: invalid bulk length\r\n");
}

}  // namespace
}  // namespace relayauth::resp
