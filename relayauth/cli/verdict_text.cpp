#include "relayauth/cli/verdict_text.hpp"

#include "relayauth/base/json.hpp"
#include "relayauth/base/printable.hpp"
#include "relayauth/base/time_text.hpp"
#include "relayauth/cli/lines.hpp"
#include "relayauth/client/clock_difference.hpp"

#include <chrono>
#include <variant>

namespace relayauth::cli {
namespace {

using rpc::received_good_credential;
using rpc::received_refusal;

std::string_view reason_word(const received_refusal& refused) {
    return refused.why ? to_text(*refused.why) : "unknown_reason";
}

std::int64_t whole_seconds(ticks d) {
    return std::chrono::floor<std::chrono::seconds>(d).count();
}

void add_times(std::string& out, const std::optional<wall_time>& issued_at,
               const std::optional<wall_time>& expires_at, const judged& value) {
    // Relative to the clock that decided: it is the one that counts.
    if (issued_at) add_line(out, "issued", moment_text(*issued_at, value.server_time));
    if (expires_at) add_line(out, "expires", moment_text(*expires_at, value.server_time));
    add_line(out, "server clock", utc_text(value.server_time));
}

void add_good(std::string& out, const received_good_credential& good, const judged& value) {
    add_line(out, "good",
             "for another " + duration_text(good.remaining) + ", minted by key " +
                 printable(good.key_id));
    add_line(out, "form",
             good.dialect == rpc::dialect::turn_rest ? "TURN REST"
                                                     : "v" + std::to_string(good.token_version));
    add_times(out, good.issued_at, good.expires_at, value);
}

void add_refused(std::string& out, const received_refusal& refused, const judged& value) {
    add_line(out, "refused", reason_word(refused));
    add_line(out, "server says", printable(refused.words));
    add_times(out, refused.issued_at, refused.expires_at, value);
    if (refused.offset) {
        add_line(
            out, "offset",
            signed_duration_text(*refused.offset) + " (the server's clock minus the issue time)");
    }
    if (refused.clock_offset_setting != ticks{0}) {
        add_line(out, "clock offset",
                 signed_duration_text(refused.clock_offset_setting) +
                     " (the server's clock is moved on purpose)");
    }
}

void add_times_json(json_object& out, const std::optional<wall_time>& issued_at,
                    const std::optional<wall_time>& expires_at) {
    if (issued_at) out.add("issued", utc_text(*issued_at));
    if (expires_at) out.add("expires", utc_text(*expires_at));
}

}  // namespace

bool judged::good() const {
    return std::holds_alternative<received_good_credential>(verdict);
}

judged judge(const client::rpc_answer& answer) {
    judged value;
    value.server_time = answer.reply.read_at;
    value.received_at = answer.received_at;
    value.server_ahead = answer.server_ahead();
    if (const auto* refused = std::get_if<received_refusal>(&answer.reply.result)) {
        value.verdict = *refused;
    } else {
        value.verdict = std::get<rpc::received_verdicts>(answer.reply.result).at(0);
    }
    return value;
}

std::string verdict_text(const judged& value) {
    std::string out;
    if (const auto* good = std::get_if<received_good_credential>(&value.verdict)) {
        add_good(out, *good, value);
    } else {
        add_refused(out, std::get<received_refusal>(value.verdict), value);
    }
    if (const auto line = client::clocks_line(value.server_ahead)) out += *line + '\n';
    return out;
}

std::string verdict_json(const judged& value) {
    json_object out;
    out.add("good", value.good());
    if (const auto* good = std::get_if<received_good_credential>(&value.verdict)) {
        out.add("key_id", good->key_id);
        if (good->dialect) out.add("dialect", to_text(*good->dialect));
        out.add("version", std::int64_t{good->token_version});
        add_times_json(out, good->issued_at, good->expires_at);
        out.add("remaining_seconds", whole_seconds(good->remaining));
    } else {
        const auto& refused = std::get<received_refusal>(value.verdict);
        out.add("reason", reason_word(refused)).add("words", refused.words);
        add_times_json(out, refused.issued_at, refused.expires_at);
        if (refused.offset) out.add("offset_seconds", whole_seconds(*refused.offset));
        out.add("clock_offset_seconds", whole_seconds(refused.clock_offset_setting));
    }
    out.add("server_time", utc_text(value.server_time));
    out.add("server_ahead_seconds", measured_seconds(value.server_ahead));
    return out.text();
}

}  // namespace relayauth::cli
