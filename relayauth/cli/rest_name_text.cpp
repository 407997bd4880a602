#include "relayauth/cli/rest_name_text.hpp"

#include "relayauth/base/json.hpp"
#include "relayauth/base/printable.hpp"
#include "relayauth/base/time_text.hpp"
#include "relayauth/cli/lines.hpp"
#include "relayauth/client/clock_difference.hpp"

#include <chrono>
#include <variant>
#include <vector>

namespace relayauth::cli {
namespace {

using rpc::received_credential;
using rpc::received_refusal;

std::string_view location_word(const rpc::received_relay& relay) {
    return relay.where ? to_text(*relay.where) : "unknown_location";
}

std::string_view reason_word(const received_refusal& refused) {
    return refused.why ? to_text(*refused.why) : "unknown_reason";
}

void add_credential(std::string& out, const received_credential& each, wall_time now) {
    add_line(out, "reason", "OK");
    add_line(out, "username", printable(each.username));
    add_line(out, "password", printable(each.password));
    add_line(out, "lifetime",
             duration_text(std::chrono::minutes(each.duration_minutes)) + " (" +
                 std::to_string(each.duration_minutes) + " minutes)");
    add_line(out, "expires", moment_text(each.expires_at, now));
    for (const auto& realm : each.realms) add_line(out, "realm", printable(realm));
    for (const auto& relay : each.relays) {
        add_line(out, "relay",
                 std::string(location_word(relay)) + " " + printable(relay.host) + " udp " +
                     std::to_string(relay.udp_port) + " tcp " + std::to_string(relay.tcp_port));
    }
}

std::string credential_json(const received_credential& each) {
    json_object out;
    out.add("username", each.username).add("password", each.password);
    out.add("duration", std::int64_t{each.duration_minutes});
    out.add("expires", utc_text(each.expires_at));
    std::vector<std::string> relays;
    for (const auto& relay : each.relays) {
        json_object one;
        one.add("location", location_word(relay)).add("host", relay.host);
        one.add("udp", std::int64_t{relay.udp_port}).add("tcp", std::int64_t{relay.tcp_port});
        relays.push_back(one.text());
    }
    out.add_raw("relays", json_array(relays));
    if (!each.realms.empty()) out.add("realm", each.realms.front());
    return out.text();
}

}  // namespace

bool has_credential(const client::rpc_answer& answer) {
    return std::holds_alternative<received_credential>(answer.reply.result);
}

std::string rest_name_text(const client::rpc_answer& answer) {
    std::string out;
    if (const auto* each = std::get_if<received_credential>(&answer.reply.result)) {
        add_credential(out, *each, answer.received_at);
    } else {
        const auto& refused = std::get<received_refusal>(answer.reply.result);
        add_line(out, "refused", reason_word(refused));
        add_line(out, "server says", printable(refused.words));
    }
    add_line(out, "server clock", utc_text(answer.reply.read_at));
    if (const auto line = client::clocks_line(answer.server_ahead())) out += *line + '\n';
    return out;
}

std::string rest_name_json(const client::rpc_answer& answer) {
    json_object out;
    std::vector<std::string> credentials;
    const auto* refused = std::get_if<received_refusal>(&answer.reply.result);
    out.add("reason", refused == nullptr ? "OK" : reason_word(*refused));
    if (refused == nullptr) {
        credentials.push_back(credential_json(std::get<received_credential>(answer.reply.result)));
    }
    out.add_raw("credentials", json_array(credentials));
    out.add("server_time", utc_text(answer.reply.read_at));
    out.add("dialect", to_text(rpc::dialect::turn_rest));
    if (refused != nullptr) out.add("warning", refused->words);
    return out.text();
}

}  // namespace relayauth::cli
