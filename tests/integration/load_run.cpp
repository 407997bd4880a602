#include "load_run.hpp"

#include "sanitizer.hpp"

#include "relayauth/load/goals.hpp"
#include "relayauth/load/result_json.hpp"
#include "relayauth/load/verdict.hpp"
#include "relayauth/load/verdict_word.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <utility>

namespace relayauth::lab {
namespace {

using load::verdict_kind;

// Slow programs do not get better by being run again.
constexpr int most_tries = address_sanitizer || thread_sanitizer ? 2 : 3;

std::vector<std::string> load_command(const std::string& server,
                                      const std::vector<std::string>& options,
                                      const std::string& json) {
    std::vector<std::string> words = {relayauth_program, "load", "--server", server,
                                      "--json",          json};
    words.insert(words.end(), options.begin(), options.end());
    return words;
}

int exit_code_of(verdict_kind kind) {
    if (kind == verdict_kind::good) return 0;
    return kind == verdict_kind::invalid ? 4 : 3;
}

}  // namespace

load_run::load_run(const std::string& server, const std::vector<std::string>& options)
    : process_(load_command(server, options, folder_.path("result.json"))) {}

bool load_run::is_under_way() const {
    return eventually([this] { return process_.errors().find("good ") != std::string::npos; });
}

void load_run::finish() {
    const auto code = process_.wait();
    took_ = running_.elapsed();
    exit_code_ = code.value_or(-1);
    output_ = process_.output();
    errors_ = process_.errors();
    EXPECT_TRUE(code) << "it does not end: " << errors_;
    const auto text = read_file(folder_.path("result.json"));
    auto read = load::read_json(text);
    EXPECT_TRUE(read) << read.error() << "\n" << text << errors_;
    if (read) result_ = *std::move(read);
}

bool load_run::says(const std::string& words) const {
    const auto& reasons = result_.verdict.reasons;
    return std::any_of(reasons.begin(), reasons.end(), [&words](const std::string& each) {
        return each.find(words) != std::string::npos;
    });
}

numbers outcomes_of(const load::result& of) {
    numbers found;
    for (std::size_t i = 0; i < load::outcome_count; ++i) {
        const auto each = static_cast<load::outcome>(i);
        if (of.counts[each] > 0) found.emplace(load::to_text(each), of.counts[each]);
    }
    return found;
}

numbers incidents_of(const load::result& of) {
    numbers found;
    for (std::size_t i = 0; i < load::incident_count; ++i) {
        const auto each = static_cast<load::incident>(i);
        if (of.counts[each] > 0) found.emplace(load::to_text(each), of.counts[each]);
    }
    return found;
}

std::unique_ptr<load_run> finished_run(const std::string& server,
                                       const std::vector<std::string>& options) {
    auto made = std::make_unique<load_run>(server, options);
    made->finish();
    return made;
}

std::unique_ptr<load_run> fair_run(const std::function<std::unique_ptr<load_run>()>& make,
                                   const load_check& is_disturbed) {
    for (int tries = 1;; ++tries) {
        auto made = make();
        const bool disturbed = made->is_void() || (is_disturbed && is_disturbed(made->result()));
        if (!disturbed) return made;
        std::cout << "disturbed, try " << tries << " of " << most_tries << ":\n"
                  << made->output() << std::flush;
        if (tries == most_tries) return made;
    }
}

void expect_verdict(const load_run& run, verdict_kind kind) {
    auto found = run.result().verdict;
    EXPECT_EQ(run.exit_code(), exit_code_of(found.kind)) << run.errors();
    if (run.is_void() && kind != verdict_kind::invalid) {
        auto without = run.result();
        without.self = {};
        const auto goals = load::parse_goals(without.goals);
        found = load::judge(without, goals ? *goals : std::vector<load::goal>{});
    }
    EXPECT_EQ(load::to_text(found.kind), load::to_text(kind)) << run.output() << run.errors();
}

}  // namespace relayauth::lab
