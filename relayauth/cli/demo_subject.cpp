#include "relayauth/cli/demo_table.hpp"
#include "relayauth/cli/experiments.hpp"

#include <ostream>

namespace relayauth::cli {
namespace {

struct specimen {
    const char* label;
    const char* subject;
    std::vector<std::string> key_usage = {};
    std::vector<std::string> extended_key_usage = {"serverAuth", "clientAuth"};
};

const std::vector<specimen>& specimens() {
    static const std::vector<specimen> all = {
        {"the public A/V FQDN", "CN=av.example.com"},
        {"the internal FQDN", "CN=edge01.corp.example.test"},
        {"gobblygook", "CN=gobblygook.confusedamused.com"},
        {"an empty subject", ""},
        {"non-ASCII, wrong key usage",
         "CN=Prüfstück № 5,O=Кто угодно",
         {"cRLSign"},
         {"codeSigning"}},
        {"a wildcard", "CN=*.example.com"},
    };
    return all;
}

certificate::create_request request_for(const specimen& each) {
    certificate::create_request wanted;
    wanted.subject = each.subject;
    wanted.kind = certificate::key_kind::p256;
    wanted.key_usage = each.key_usage;
    wanted.extended_key_usage = each.extended_key_usage;
    return wanted;
}

// minted_with starts a server with these keys, and takes one credential from it.
mras::received_credentials minted_with(demo_lab& lab, const std::string& name,
                                       const key_files& keys, const key_files& tls) {
    const server_process mint(lab, name + "-mint", keys, tls);
    return mint.mint("sip:alice@example.com");
}

rpc::received_verdict judged_by(demo_lab& lab, const std::string& name, const key_files& keys,
                                const key_files& tls,
                                const mras::received_credentials& credentials) {
    const server_process judge(lab, name, keys, tls);
    return judge.validate(credentials);
}

}  // namespace

bool demo_subject(std::ostream& out, demo_lab& lab) {
    out << "Subject: the name in the A/V authentication certificate does not matter, its private "
           "key does.\n"
           "Each credential is minted over SIP and TLS by one process and judged over rpc by "
           "another, which\n"
           "has the same key under the subject CN=verifier and never saw the mint; then again "
           "after a restart.\n\n";
    const auto tls = lab.make_certificate("tls", request_for({"", "CN=localhost"}));
    demo_table table(
        out, {{"minted with", 30}, {"judged by", 32}, {"verdict", 14}, {"after restart", 15}});

    for (std::size_t i = 0; i < specimens().size(); ++i) {
        const auto& each = specimens()[i];
        const auto name = "subject" + std::to_string(i);
        const auto keys = lab.make_certificate(name, request_for(each));
        const auto verifier = lab.reissue(name + "-verifier", keys, "CN=verifier");
        const auto credentials = minted_with(lab, name, keys, tls);
        const auto first = judged_by(lab, name + "-judge", verifier, tls, credentials);
        const auto again = judged_by(lab, name + "-again", verifier, tls, credentials);
        const bool right = name_of(first) == "good" && name_of(again) == "good";
        table.add({each.label, "same key, CN=verifier", name_of(first), name_of(again)}, right,
                  words_of(first));
    }

    const auto one = lab.make_certificate("one", request_for({"", "CN=before.example.com"}));
    const auto renamed = lab.reissue("renamed", one, "CN=after.example.com");
    const auto other = lab.make_certificate("other", request_for({"", "CN=before.example.com"}));
    const auto from_one = minted_with(lab, "one", one, tls);
    const auto from_renamed = minted_with(lab, "renamed", renamed, tls);
    const auto judge = [&](const char* minted, const char* by, const key_files& keys,
                           const mras::received_credentials& credentials, const char* must_be) {
        const auto first =
            judged_by(lab, std::string(by) + "-judge" + minted, keys, tls, credentials);
        const auto again =
            judged_by(lab, std::string(by) + "-again" + minted, keys, tls, credentials);
        table.add({minted, by, name_of(first), name_of(again)},
                  name_of(first) == must_be && name_of(again) == must_be, words_of(first));
    };
    judge("CN=before", "same key as CN=after", renamed, from_one, "good");
    judge("CN=after", "same key as CN=before", one, from_renamed, "good");
    judge("CN=before", "another key, same subject", other, from_one, "unknown_key");
    out << "\n";
    return table.all_as_they_must_be();
}

}  // namespace relayauth::cli
