#include "relayauth/cli/explanation_text.hpp"

#include "relayauth/base/hex.hpp"
#include "relayauth/base/json.hpp"
#include "relayauth/base/printable.hpp"
#include "relayauth/base/time_text.hpp"
#include "relayauth/cli/lines.hpp"
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

std::string file_text(std::string_view file) {
    return file.empty() ? "" : " of " + printable(file);
}

std::string signer_text(const tried_key& signer) {
    auto text = "by key " + signer.id + file_text(signer.file);
    if (!signer.verifies_until) return text;
    const auto until = utc_text(*signer.verifies_until);
    if (signer.retired) return text + ", which verifies nothing any more since " + until;
    return text + ", which verifies until " + until;
}

std::string signature_text(const explanation& told) {
    if (!told.signature_checked()) {
        if (!told.certificate_files.empty()) {
            return "not checked: " + printable(told.certificate_files.front()) +
                   " holds no private key (give --key F)";
        }
        return "nobody checked it (give --certificate F and --key F)";
    }
    if (told.signer) return signer_text(told.tried_keys[*told.signer]);
    std::string text = "NOT";
    for (const auto& each : told.tried_keys) {
        text += (&each == &told.tried_keys.front() ? " by key " : ", nor by key ") + each.id +
                file_text(each.file);
    }
    return text + ": by another key, or altered";
}

// A TURN REST name has no signature, so a certificate adds nothing; who gave one must know why.
std::string proof_text(const explanation& told) {
    std::string text = "none: ";
    if (!told.certificate_files.empty()) {
        text += "--certificate cannot tell whose name it is; ";
    }
    return text +
           "only its password proves that it was minted (relayauth validate USERNAME PASSWORD)";
}

std::string identity_text(const rest_claims& claimed) {
    if (claimed.spelled.empty()) return "none, the name is its expiry alone";
    const auto spelled = printable(claimed.spelled);
    if (!claimed.identity) return spelled + " (begins with =, but is not base64url)";
    const auto identity = printable(*claimed.identity);
    return identity == spelled ? identity : identity + " (spelled " + spelled + ")";
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

void add_token(std::string& out, const explanation& told, wall_time now) {
    const auto& claimed = *told.claimed;
    const auto issued = told.verdict.issued_at();
    add_line(out, "form", form_text(claimed));
    if (issued) add_line(out, "issued", full_moment(*issued, now));
    add_line(out, "expires", full_moment(claimed.expires_at, now));
    if (claimed.lifetime) add_line(out, "lifetime", duration_text(*claimed.lifetime));
    add_line(out, "client id", client_text(claimed) + " (a keyed hash of the identity)");
    add_line(out, "signature", signature_text(told));
}

void add_rest_name(std::string& out, const explanation& told, wall_time now) {
    add_line(out, "form", "TURN REST: does not say when it was issued");
    add_line(out, "expires", full_moment(*told.verdict.expires_at(), now));
    add_line(out, "identity", identity_text(*told.rest_name));
    add_line(out, "signature", proof_text(told));
}

void add_claims_json(json_object& out, const explanation& told) {
    const auto issued = told.verdict.issued_at();
    const auto expires = told.verdict.expires_at();
    if (told.claimed) out.add("version", std::int64_t{static_cast<int>(told.claimed->version)});
    if (issued) out.add("issued", utc_text(*issued));
    if (expires) out.add("expires", utc_text(*expires));
    if (told.claimed) {
        if (told.claimed->lifetime) {
            out.add("lifetime_seconds", std::int64_t{told.claimed->lifetime->count()});
        }
        out.add("client_id", client_text(*told.claimed));
    }
    if (told.rest_name && !told.rest_name->spelled.empty()) {
        const auto& identity = told.rest_name->identity;
        if (identity) {
            out.add("identity", *identity);
        } else {
            out.add_raw("identity", "null");
        }
    }
}

}  // namespace

std::string explanation_text(const explanation& told, wall_time now) {
    if (!told.not_a_credential.empty()) return "not a credential: " + told.not_a_credential + "\n";
    std::string out;
    if (told.rest_name) {
        add_rest_name(out, told, now);
    } else {
        add_token(out, told, now);
    }
    if (told.verdict.server_time != now) {
        add_line(out, "as of", moment_text(told.verdict.server_time, now));
    }
    add_line(out, "assumed", limits_text(told.assumed));
    add_line(out, "verdict", verdict_words(told));
    return out;
}

std::string explanation_json(const explanation& told) {
    json_object out;
    out.add("credential", told.not_a_credential.empty());
    if (told.claimed || told.verdict.dialect == credential::dialect::turn_rest) {
        out.add("dialect", to_text(told.verdict.dialect));
    }
    add_claims_json(out, told);
    out.add("signature_checked", told.signature_checked());
    if (told.signer) {
        const auto& signer = told.tried_keys[*told.signer];
        out.add("key_id", signer.id).add("key_retired", signer.retired);
    }
    out.add("at", utc_text(told.verdict.server_time));
    out.add_raw("assumed", limits_json(told.assumed));
    if (told.verdict.refused) {
        out.add("good", false).add("reason", to_text(*told.verdict.refused));
    } else if (told.signature_checked()) {
        out.add("good", true);
    } else {
        out.add_raw("good", "null");
    }
    const bool credential = told.not_a_credential.empty();
    out.add("words", credential ? words(told.verdict, ticks{0}) : told.not_a_credential);
    return out.text();
}

}  // namespace relayauth::cli
