#include "relayauth/cli/doctor_text.hpp"

#include "relayauth/base/ascii.hpp"
#include "relayauth/base/json.hpp"
#include "relayauth/base/time_text.hpp"
#include "relayauth/cli/exit_codes.hpp"

#include <chrono>
#include <vector>

namespace relayauth::cli {
namespace {

using doctor::check;
using doctor::conclusion;
using doctor::health;

std::string padded(std::string_view text, std::size_t width) {
    std::string made(text);
    made.resize(std::max(made.size(), width), ' ');
    return made + ' ';
}

std::string check_line(const check& one) {
    return padded(to_text(one.verdict), 7) + padded(one.name, 10) + one.words + '\n';
}

std::string_view state_word(health state) {
    switch (state) {
        case health::well:
            return "well";
        case health::attention:
            return "attention";
        case health::hurt:
            return "hurt";
    }
    return {};
}

std::string conclusion_text(const conclusion& said) {
    const auto add = [](std::string& out, std::string_view label, std::string_view value) {
        if (!value.empty()) out += padded(label, 18) + std::string(value) + '\n';
    };
    std::string out;
    add(out, "conclusion", said.headline);
    add(out, "users see", said.user_sees);
    add(out, "you may meet it as", said.symptom);
    for (std::size_t i = 0; i < said.next.size(); ++i) {
        add(out, i == 0 ? "to do" : "", std::to_string(i + 1) + ". " + said.next[i]);
    }
    return out;
}

std::int64_t milliseconds_of(ticks d) {
    return rounded<std::chrono::milliseconds>(d).count();
}

std::string check_json(const check& one) {
    json_object out;
    out.add("name", one.name).add("verdict", to_text(one.verdict)).add("words", one.words);
    for (const auto& [name, value] : one.numbers) out.add(name, value);
    return out.text();
}

// What stays the same while only numbers change.
std::string gist(const check& one) {
    std::string text(to_text(one.verdict));
    for (const auto& each : one.troubles) text += '\n' + each.headline;
    std::erase_if(text, ascii::is_digit);
    return text;
}

bool has_stepped(const doctor::report& before, const doctor::report& now) {
    return before.clock && now.clock && disagree(*before.clock, *now.clock);
}

}  // namespace

std::string report_text(const doctor::report& value) {
    std::string out = value.server + " at " + utc_text(value.at) + "\n\n";
    for (const auto& each : value.checks) out += check_line(each);
    return out + '\n' + conclusion_text(value.conclusion);
}

std::string report_json(const doctor::report& value) {
    std::vector<std::string> checks, next;
    for (const auto& each : value.checks) checks.push_back(check_json(each));
    for (const auto& each : value.conclusion.next) next.push_back(json_text(each));
    json_object out;
    out.add("server", value.server).add("time", utc_text(value.at));
    out.add("state", state_word(value.conclusion.state));
    out.add("conclusion", value.conclusion.headline);
    out.add("users_see", value.conclusion.user_sees).add("symptom", value.conclusion.symptom);
    out.add_raw("next", json_array(next));
    if (value.clock) {
        out.add("offset_ms", milliseconds_of(value.clock->ahead));
        out.add("error_ms", milliseconds_of(value.clock->error));
    } else {
        out.add_raw("offset_ms", "null").add_raw("error_ms", "null");
    }
    out.add_raw("checks", json_array(checks));
    return out.text();
}

std::string changes_text(const doctor::report& before, const doctor::report& now) {
    std::string out;
    const auto stamp = utc_text(now.at) + ' ';
    for (std::size_t i = 0; i < now.checks.size(); ++i) {
        const auto& one = now.checks[i];
        const bool same = i < before.checks.size() && gist(before.checks[i]) == gist(one);
        const bool stepped = one.name == "clock" && has_stepped(before, now);
        if (!same || stepped) out += stamp + check_line(one);
    }
    const auto& said = now.conclusion;
    const bool same_end = said.state == before.conclusion.state && out.empty();
    if (same_end) return out;
    return out + stamp + padded("", 7) + padded("conclusion", 10) + said.headline + '\n';
}

int exit_code_of(doctor::health state) {
    switch (state) {
        case health::well:
            return exit_good;
        case health::attention:
            return exit_needs_attention;
        case health::hurt:
            break;
    }
    return exit_no_answer;
}

}  // namespace relayauth::cli
