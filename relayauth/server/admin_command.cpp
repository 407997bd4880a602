#include "relayauth/server/admin_command.hpp"

#include "relayauth/base/json.hpp"
#include "relayauth/server/json_members.hpp"

namespace relayauth::server {
namespace {

using std::chrono::milliseconds;

// A hundred years, as parse_duration has it.
constexpr std::int64_t most_offset_ms = std::int64_t{100} * 365 * 24 * 3600 * 1000;

result<admin_command, std::string> parse_clock(const json_members& given) {
    if (given.flag("reset").value_or(false)) return reset_clock{};
    move_clock wanted;
    if (const auto offset = given.whole("offset_ms", -most_offset_ms, most_offset_ms))
        wanted.offset = milliseconds(*offset);
    wanted.drift_ppm = given.whole("drift_ppm", -most_drift_ppm, most_drift_ppm);
    if (!wanted.offset && !wanted.drift_ppm)
        return std::string("`lab clock` needs offset_ms, drift_ppm or reset, within bounds");
    return wanted;
}

result<admin_command, std::string> parse_rule(const json_members& given) {
    const auto identity = given.text("identity");
    const auto word = given.text("rule");
    const auto what = word ? session::parse_lie(*word) : std::nullopt;
    if (!identity || !what)
        return std::string("`lab rule` needs identity and a rule that is known");
    std::optional<milliseconds> time;
    constexpr std::int64_t most = session::longest_lab_lifetime.count();
    if (given.has("ms")) time = milliseconds(given.whole("ms", 0, most).value_or(most + 1));
    auto made = session::make_lab_rule(*identity, *what, time);
    if (!made) return made.error();
    return add_rule{*std::move(made)};
}

result<admin_command, std::string> parse_remove(const json_members& given) {
    auto identity = given.text("identity");
    if (!identity) return std::string("`lab remove` needs identity");
    return remove_rule{*std::move(identity)};
}

json_object command(std::string_view name) {
    return json_object().add("command", name);
}

struct writer {
    std::string operator()(const move_clock& what) const {
        auto out = command("lab clock");
        if (what.offset) {
            const auto ms = std::chrono::duration_cast<milliseconds>(*what.offset);
            out.add("offset_ms", std::int64_t{ms.count()});
        }
        if (what.drift_ppm) out.add("drift_ppm", *what.drift_ppm);
        return out.text();
    }
    std::string operator()(const reset_clock&) const {
        return command("lab clock").add("reset", true).text();
    }
    std::string operator()(const add_rule& what) const {
        auto out = command("lab rule");
        out.add("identity", what.rule.identity).add("rule", to_text(what.rule.what));
        if (takes_time(what.rule.what)) out.add("ms", std::int64_t{what.rule.time.count()});
        return out.text();
    }
    std::string operator()(const remove_rule& what) const {
        return command("lab remove").add("identity", what.identity).text();
    }
    std::string operator()(const clear_rules&) const { return command("lab clear").text(); }
    std::string operator()(const list_lab&) const { return command("lab list").text(); }
    std::string operator()(const accept_clock&) const { return command("clock accept").text(); }
    std::string operator()(const tell_clock&) const { return command("clock status").text(); }
};

}  // namespace

bool is_for_lab(const admin_command& what) {
    return !std::holds_alternative<accept_clock>(what) && !std::holds_alternative<tell_clock>(what);
}

result<admin_command, std::string> parse_admin_command(std::string_view line) {
    if (line.size() > max_admin_line) return std::string("a command is at most 4096 octets");
    const auto given = json_members::parse(line);
    if (!given) return std::string("a command is one JSON object");
    const auto name = given->text("command");
    if (!name) return std::string("the object has no command");
    if (*name == "lab clock") return parse_clock(*given);
    if (*name == "lab rule") return parse_rule(*given);
    if (*name == "lab remove") return parse_remove(*given);
    if (*name == "lab clear") return clear_rules{};
    if (*name == "lab list") return list_lab{};
    if (*name == "clock accept") return accept_clock{};
    if (*name == "clock status") return tell_clock{};
    return std::string("no such command: is this server older than the command line?");
}

std::string to_line(const admin_command& what) {
    return std::visit(writer{}, what);
}

}  // namespace relayauth::server
