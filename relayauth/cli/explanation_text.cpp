#include "relayauth/cli/explanation_text.hpp"

#include "relayauth/base/hex.hpp"
#include "relayauth/base/time_text.hpp"
#include "relayauth/cli/json.hpp"
#include "relayauth/cli/lines.hpp"
#include "relayauth/cli/printable.hpp"
#include "relayauth/credential/words.hpp"

#include <array>
#include <charconv>
#include <chrono>

namespace relayauth::cli {
namespace {

constexpr std::size_t shown_client_octets = 4;  // as in the server's log

std::string form_text(const token::fields& claimed) {
    if (claimed.version == token::version::v1) return "v1: does not say when it was issued";
    if (!claimed.lifetime) return "v2, lifetime not given: does not say when it was issued";
    return "v2, with its lifetime";
}

std::string client_text(const token::fields& claimed) {
    return to_hex(bytes_view(claimed.client).first(shown_client_octets));
}

std::string full_moment(wall_time t, wall_time now) {
    auto text = moment_text(t, now);
    if (const auto local = local_text(t); !local.empty()) text += ", here " + local;
    return text;
}

std::string signature_text(const explanation& told) {
    const auto source = told.key_source.empty() ? "" : " of " + printable(told.key_source);
    if (!told.signature_checked()) {
        if (!source.empty()) {
            return "not checked:" + source.substr(3) + " holds no private key (give --key F)";
        }
        return "nobody checked it (give --certificate F and --key F)";
    }
    if (told.signed_by_tried_key()) return "by key " + told.tried_key + source;
    return "NOT by key " + told.tried_key + source + ": by another key, or altered";
}

std::string verdict_words(const explanation& told) {
    const auto& verdict = told.verdict;
    auto text = told.signature_checked() ? std::string() : std::string("by its times alone, ");
    if (verdict.refused) text += "refused as " + std::string(to_text(*verdict.refused)) + ": ";
    text += words(verdict, ticks{0});
    return text;
}

std::string limits_text(const validity_limits& limits) {
    return "tolerance " + duration_text(limits.tolerance) + ", expiry grace " +
           duration_text(limits.expiry_grace) + ", accepted lifetime " +
           duration_text(limits.accept_lifetime) + " (what the server is set to may differ)";
}

// The shortest number that is exactly this many seconds: `300`, `0.25`.
std::string seconds_number(ticks span) {
    std::array<char, 32> text{};
    const double seconds =
        static_cast<double>(span.count()) / ticks(std::chrono::seconds(1)).count();
    const auto end = std::to_chars(text.data(), text.data() + text.size(), seconds).ptr;
    return {text.data(), end};
}

std::string limits_json(const validity_limits& limits) {
    json_object out;
    out.add_raw("clock_tolerance_seconds", seconds_number(limits.tolerance));
    out.add_raw("expiry_grace_seconds", seconds_number(limits.expiry_grace));
    out.add_raw("accept_lifetime_seconds", seconds_number(limits.accept_lifetime));
    return out.text();
}

}  // namespace

std::string explanation_text(const explanation& told, wall_time now) {
    if (!told.claimed) return "not a credential: " + told.not_a_credential + "\n";
    const auto& claimed = *told.claimed;
    const auto issued = told.verdict.issued_at();
    std::string out;
    add_line(out, "form", form_text(claimed));
    if (issued) add_line(out, "issued", full_moment(*issued, now));
    add_line(out, "expires", full_moment(claimed.expires_at, now));
    if (claimed.lifetime) add_line(out, "lifetime", duration_text(*claimed.lifetime));
    add_line(out, "client id", client_text(claimed) + " (a keyed hash of the identity)");
    add_line(out, "signature", signature_text(told));
    if (told.verdict.server_time != now) {
        add_line(out, "as of", moment_text(told.verdict.server_time, now));
    }
    add_line(out, "assumed", limits_text(told.assumed));
    add_line(out, "verdict", verdict_words(told));
    return out;
}

std::string explanation_json(const explanation& told) {
    json_object out;
    out.add("credential", told.claimed.has_value());
    if (told.claimed) {
        out.add("version", std::int64_t{static_cast<int>(told.claimed->version)});
        if (const auto issued = told.verdict.issued_at()) out.add("issued", utc_text(*issued));
        out.add("expires", utc_text(told.claimed->expires_at));
        if (told.claimed->lifetime) {
            out.add("lifetime_seconds", std::int64_t{told.claimed->lifetime->count()});
        }
        out.add("client_id", client_text(*told.claimed));
    }
    out.add("signature_checked", told.signature_checked());
    if (told.signed_by_tried_key()) out.add("key_id", told.tried_key);
    out.add("at", utc_text(told.verdict.server_time));
    out.add_raw("assumed", limits_json(told.assumed));
    if (told.verdict.refused) {
        out.add("good", false).add("reason", to_text(*told.verdict.refused));
    } else if (told.signature_checked()) {
        out.add("good", true);
    } else {
        out.add_raw("good", "null");
    }
    out.add("words", told.claimed ? words(told.verdict, ticks{0}) : told.not_a_credential);
    return out.text();
}

}  // namespace relayauth::cli
