#include "relayauth/cli/admin_text.hpp"

#include "relayauth/base/printable.hpp"
#include "relayauth/base/time_text.hpp"
#include "relayauth/cli/lines.hpp"

#include <cstdlib>

namespace relayauth::cli {
namespace {

std::string clock_text(const server::admin_reply& reply) {
    auto text = utc_text(reply.server_time);
    if (reply.clock_offset != ticks{0})
        text += ", moved on purpose by " + signed_duration_text(reply.clock_offset);
    if (reply.drift_ppm != 0) {
        text += ", " + std::to_string(std::abs(reply.drift_ppm)) + " ppm " +
                (reply.drift_ppm < 0 ? "slow" : "fast") + " on purpose";
    }
    if (reply.clock_offset == ticks{0} && reply.drift_ppm == 0) text += ", as the machine's";
    return text;
}

std::string rule_text(const session::lab_rule& rule) {
    auto text = printable(rule.identity) + "  " + std::string(session::to_text(rule.what));
    if (session::takes_time(rule.what)) text += " " + exact_duration_text(rule.time);
    return text;
}

}  // namespace

std::string admin_text(const server::admin_reply& reply) {
    std::string out;
    if (!reply.words.empty()) out += printable(reply.words) + "\n";
    add_line(out, "clock", clock_text(reply));
    add_line(out, "lab", reply.lab ? "on" : "off: this server runs without --lab");
    for (const auto& each : reply.rules) add_line(out, "rule", rule_text(each));
    return out;
}

}  // namespace relayauth::cli
