#include "bodies.hpp"
#include "counted_memory.hpp"

#include "relayauth/mras/response.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <pugixml.hpp>
#include <vector>

namespace relayauth::mras {
namespace {

std::size_t pages = 0;

// counted_pages counts what pugixml allocates, through its own door, while one lives.
struct counted_pages {
    counted_pages() {
        pages = 0;
        pugi::set_memory_management_functions(&allocate, &std::free);
    }
    ~counted_pages() { pugi::set_memory_management_functions(before_, release_); }

private:
    static void* allocate(std::size_t size) {
        ++pages;
        return std::malloc(size);
    }
    pugi::allocation_function before_ = pugi::get_memory_allocation_function();
    pugi::deallocation_function release_ = pugi::get_memory_deallocation_function();
};

TEST(Allocation, OnlyPugixmlAllocatesOnceTheParserIsWarm) {
    const counted_pages counted;
    request_parser parser;
    for (const auto body : all_bodies) {
        std::vector<char> first(body.begin(), body.end()), second = first;
        ASSERT_FALSE(parser.parse(first).why);
        const auto calls = operator_new_calls();
        pages = 0;
        const bool good = !parser.parse(second).why;
        EXPECT_EQ(operator_new_calls() - calls, 0u);
        EXPECT_TRUE(good);
        EXPECT_EQ(pages, 1u) << "one page of pugixml's";
    }
}

TEST(Allocation, AnsweringIntoAGrownBufferAllocatesNothing) {
    const media_relay relay{location::internet, "192.0.2.1", 3478, 443};
    const relay_directory directory({&relay, 1});
    std::string out;
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
