#include "relayauth/mras/vocabulary.hpp"

#include <gtest/gtest.h>

#include <string>

namespace relayauth::mras {
namespace {

TEST(MrasVocabulary, NamesTheTenReasonsAsOnTheWire) {
    const std::pair<reason_phrase, std::string_view> reasons[] = {
        {reason_phrase::ok, "OK"},
        {reason_phrase::request_malformed, "Request Malformed"},
        {reason_phrase::request_too_large, "Request Too Large"},
        {reason_phrase::not_supported, "Not Supported"},
        {reason_phrase::server_busy, "Server Busy"},
        {reason_phrase::time_out, "Time Out"},
        {reason_phrase::forbidden, "Forbidden"},
        {reason_phrase::internal_server_error, "Internal Server Error"},
        {reason_phrase::other_failure, "Other Failure"},
        {reason_phrase::version_mismatch, "Version Mismatch"},
    };
    for (const auto& [value, text] : reasons) {
        EXPECT_EQ(to_text(value), text);
        EXPECT_EQ(parse_reason_phrase(text), value);
    }
    for (const auto* other : {"", "ok", "Ok", "OK ", "Request  Malformed", "Version mismatch"}) {
        EXPECT_EQ(parse_reason_phrase(other), std::nullopt) << other;
    }
}

TEST(MrasVocabulary, ReadsLocationsAndRoutesExactly) {
    EXPECT_EQ(parse_location("internet"), location::internet);
    EXPECT_EQ(parse_location("intranet"), location::intranet);
    EXPECT_EQ(to_text(location::internet), "internet");
    EXPECT_EQ(to_text(location::intranet), "intranet");
    EXPECT_EQ(parse_route("loadbalanced"), route::loadbalanced);
    EXPECT_EQ(parse_route("directip"), route::directip);
    EXPECT_EQ(to_text(route::loadbalanced), "loadbalanced");
    EXPECT_EQ(to_text(route::directip), "directip");
    for (const auto* other : {"", "Internet", "internet ", " intranet", "directIP", "extranet"}) {
        EXPECT_EQ(parse_location(other), std::nullopt) << other;
        EXPECT_EQ(parse_route(other), std::nullopt) << other;
    }
}

TEST(MrasVocabulary, ReadsVersionsOfUpToFiveCharacters) {
    EXPECT_EQ(parse_version("1.0"), (protocol_version{1, 0}));
    EXPECT_EQ(parse_version("999.9"), (protocol_version{999, 9}));
    EXPECT_EQ(parse_version("9.999"), (protocol_version{9, 999}));
    EXPECT_EQ(parse_version("02.00"), (protocol_version{2, 0}));
    for (const auto* other : {"", ".", "1", "1.", ".0", "1.0.0", "10.000", "1,0", "-1.0", "1.a",
                              "a.1", " 1.0", "1.0 ", "1..0"}) {
        EXPECT_EQ(parse_version(other), std::nullopt) << other;
    }
}

TEST(MrasVocabulary, OffersTheHighestVersionBelowTheOneAsked) {
    EXPECT_TRUE(is_supported({1, 0}));
    EXPECT_TRUE(is_supported({2, 0}));
    EXPECT_TRUE(is_supported({3, 0}));
    EXPECT_TRUE(is_supported(newest_version));
    for (const auto other : {protocol_version{0, 9}, {1, 1}, {2, 1}, {3, 1}, {4, 0}}) {
        EXPECT_FALSE(is_supported(other)) << other.major << '.' << other.minor;
    }
    EXPECT_EQ(version_to_offer({0, 0}), "1.0");
    EXPECT_EQ(version_to_offer({0, 9}), "1.0");
    EXPECT_EQ(version_to_offer({1, 1}), "1.0");
    EXPECT_EQ(version_to_offer({2, 1}), "2.0");
    EXPECT_EQ(version_to_offer({3, 1}), "3.0");
    EXPECT_EQ(version_to_offer({999, 9}), "3.0");
}

}  // namespace
}  // namespace relayauth::mras
