#include "relayauth/server/key_plan.hpp"

#include "relayauth/base/time_text.hpp"

#include <algorithm>
#include <chrono>

namespace relayauth::server {
namespace {

// repeat lengthens what the same key does, if it can, and says so.
std::string repeat(planned_key& same, const planned_key& next, const std::string& id) {
    auto words = "the same key (" + id + ") as an earlier --certificate: ";
    if (next.verifies_until <= same.verifies_until) return words + "it adds nothing";
    same.certificate = next.certificate;
    same.verifies_until = next.verifies_until;
    return words + "it only moves the key's end to " + utc_text(next.verifies_until);
}

}  // namespace

wall_time end_of(const certificate::facts& about) {
    return about.not_after + ticks(std::chrono::seconds(1));
}

key_plan plan_keys(std::span<const certificate::facts> newest_first) {
    key_plan plan;
    for (std::size_t i = 0; i < newest_first.size(); ++i) {
        const auto& about = newest_first[i];
        const auto same =
            std::find_if(plan.keys.begin(), plan.keys.end(), [&](const planned_key& each) {
                return newest_first[each.certificate].key_id == about.key_id;
            });
        planned_key next{i, plan.keys.empty(), end_of(about)};
        if (same != plan.keys.end()) {
            plan.repeats.push_back({i, repeat(*same, next, about.key_id)});
            continue;
        }
        if (next.mints) next.verifies_until = wall_time::max();
        plan.keys.push_back(next);
    }
    return plan;
}

}  // namespace relayauth::server
