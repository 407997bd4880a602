#include "relayauth/doctor/report.hpp"

#include "relayauth/doctor/checks.hpp"

#include <algorithm>

namespace relayauth::doctor {
namespace {

struct weighed {
    const trouble* what;
    verdict from;
};

std::string user_sees(health state) {
    switch (state) {
        case health::well:
            return "nothing: calls from outside work as far as this server and its credentials go";
        case health::attention:
            return "nothing that could be seen from here";
        case health::hurt:
            break;
    }
    return "\"Limited External Calling\" in the client: calls from and to outside fail";
}

}  // namespace

std::string_view to_text(verdict value) {
    switch (value) {
        case verdict::ok:
            return "ok";
        case verdict::skipped:
            return "skipped";
        case verdict::warn:
            return "warn";
        case verdict::fail:
            return "fail";
    }
    return {};
}

std::vector<check> judge_all(const findings& seen) {
    return {judge_name(seen),       judge_port(seen),    judge_tls(seen),
            judge_tls_name(seen),   judge_service(seen), judge_credential(seen),
            judge_validation(seen), judge_key(seen),     judge_clock(seen),
            judge_own_clock(seen),  judge_relay(seen)};
}

conclusion conclude(const std::vector<check>& checks) {
    conclusion made;
    std::vector<weighed> all;
    for (const auto& each : checks) {
        if (each.verdict == verdict::fail) made.state = health::hurt;
        if (each.verdict == verdict::warn && made.state == health::well) {
            made.state = health::attention;
        }
        for (const auto& one : each.troubles) all.push_back({&one, each.verdict});
    }
    // What fails before what is only to be noted; within that the cause before its effects.
    std::ranges::stable_sort(all, [](const weighed& a, const weighed& b) {
        if (a.from != b.from) return a.from > b.from;
        return a.what->how_heavy > b.what->how_heavy;
    });
    made.headline = all.empty() ? "all is well" : all.front().what->headline;
    made.user_sees = user_sees(made.state);
    if (!all.empty()) {
        const auto& first = *all.front().what;
        made.symptom = first.symptom;
        if (!first.user_sees.empty()) made.user_sees = first.user_sees;
    }
    for (const auto& each : all) {
        const auto& remedy = each.what->remedy;
        const bool known = std::ranges::find(made.next, remedy) != made.next.end();
        if (!remedy.empty() && !known) made.next.push_back(remedy);
    }
    return made;
}

report write_report(const findings& seen) {
    report made{seen.server, seen.at, judge_all(seen), {}, seen.clock};
    made.conclusion = conclude(made.checks);
    return made;
}

}  // namespace relayauth::doctor
