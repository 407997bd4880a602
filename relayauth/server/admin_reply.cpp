#include "relayauth/server/admin_reply.hpp"

#include "relayauth/base/json.hpp"
#include "relayauth/base/time_text.hpp"
#include "relayauth/server/json_members.hpp"

#include <limits>
#include <optional>

namespace relayauth::server {
namespace {

using outcome = admin_reply::outcome;
using std::chrono::milliseconds;

std::string_view to_text(outcome value) {
    switch (value) {
        case outcome::done:
            return "done";
        case outcome::refused:
            return "refused";
        case outcome::malformed:
            return "malformed";
    }
    return {};
}

std::optional<outcome> parse_outcome(std::string_view text) {
    for (const auto each : {outcome::done, outcome::refused, outcome::malformed}) {
        if (to_text(each) == text) return each;
    }
    return std::nullopt;
}

std::string rule_json(const session::lab_rule& rule) {
    json_object out;
    out.add("identity", rule.identity).add("rule", session::to_text(rule.what));
    if (session::takes_time(rule.what)) out.add("ms", std::int64_t{rule.time.count()});
    return out.text();
}

std::optional<session::lab_rule> parse_rule(const json_members& given) {
    const auto identity = given.text("identity");
    const auto word = given.text("rule");
    const auto what = word ? session::parse_lie(*word) : std::nullopt;
    if (!identity || !what) return std::nullopt;
    std::optional<milliseconds> time;
    if (const auto ms = given.whole("ms", 0, session::longest_lab_lifetime.count()))
        time = milliseconds(*ms);
    auto made = session::make_lab_rule(*identity, *what, time);
    if (!made) return std::nullopt;
    return *std::move(made);
}

void add_watched(json_object& out, const watched_clock& clock) {
    out.add("watched", clock.off.has_value()).add("held", clock.held).add("reason", clock.reason);
    if (clock.off) out.add("off_ms", std::int64_t{rounded<milliseconds>(*clock.off).count()});
}

constexpr auto most_ms = std::numeric_limits<std::int64_t>::max() / 20'000;

// An older server tells nothing of it.
std::optional<watched_clock> parse_watched(const json_members& given) {
    const auto held = given.flag("held");
    auto reason = given.text("reason");
    if (!held || !reason) return std::nullopt;
    watched_clock clock{*held, *std::move(reason), {}};
    if (const auto off = given.whole("off_ms", -most_ms, most_ms)) clock.off = milliseconds(*off);
    return clock;
}

}  // namespace

std::string to_line(const admin_reply& reply) {
    std::vector<std::string> rules;
    for (const auto& each : reply.rules) rules.push_back(rule_json(each));
    const auto offset = std::chrono::duration_cast<milliseconds>(reply.clock_offset);
    json_object out;
    out.add("result", to_text(reply.what))
        .add("words", reply.words)
        .add("lab", reply.lab)
        .add("server_time", utc_text(reply.server_time))
        .add("clock_offset_ms", std::int64_t{offset.count()})
        .add("drift_ppm", reply.drift_ppm)
        .add_raw("rules", json_array(rules));
    if (reply.watched) add_watched(out, *reply.watched);
    return out.text();
}

result<admin_reply, std::string> parse_admin_reply(std::string_view line) {
    const std::string no_reply = "the answer is none that a relayauth server gives";
    const auto given = json_members::parse(line);
    if (!given) return no_reply;
    const auto word = given->text("result");
    const auto what = word ? parse_outcome(*word) : std::nullopt;
    auto words = given->text("words");
    const auto time = parse_utc(given->text("server_time").value_or(""));
    const auto offset = given->whole("clock_offset_ms", -most_ms, most_ms);
    const auto drift = given->whole("drift_ppm", -1'000'000, 1'000'000);
    const auto rules = given->objects("rules", session::most_lab_rules);
    if (!what || !words || !time || !offset || !drift || !rules) return no_reply;
    admin_reply reply{*what, *std::move(words),     given->flag("lab").value_or(false),
                      *time, milliseconds(*offset), *drift,
                      {},    parse_watched(*given)};
    for (const auto& each : *rules) {
        auto rule = parse_rule(each);
        if (!rule) return no_reply;
        reply.rules.push_back(*std::move(rule));
    }
    return reply;
}

}  // namespace relayauth::server
