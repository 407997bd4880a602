#include "relayauth/load/sample.hpp"

#include "relayauth/base/bytes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace relayauth::load {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::size_t no_bound = 1'000'000;

options sampling(double percent, std::uint64_t seed = 1) {
    options chosen;
    chosen.sample_percent = percent;
    chosen.seed = seed;
    return chosen;
}

void offer(sample& to, std::uint64_t index, std::string_view username, moment now = moment(0)) {
    answer got;
    got.username = username;
    got.password = "pass";
    got.duration_minutes = 480;
    flight done;
    done.what.index = index;
    done.what.identity = static_cast<std::uint32_t>(index % 1000);
    to.offer(done, got, now);
}

std::set<std::string> kept(const options& chosen, std::uint64_t count, std::size_t most = no_bound,
                           std::uint64_t first = 0) {
    sample some(chosen, most);
    for (auto i = first; i < first + count; ++i) offer(some, i, std::to_string(i));
    std::set<std::string> names;
    for (const auto& each : some.take()) names.insert(each.username);
    return names;
}

TEST(Sample, KeepsNoneOrAll) {
    EXPECT_EQ(kept(sampling(0), 10'000).size(), 0u);
    EXPECT_EQ(kept(sampling(100), 10'000).size(), 10'000u);
}

// Five standard deviations of a binomial law are allowed.
TEST(Sample, KeepsItsShare) {
    for (const double percent : {0.1, 1.0, 25.0, 99.0}) {
        const double share = percent / 100, count = 100'000;
        const auto size = static_cast<double>(kept(sampling(percent), 100'000).size());
        EXPECT_NEAR(size, count * share, 5 * std::sqrt(count * share * (1 - share))) << percent;
    }
}

TEST(Sample, ChoosesBySeedAndIndexAlone) {
    const auto once = kept(sampling(5), 10'000);
    EXPECT_EQ(kept(sampling(5), 10'000), once);
    EXPECT_NE(kept(sampling(5, 2), 10'000), once);
    // Whoever else was offered before, and on which thread.
    auto later = kept(sampling(5), 5'000, no_bound, 5'000);
    later.merge(kept(sampling(5), 5'000));
    EXPECT_EQ(later, once);
    const auto more = kept(sampling(6), 10'000);
    EXPECT_TRUE(std::includes(more.begin(), more.end(), once.begin(), once.end()));
}

TEST(Sample, DoesNotFollowTheIdentities) {
    std::map<std::uint64_t, int> by_remainder;
    for (const auto& name : kept(sampling(10), 20'000)) ++by_remainder[std::stoull(name) % 10];
    ASSERT_EQ(by_remainder.size(), 10u);
    for (const auto& [remainder, count] : by_remainder) EXPECT_NEAR(count, 200, 70) << remainder;
}

TEST(Sample, KeepsNoMoreThanItsBound) {
    EXPECT_EQ(kept(sampling(100), 99, 100).size(), 99u);
    EXPECT_EQ(kept(sampling(100), 100, 100).size(), 100u);
    EXPECT_EQ(kept(sampling(100), 101, 100).size(), 100u);
    EXPECT_EQ(kept(sampling(100), 50'000, 100).size(), 100u);
    EXPECT_EQ(kept(sampling(100), 1'000, 0).size(), 0u);
}

// Of 1,000 offers 100 stay. Over 200 seeds each tenth of the offers must have its 2,000 of them,
// within five standard deviations of about 42.
TEST(Sample, GivesEachTheSameChanceToStayWithinTheBound) {
    std::map<std::uint64_t, int> by_tenth;
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        for (const auto& name : kept(sampling(100, seed), 1'000, 100)) {
            ++by_tenth[std::stoull(name) / 100];
        }
    }
    ASSERT_EQ(by_tenth.size(), 10u);
    for (const auto& [tenth, count] : by_tenth) EXPECT_NEAR(count, 2'000, 212) << tenth;
}

TEST(Sample, KeepsTheCredentialItsOwnerAndItsEnd) {
    sample some(sampling(100), 5);
    offer(some, 42, "name", seconds(30));
    const auto all = some.take();
    ASSERT_EQ(all.size(), 1u);
    EXPECT_EQ(all[0].username, "name");
    EXPECT_EQ(as_text(all[0].password.reveal()), "pass");
    EXPECT_EQ(all[0].identity, 42u);
    EXPECT_EQ(all[0].good_until, seconds(30) + minutes(480));
}

TEST(Sample, KeepsAllOfTheOneThatTakesAPlace) {
    sample some(sampling(100), 1);
    std::uint64_t replaced = 0;
    for (std::uint64_t i = 0; i < 50; ++i) offer(some, i, std::to_string(i), seconds(i));
    const auto all = some.take();
    ASSERT_EQ(all.size(), 1u);
    replaced = std::stoull(all[0].username);
    EXPECT_EQ(all[0].identity, replaced);
    EXPECT_EQ(all[0].good_until, seconds(replaced) + minutes(480));
}

TEST(Sample, TakesIssuedCredentialsThatAreShownOnly) {
    sample some(sampling(100), 5);
    answer got;
    got.username = "name";
    got.password = "pass";
    auto verdict = got, no_name = got, no_password = got;
    verdict.to = call::validate;
    no_name.username = {};
    no_password.password = {};
    for (const auto& each : {verdict, no_name, no_password}) some.offer({}, each, moment(0));
    EXPECT_TRUE(some.take().empty());
}

TEST(ValidateSample, AsksNobodyWhenThereIsNothingToAsk) {
    const auto found = validate_sample(sampling(1), {}, seconds(5));
    EXPECT_EQ(found.validated, 0u);
    EXPECT_EQ(found.problem, "");
}

// Ten seconds, so that none ends while the server is asked about it.
TEST(ValidateSample, SaysWhenAllOfItIsTooOld) {
    std::vector<sampled> all(2);
    all[0].good_until = seconds(15);
    all[1].good_until = seconds(10);
    const auto found = validate_sample(sampling(1), all, seconds(5));
    EXPECT_EQ(found.validated, 0u);
    EXPECT_NE(found.problem.find("expired"), std::string::npos) << found.problem;
}

}  // namespace
}  // namespace relayauth::load
