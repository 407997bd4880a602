#include "relayauth/server/metrics_text.hpp"

#include <gtest/gtest.h>

#include <array>
#include <limits>

namespace relayauth::server {
namespace {

using kind = metrics_text::kind;
using label = metrics_text::label;

TEST(MetricsText, BeginsAFamilyWithHelpAndType) {
    metrics_text out;
    out.single("a_total", kind::counter, "Things.", std::uint64_t{18446744073709551615u});
    out.single("b", kind::gauge, "Level.", -0.25);
    EXPECT_EQ(out.take(),
              "# HELP a_total Things.\n# TYPE a_total counter\na_total 18446744073709551615\n"
              "# HELP b Level.\n# TYPE b gauge\nb -0.25\n");
}

TEST(MetricsText, EscapesLabelValues) {
    metrics_text out;
    out.family("a", kind::gauge, "x");
    const label about[] = {{"one", "back\\slash \"quoted\"\nline"}, {"two", ""}};
    out.sample(about, std::uint64_t{1});
    EXPECT_TRUE(
        out.take().ends_with("\na{one=\"back\\\\slash \\\"quoted\\\"\\nline\",two=\"\"} 1\n"));
}

TEST(MetricsText, WritesNumbersThatAreNone) {
    metrics_text out;
    out.family("a", kind::gauge, "x");
    using limits = std::numeric_limits<double>;
    for (const double each : {limits::infinity(), -limits::infinity(), limits::quiet_NaN()})
        out.sample({}, each);
    EXPECT_TRUE(out.take().ends_with("\na +Inf\na -Inf\na NaN\n"));
}

TEST(MetricsText, AddsABucketToTheNext) {
    static constexpr std::array<double, 2> bounds = {-0.5, 2};
    histogram::reading values;
    values.counts[0] = 1;
    values.counts[1] = 2;
    values.counts[2] = 4;
    values.sum = 9.5;
    metrics_text out;
    out.family("a", kind::histogram, "x");
    const label about[] = {{"call", "issue"}};
    out.distribution(about, bounds, values);
    EXPECT_EQ(out.take(),
              "# HELP a x\n# TYPE a histogram\n"
              "a_bucket{call=\"issue\",le=\"-0.5\"} 1\na_bucket{call=\"issue\",le=\"2\"} 3\n"
              "a_bucket{call=\"issue\",le=\"+Inf\"} 7\n"
              "a_sum{call=\"issue\"} 9.5\na_count{call=\"issue\"} 7\n");
}

}  // namespace
}  // namespace relayauth::server
