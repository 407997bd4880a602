#include "relayauth/base/nearest.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

namespace relayauth {
namespace {

// Longer input is no slip of the hand, and the cost is the product of both lengths.
constexpr std::size_t longest_typed = 64;

// distance is Levenshtein's, one row at a time.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0]++;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const auto replaced = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
}

}  // namespace

std::string_view nearest_name(std::string_view typed, std::span<const std::string_view> names) {
    std::string_view best;
    if (typed.size() > longest_typed) return best;
    auto best_distance = longest_typed;
    for (const auto name : names) {
        const auto steps = distance(typed, name);
        if (steps > name.size() / 3 + 1 || steps >= best_distance) continue;
        best = name;
        best_distance = steps;
    }
    return best;
}

}  // namespace relayauth
