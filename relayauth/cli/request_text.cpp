#include "relayauth/cli/request_text.hpp"

#include "relayauth/base/base64.hpp"
#include "relayauth/base/json.hpp"
#include "relayauth/base/printable.hpp"
#include "relayauth/base/time_text.hpp"
#include "relayauth/cli/lines.hpp"
#include "relayauth/client/clock_difference.hpp"
#include "relayauth/token/token.hpp"

#include <array>
#include <chrono>
#include <vector>

namespace relayauth::cli {
namespace {

// What the token in a username says about itself; nobody here can check its signature.
std::optional<token::fields> claimed_by(std::string_view username) {
    std::array<std::uint8_t, token::max_username_size> octets{};
    const auto size = decode_base64(username, octets);
    if (!size) return std::nullopt;
    const auto read = token::unverified_token::decode(bytes_view(octets).first(*size));
    if (!read) return std::nullopt;
    return read->claimed();
}

const std::string& host_of(const mras::received_credentials::relay& relay) {
    return relay.host_name.empty() ? relay.direct_ip_address : relay.host_name;
}

std::string relay_line(const mras::received_credentials::relay& relay) {
    return printable(relay.location) + " " + printable(host_of(relay)) + " udp " +
           std::to_string(relay.udp_port) + " tcp " + std::to_string(relay.tcp_port);
}

void add_credentials(std::string& out, const mras::received_credentials& each, wall_time now) {
    add_line(out, "username", printable(each.username));
    add_line(out, "password", printable(each.password));
    add_line(out, "lifetime",
             duration_text(std::chrono::minutes(each.duration_minutes)) + " (" +
                 std::to_string(each.duration_minutes) + " minutes)");
    if (const auto token = claimed_by(each.username)) {
        add_line(out, "expires", moment_text(token->expires_at, now) + ", says the token");
    } else {
        add_line(out, "expires", "not known: the username is no token of a known form");
    }
    if (!each.realm.empty()) add_line(out, "realm", printable(each.realm));
    for (const auto& relay : each.relays) add_line(out, "relay", relay_line(relay));
}

void add_clocks(std::string& out, const answered& value) {
    const auto& date = value.answer.server_date;
    add_line(out, "server clock", date ? utc_text(*date) : "not known: the answer has no Date");
    const auto ahead = value.server_ahead();
    if (!ahead) return;
    if (const auto line = client::clocks_line(*ahead)) out += *line + '\n';
}

void add_refusal(std::string& out, const mras::received_response& response) {
    if (response.reason == to_text(mras::reason_phrase::version_mismatch)) {
        add_line(out, "version",
                 "the server offers " + printable(response.version) + ": try --mras-version " +
                     printable(response.version));
    }
}

std::string relay_json(const mras::received_credentials::relay& relay) {
    json_object out;
    out.add("location", relay.location).add("host", host_of(relay));
    out.add("udp", std::int64_t{relay.udp_port}).add("tcp", std::int64_t{relay.tcp_port});
    return out.text();
}

std::string credentials_json(const mras::received_credentials& each) {
    json_object out;
    out.add("username", each.username).add("password", each.password);
    out.add("duration", std::int64_t{each.duration_minutes});
    if (const auto token = claimed_by(each.username)) {
        out.add("expires", utc_text(token->expires_at));
    } else {
        out.add_raw("expires", "null");
    }
    std::vector<std::string> relays;
    for (const auto& relay : each.relays) relays.push_back(relay_json(relay));
    out.add_raw("relays", json_array(relays));
    if (!each.realm.empty()) out.add("realm", each.realm);
    return out.text();
}

}  // namespace

bool answered::granted() const {
    return answer.response && answer.response->reason == to_text(mras::reason_phrase::ok);
}

std::optional<ticks> answered::server_ahead() const {
    if (!answer.server_date) return std::nullopt;
    return client::server_ahead_by_date(*answer.server_date, sent_at, received_at);
}

std::string request_text(const answered& value) {
    const auto& answer = value.answer;
    std::string out;
    if (!answer.response) {
        add_line(out, "refused",
                 "SIP " + std::to_string(answer.sip_status) + " " + printable(answer.sip_reason));
        add_line(out, "meaning", status_words(answer.sip_status, answer.sip_reason));
    } else {
        const auto& reason = answer.response->reason;
        add_line(out, value.granted() ? "reason" : "refused", printable(reason));
    }
    if (!answer.warning.empty()) add_line(out, "server says", printable(answer.warning));
    if (value.granted()) {
        for (const auto& each : answer.response->credentials) {
            add_credentials(out, each, value.received_at);
        }
    } else if (answer.response) {
        add_refusal(out, *answer.response);
    }
    add_clocks(out, value);
    return out;
}

std::string request_json(const answered& value) {
    const auto& answer = value.answer;
    json_object out;
    std::vector<std::string> credentials;
    if (value.granted()) {
        for (const auto& each : answer.response->credentials) {
            credentials.push_back(credentials_json(each));
        }
    }
    out.add("reason", answer.response ? answer.response->reason : answer.sip_reason);
    out.add_raw("credentials", json_array(credentials));
    if (answer.server_date) {
        out.add("server_time", utc_text(*answer.server_date));
    } else {
        out.add_raw("server_time", "null");
    }
    if (const auto ahead = value.server_ahead()) {
        out.add("server_ahead_seconds", measured_seconds(*ahead));
    } else {
        out.add_raw("server_ahead_seconds", "null");
    }
    out.add("sip_status", std::int64_t{answer.sip_status});
    out.add("request_id", answer.request_id);
    if (answer.response) out.add("version", answer.response->version);
    if (!answer.warning.empty()) out.add("warning", answer.warning);
    return out.text();
}

std::string_view status_words(int status, std::string_view reason) {
    switch (status) {
        case 400:
            return "the server finds the SIP request malformed";
        case 403:
            if (reason == "TLS required") return "this server wants TLS: leave out --tcp";
            return "this machine may not ask: see the server's --allow, --client-ca and "
                   "--client-name, and its log";
        case 404:
        case 405:
        case 415:
        case 481:
        case 501:
            return "what answers is no A/V authentication service, or a proxy that knows none";
        case 503:
            return "the server is at a limit or shutting down: try again";
        case 513:
            return "the request is longer than the server's --max-message";
        default:
            return "a SIP error: see --trace and the server's log";
    }
}

}  // namespace relayauth::cli
