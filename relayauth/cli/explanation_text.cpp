#include "relayauth/cli/explanation_text.hpp"

#include "relayauth/base/hex.hpp"
#include "relayauth/base/printable.hpp"
#include "relayauth/base/time_text.hpp"
#include "relayauth/cli/lines.hpp"
#include "relayauth/client/clock_difference.hpp"

namespace relayauth::cli {
namespace {

using credential::explanation;
using credential::reading;
using setting = explanation_setting;

constexpr std::size_t shown_client_octets = 4;  // as in the server's log

std::string form_text(const token::fields& claimed) {
    if (claimed.version == token::version::v1) return "v1: does not say when it was issued";
    if (!claimed.lifetime) return "v2, lifetime not given: does not say when it was issued";
    return "v2, with its lifetime";
}

std::string full_moment(wall_time t, wall_time now) {
    auto text = moment_text(t, now);
    if (const auto local = local_text(t); !local.empty()) text += ", here " + local;
    return text;
}

// key_text names a key, and of the command line's keys the file too.
std::string key_text(const explanation& told, std::size_t place, const setting& how) {
    auto text = printable(told.keys[place].id);
    if (place < how.certificate_files.size() && !how.certificate_files[place].empty()) {
        text += " of " + printable(how.certificate_files[place]);
    }
    return text;
}

std::string signer_text(const explanation& told, std::size_t place, const setting& how) {
    const auto& signer = told.keys[place];
    const auto text = "key " + key_text(told, place, how);
    if (!signer.verifies_until) return text;
    const auto until = utc_text(*signer.verifies_until);
    if (signer.retired) return text + ", which verifies nothing any more since " + until;
    return text + ", which verifies until " + until;
}

// no_signer_text is `NOT by key A, nor by key B` with `by` as the word that joins.
std::string no_signer_text(const explanation& told, const std::string& by, const setting& how) {
    std::string text = "NOT";
    for (std::size_t i = 0; i < told.keys.size(); ++i) {
        text += (i == 0 ? " " : ", nor ") + by + " key " + key_text(told, i, how);
    }
    return text;
}

std::string signature_text(const explanation& told, const reading& read, const setting& how) {
    if (!read.checked) {
        if (how.server_ahead) return "not checked: the server holds no key";
        if (!how.certificate_files.empty()) {
            return "not checked: " + printable(how.certificate_files.front()) +
                   " holds no private key (give --key F)";
        }
        return "nobody checked it (give --certificate F and --key F, or --server HOST:PORT)";
    }
    if (read.signer) return "by " + signer_text(told, *read.signer, how);
    return no_signer_text(told, "by", how) + ": by another key, or altered";
}

// Of a TURN REST name, which nothing signs, a certificate alone proves nothing; who gave one must
// know why.
std::string proof_text(const explanation& told, const reading& read, const setting& how) {
    if (!read.checked) {
        std::string text = "none: ";
        if (!told.keys.empty()) text += "a key alone cannot tell whose name it is; ";
        text += "only its password proves that it was minted (give PASSWORD";
        return text + (how.server_ahead ? ")" : " with --certificate F and --realm R)");
    }
    if (!read.signer) {
        return "none; its password is " + no_signer_text(told, "that of", how) +
               ": another key's or secret's, another realm's, or wrong";
    }
    return "none; its password is that of " + signer_text(told, *read.signer, how);
}

std::string rest_identity_text(const credential::rest_claims& claimed) {
    if (claimed.spelled.empty()) return "none, the name is its expiry alone";
    const auto spelled = printable(claimed.spelled);
    if (!claimed.identity) return spelled + " (begins with =, but is not base64url)";
    const auto identity = printable(*claimed.identity);
    return identity == spelled ? identity : identity + " (spelled " + spelled + ")";
}

std::string verdict_text(const credential::judged& verdict, bool checked) {
    auto text = checked ? std::string() : std::string("by its times alone, ");
    if (verdict.refused) text += "refused as " + std::string(to_text(*verdict.refused)) + ": ";
    return text + printable(verdict.words);
}

std::string limits_text(const validity_limits& limits, const setting& how) {
    return "tolerance " + duration_text(limits.tolerance) + ", expiry grace " +
           duration_text(limits.expiry_grace) + ", accepted lifetime " +
           duration_text(limits.accept_lifetime) +
           (how.server_ahead ? " (the server's settings)"
                             : " (what the server is set to may differ)");
}

void add_claims(std::string& out, const explanation& told, const reading& read,
                const setting& how) {
    const auto& said = read.said;
    const auto expires = full_moment(said.window->expires_at, how.now);
    if (said.rest_name) {
        add_line(out, "form", "TURN REST: does not say when it was issued");
        add_line(out, "expires", expires);
        add_line(out, "identity", rest_identity_text(*said.rest_name));
        add_line(out, "signature", proof_text(told, read, how));
        return;
    }
    const auto& claimed = *said.claimed;
    add_line(out, "form", form_text(claimed));
    if (const auto issued = said.window->issued_at) {
        add_line(out, "issued", full_moment(*issued, how.now));
    }
    add_line(out, "expires", expires);
    if (claimed.lifetime) add_line(out, "lifetime", duration_text(*claimed.lifetime));
    add_line(out, "client id",
             to_hex(bytes_view(claimed.client).first(shown_client_octets)) +
                 " (a keyed hash of the identity)");
    add_line(out, "signature", signature_text(told, read, how));
}

// unchecked_text says why nobody held a password or identity against the username.
std::string unchecked_text(const reading& read, const setting& how) {
    const std::string begin = "not checked: ";
    if (read.said.rest_name) {
        return begin + (how.server_ahead
                            ? "the server holds no TURN REST secret (see its --realm)"
                            : "it takes the key and realm that it was made for (give "
                              "--certificate F, --key F and --realm R, or --server HOST:PORT)");
    }
    if (read.checked) return begin + "only the key that signed the username can tell";
    if (how.server_ahead) return begin + "the server holds no key";
    return begin +
           "only the key that signed the username can tell (give --certificate F and "
           "--key F, or --server HOST:PORT)";
}

void add_bindings(std::string& out, const reading& read, const setting& how) {
    if (read.identity_fits) {
        add_line(out, "minted for",
                 *read.identity_fits ? "that --identity" : "ANOTHER identity than --identity");
    } else if (how.identity_given) {
        add_line(out, "minted for", unchecked_text(read, how));
    }
    if (read.password_fits) {
        add_line(out, "password", *read.password_fits ? "its own" : "NOT its own");
    } else if (how.password_given) {
        add_line(out, "password", unchecked_text(read, how));
    }
}

void add_acceptance(std::string& out, const reading& read, const setting& how) {
    if (!read.has_acceptance()) return add_line(out, "accepted", "by no clock");
    add_line(out, "accepted", "from " + full_moment(*read.opens_at, how.now));
    add_line(out, "until", full_moment(*read.closes_at, how.now));
}

void add_reading(std::string& out, const explanation& told, const reading& read,
                 const setting& how) {
    add_claims(out, told, read, how);
    add_bindings(out, read, how);
    add_acceptance(out, read, how);
    if (read.meanwhile) add_line(out, "now", verdict_text(*read.meanwhile, read.checked));
    if (read.verdict.at != how.now) add_line(out, "as of", full_moment(read.verdict.at, how.now));
    add_line(out, "verdict", verdict_text(read.verdict, read.checked));
}

}  // namespace

std::string explanation_text(const explanation& told, const setting& how) {
    std::string out;
    if (told.as_given.said.is_credential()) {
        add_reading(out, told, told.as_given, how);
    } else {
        out += "not a credential of either dialect: " +
               printable(told.as_given.said.not_a_credential) + '\n';
    }
    for (const auto& each : told.mistakes) add_line(out, "looks like", printable(each.words));
    if (told.mended) {
        add_line(out, "mended", printable(told.mended->username));
        add_reading(out, told, told.mended->read, how);
    }
    if (told.as_given.said.is_credential() || told.mended) {
        add_line(out, "assumed", limits_text(told.assumed, how));
    }
    if (how.server_ahead) {
        add_line(out, "server clock", utc_text(how.now));
        if (const auto line = client::clocks_line(*how.server_ahead)) out += *line + '\n';
    }
    return out;
}

}  // namespace relayauth::cli
