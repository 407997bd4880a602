#include "relayauth/cli/keys_choice.hpp"

#include "relayauth/verify/key_file.hpp"

#include <algorithm>

namespace relayauth::cli {
namespace {

std::string turn_rest_problem(const keys_choice& chosen) {
    if (chosen.certificates.size() > 1) {
        return "--purpose turn-rest takes one --certificate: a relay's shared secret is of one "
               "key; "
               "export the older one's by itself";
    }
    if (chosen.realms.empty()) {
        return "--purpose turn-rest needs --realm R: each realm has a secret of its own; R is the "
               "relay's realm (coturn: realm=R)";
    }
    if (chosen.realms.size() > 1) {
        return "--purpose turn-rest takes one --realm: export each realm's secret by itself";
    }
    return {};
}

std::string verify_problem(const keys_choice& chosen) {
    if (chosen.out.empty()) {
        return "--purpose verify needs --out FILE: a new file that only its owner can read, since "
               "who holds it can mint";
    }
    return {};
}

// Elsewhere `-` is standard output; here it would be a file of that name.
std::string out_words(const keys_choice& chosen) {
    if (chosen.out != "-") return {};
    if (chosen.purpose == purpose_turn_rest) {
        return "--out - is no file: leave --out away and the secret is printed";
    }
    return "--out - is no file: a key file is not printed, it goes into a new file that only its "
           "owner can read";
}

std::string realm_words(const std::vector<std::string>& realms) {
    for (const auto& each : realms) {
        if (const auto wrong = verify::realm_problem(each)) {
            return "--realm: " + std::string(verify::to_text(*wrong));
        }
        if (std::count(realms.begin(), realms.end(), each) > 1) {
            return "--realm " + each + " is there twice: name it once";
        }
    }
    return {};
}

}  // namespace

std::string problem_of(const keys_choice& chosen) {
    const bool turn_rest = chosen.purpose == purpose_turn_rest;
    if (!turn_rest && chosen.purpose != purpose_verify) {
        return "--purpose is turn-rest (the shared secret of coturn, pion, eturnal or LiveKit) or "
               "verify (the key file of a relay that links our verifier)";
    }
    if (chosen.certificates.empty()) {
        return "--certificate F is needed: the A/V authentication certificate whose key mints";
    }
    if (chosen.keys.size() > chosen.certificates.size()) return more_keys_than_certificates;
    auto problem = turn_rest ? turn_rest_problem(chosen) : verify_problem(chosen);
    if (problem.empty()) problem = out_words(chosen);
    return problem.empty() ? realm_words(chosen.realms) : problem;
}

}  // namespace relayauth::cli
