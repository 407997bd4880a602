#include "relayauth/load/service_template.hpp"

#include "asked.hpp"
#include "relayauth/load/ids.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace relayauth::load {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

constexpr std::string_view run = "0123456789abcdef";

service_template edge(bool tls = true) {
    return {run, "edge.example.com", "192.0.2.1:40000", tls};
}

std::string written(const service_template& from, std::uint64_t index, std::uint32_t identity = 0) {
    std::string out;
    request wanted;
    wanted.index = index;
    wanted.identity = identity;
    from.write(out, wanted);
    return out;
}

TEST(ServiceTemplate, WritesARequestThatOurServerTakes) {
    const asked read(written(edge(), 42, 7));
    EXPECT_EQ(sip::kind_of(read.sip.method), sip::method_kind::service);
    EXPECT_EQ(read.sip.uri, "sip:edge.example.com:5062;grid");
    EXPECT_TRUE(sip::media_type_is(read.sip.content_type, mras::media_type));
    EXPECT_TRUE(sip::has_tag(read.sip.from));
    EXPECT_FALSE(sip::has_tag(read.sip.to));
    EXPECT_TRUE(mras::is_supported(read.mras.version));
    EXPECT_EQ(read.mras.credentials[0].duration_minutes, 480u);
}

TEST(ServiceTemplate, PutsTheIndexInEveryId) {
    const asked read(written(edge(), 0xabcdef, 7));
    EXPECT_EQ(read.sip.call_id, "0123456789abcdef0000000000abcdef");
    ASSERT_TRUE(read.sip.top_via);
    EXPECT_THAT(read.sip.first(sip::header_id::via)->value,
                HasSubstr(";branch=z9hG4bK0000000000abcdef"));
    EXPECT_EQ(read.mras.request_id, "000011259375");
    EXPECT_EQ(read.mras.credentials[0].id, "000011259375");
}

TEST(ServiceTemplate, PutsTheIdentityWhereverAUserIsNamed) {
    const asked read(written(edge(), 0xabcdef, 42));
    EXPECT_EQ(read.mras.from, "sip:load-0000042@example.com");
    EXPECT_EQ(read.mras.credentials[0].identity, "sip:load-0000042@example.com");
    EXPECT_THAT(std::string(read.sip.from), HasSubstr("<sip:load-0000042@example.com>"));
}

TEST(ServiceTemplate, LooksLikeAFrontEnds) {
    const asked read(written(edge(), 1));
    std::vector<std::size_t> vias;
    std::size_t own = 0, routes = 0;
    for (std::size_t i = 0; i < read.sip.headers.size(); ++i) {
        const auto& each = read.sip.headers[i];
        if (each.id == sip::header_id::via) vias.push_back(i);
        own += each.name.starts_with("ms-");
        routes += each.id == sip::header_id::record_route;
    }
    ASSERT_EQ(vias.size(), 2u);
    EXPECT_GT(vias[1], vias[0] + 1) << "they do not stand together";
    EXPECT_GE(own, 1u);
    EXPECT_EQ(routes, 1u);
}

TEST(ServiceTemplate, NamesItsEndAndItsTransport) {
    EXPECT_THAT(written(edge(true), 1), HasSubstr("\r\nVia: SIP/2.0/TLS 192.0.2.1:40000;"));
    EXPECT_THAT(written(edge(false), 1), HasSubstr("\r\nVia: SIP/2.0/TCP 192.0.2.1:40000;"));
}

TEST(ServiceTemplate, GoesToAnAddressOfEitherKind) {
    for (const auto host : {"[2001:db8::1]", "192.0.2.9", "edge", "edge_1.example.com"}) {
        const service_template here(run, host, "[2001:db8::2]:40000", true);
        const asked read(written(here, 1));
        EXPECT_EQ(read.sip.uri, std::string("sip:") + host + ":5062;grid");
        EXPECT_TRUE(mras::is_sip_uri(read.mras.to)) << read.mras.to;
    }
}

// Octet by octet: where two requests differ, the first has digits of its ids.
TEST(ServiceTemplate, DiffersInIdsAndIdentityOnly) {
    const auto from = edge();
    const auto zero = written(from, 0, 0);
    const auto other = written(from, 0x1111111111111111, 1'111'111);
    ASSERT_EQ(zero.size(), other.size());
    std::size_t differing = 0;
    for (std::size_t i = 0; i < zero.size(); ++i) {
        if (zero[i] == other[i]) continue;
        ++differing;
        EXPECT_EQ(zero[i], '0') << i;
    }
    const asked one(zero), two(other);
    EXPECT_EQ(one.sip.headers.size(), two.sip.headers.size());
    EXPECT_GT(differing, 2 * index_hex_digits + 3 * identity_digits);
    EXPECT_LT(differing, 200u);
}

TEST(ServiceTemplate, WritesTheSameRequestAgain) {
    const auto from = edge();
    const auto once = written(from, 5, 6);
    written(from, 7, 8);
    EXPECT_EQ(written(from, 5, 6), once);
    EXPECT_NE(written(from, 6, 6), once);
    EXPECT_NE(written(from, 5, 7), once);
}

TEST(ServiceTemplate, IsAlwaysAsLong) {
    const auto from = edge();
    for (const std::uint64_t index : {std::uint64_t(0), std::uint64_t(999'999'999'999),
                                      std::numeric_limits<std::uint64_t>::max()}) {
        EXPECT_EQ(written(from, index, 9'999'999).size(), from.size());
    }
}

TEST(ServiceTemplate, AppendsToWhatIsThere) {
    std::string out = "before";
    edge().write(out, {});
    EXPECT_THAT(out, StartsWith("beforeSERVICE "));
    EXPECT_EQ(out.size(), 6 + edge().size());
}

TEST(IdentityText, HasSevenDigits) {
    EXPECT_EQ(identity_text(0), "sip:load-0000000@example.com");
    EXPECT_EQ(identity_text(42), "sip:load-0000042@example.com");
    EXPECT_EQ(identity_text(9'999'999), "sip:load-9999999@example.com");
}

}  // namespace
}  // namespace relayauth::load
