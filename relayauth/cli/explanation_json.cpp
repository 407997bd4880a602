#include "relayauth/cli/explanation_json.hpp"

#include "relayauth/base/hex.hpp"
#include "relayauth/base/json.hpp"
#include "relayauth/base/time_text.hpp"
#include "relayauth/cli/lines.hpp"

#include <array>
#include <charconv>
#include <chrono>
#include <vector>

namespace relayauth::cli {
namespace {

using credential::explanation;
using credential::reading;

constexpr std::size_t shown_client_octets = 4;  // as in the server's log

// The shortest number that is exactly this many seconds: `300`, `0.25`.
std::string seconds_number(ticks span) {
    std::array<char, 32> text{};
    const double seconds =
        static_cast<double>(span.count()) / ticks(std::chrono::seconds(1)).count();
    const auto end = std::to_chars(text.data(), text.data() + text.size(), seconds).ptr;
    return {text.data(), end};
}

std::int64_t whole_seconds(ticks span) {
    return std::chrono::floor<std::chrono::seconds>(span).count();
}

std::string limits_json(const validity_limits& limits) {
    json_object out;
    out.add_raw("clock_tolerance_seconds", seconds_number(limits.tolerance));
    out.add_raw("expiry_grace_seconds", seconds_number(limits.expiry_grace));
    out.add_raw("accept_lifetime_seconds", seconds_number(limits.accept_lifetime));
    return out.text();
}

// Exact where ticks would not hold the span: an expiry may be 30,000 years away.
std::int64_t whole_seconds_from(wall_time now, wall_time t) {
    constexpr std::uint64_t second = ticks(std::chrono::seconds(1)).count();
    if (t >= now) return static_cast<std::int64_t>((t.filetime() - now.filetime()) / second);
    const auto ago = now.filetime() - t.filetime();
    return -static_cast<std::int64_t>(ago / second + (ago % second != 0));
}

void add_moment(json_object& out, const std::string& name, std::optional<wall_time> t,
                wall_time now) {
    if (!t) return;
    out.add(name, utc_text(*t));
    out.add(name + "_in_seconds", whole_seconds_from(now, *t));
}

void add_claims(json_object& out, const credential::form& said, wall_time now) {
    if (said.claimed) out.add("version", std::int64_t{static_cast<int>(said.claimed->version)});
    if (said.window) {
        add_moment(out, "issued", said.window->issued_at, now);
        add_moment(out, "expires", said.window->expires_at, now);
    }
    if (said.claimed) {
        if (said.claimed->lifetime) {
            out.add("lifetime_seconds", std::int64_t{said.claimed->lifetime->count()});
        }
        out.add("client_id", to_hex(bytes_view(said.claimed->client).first(shown_client_octets)));
    }
    if (said.rest_name && !said.rest_name->spelled.empty()) {
        if (said.rest_name->identity) {
            out.add("identity", *said.rest_name->identity);
        } else {
            out.add_raw("identity", "null");
        }
    }
}

void add_verdict(json_object& out, const credential::judged& verdict, bool checked) {
    out.add("at", utc_text(verdict.at));
    if (verdict.refused) {
        out.add("good", false).add("reason", to_text(*verdict.refused));
    } else if (checked) {
        out.add("good", true);
    } else {
        out.add_raw("good", "null");
    }
    out.add("words", verdict.words);
}

// The keys that were held against it, none of which made it.
void add_keys_tried(json_object& out, const reading& read, const explanation& told) {
    if (!read.checked || read.signer) return;
    std::vector<std::string> ids;
    for (const auto& each : told.keys) ids.push_back(json_text(each.id));
    out.add_raw("keys_tried", json_array(ids));
}

void add_binding(json_object& out, std::string_view name, std::optional<bool> fits, bool given) {
    if (fits) {
        out.add(name, *fits);
    } else if (given) {
        out.add_raw(name, "null");
    }
}

void add_reading(json_object& out, const reading& read, const explanation& told,
                 const explanation_setting& setting) {
    const auto now = setting.now;
    out.add("credential", read.said.is_credential());
    if (read.said.is_credential() || read.said.dialect == credential::dialect::turn_rest) {
        out.add("dialect", to_text(read.said.dialect));
    }
    add_claims(out, read.said, now);
    out.add("signature_checked", read.checked);
    if (read.signer) {
        const auto& signer = told.keys.at(*read.signer);
        out.add("key_id", signer.id).add("key_retired", signer.retired);
    }
    add_keys_tried(out, read, told);
    const bool whole = read.said.is_credential();
    add_binding(out, "identity_fits", read.identity_fits, whole && setting.identity_given);
    add_binding(out, "password_fits", read.password_fits, whole && setting.password_given);
    if (read.has_acceptance()) {
        add_moment(out, "accepted_from", read.opens_at, now);
        add_moment(out, "accepted_until", read.closes_at, now);
    }
    add_verdict(out, read.verdict, read.checked);
    if (read.meanwhile) {
        json_object meanwhile;
        add_verdict(meanwhile, *read.meanwhile, read.checked);
        out.add_raw("now", meanwhile.text());
    }
}

}  // namespace

std::string explanation_json(const explanation& told, const explanation_setting& setting) {
    json_object out;
    add_reading(out, told.as_given, told, setting);
    std::vector<std::string> mistakes;
    for (const auto& each : told.mistakes) {
        mistakes.push_back(json_object().add("name", each.name).add("words", each.words).text());
    }
    if (!mistakes.empty()) out.add_raw("mistakes", json_array(mistakes));
    if (told.mended) {
        json_object mended;
        mended.add("username", told.mended->username);
        add_reading(mended, told.mended->read, told, setting);
        out.add_raw("mended", mended.text());
    }
    out.add_raw("assumed", limits_json(told.assumed));
    if (setting.server_ahead) {
        out.add("clock_offset_seconds", whole_seconds(told.clock_offset));
        out.add("server_time", utc_text(setting.now));
        out.add("server_ahead_seconds", measured_seconds(*setting.server_ahead));
    }
    return out.text();
}

}  // namespace relayauth::cli
