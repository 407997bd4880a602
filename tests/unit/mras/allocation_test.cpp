#include "bodies.hpp"
#include "counted_memory.hpp"

#include "relayauth/mras/response.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace relayauth::mras {
namespace {

TEST(Allocation, NoneOnceTheParserIsWarm) {
    request_parser parser;
    for (const auto body : all_bodies) {
        std::vector<char> first(body.begin(), body.end()), second = first;
        ASSERT_FALSE(parser.parse(first).why);
        const auto calls = operator_new_calls();
        const bool good = !parser.parse(second).why;
        EXPECT_EQ(operator_new_calls() - calls, 0u);
        EXPECT_TRUE(good);
    }
}

TEST(Allocation, NoneForABodyThatIsRefused) {
    request_parser parser;
    std::string good(lync_2010), bad = with(lync_2010, "</identity>", "&nbsp;</identity>");
    ASSERT_FALSE(parser.parse(good).why);
    const auto calls = operator_new_calls();
    const auto why = parser.parse(bad).why;
    EXPECT_EQ(operator_new_calls() - calls, 0u);
    EXPECT_EQ(why, errc::not_well_formed);
}

TEST(Allocation, AnsweringIntoAGrownBufferAllocatesNothing) {
    const media_relay relay{location::internet, "192.0.2.1", 3478, 443};
    const relay_directory directory({&relay, 1});
    text_buffer out;
    const auto answer = [&] {
        out.clear();
        begin_response(out, {"1", "sip:a@b", "sip:c@d", "2.0", true, reason_phrase::ok});
        add_credentials(out, {"1", "user", "pass", 480, "realm",
                              directory.list_xml(location::internet, route::directip)});
        end_response(out);
    };
    answer();
    const auto calls = operator_new_calls();
    answer();
    EXPECT_EQ(operator_new_calls() - calls, 0u);
}

}  // namespace
}  // namespace relayauth::mras
