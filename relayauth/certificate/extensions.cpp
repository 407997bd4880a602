#include "relayauth/certificate/extensions.hpp"

#include "relayauth/base/ascii.hpp"
#include "relayauth/certificate/name.hpp"

#include <openssl/asn1.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace relayauth::certificate {
namespace {

bool add(X509* certificate, int kind, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    const handle<X509_EXTENSION, X509_EXTENSION_free> extension(
        X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

// Letters, digits, `-` and `_`, and a `*` alone in the first label; not all digits and dots.
bool looks_like_dns_name(std::string_view name) {
    if (name.starts_with("*.")) name.remove_prefix(2);
    if (name.empty() || name.size() > 253 || name.front() == '.' || name.back() == '.')
        return false;
    bool has_letter = false;
    for (const char c : name) {
        if (!ascii::is_alnum(c) && c != '-' && c != '.' && c != '_') return false;
        has_letter = has_letter || ascii::is_alpha(c);
    }
    return has_letter && name.find("..") == std::string_view::npos;
}

std::string common_name_of(const X509* certificate) {
    const auto* subject = X509_get_subject_name(certificate);
    const int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
    if (at < 0) return {};
    const auto* value = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at));
    return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(value)),
            static_cast<std::size_t>(ASN1_STRING_length(value))};
}

// A common name of one label (`CN=alice`) is taken for a person's or a thing's.
std::vector<std::string> names_for(const X509* certificate, const create_request& request) {
    auto names = request.dns_names;
    const auto common = common_name_of(certificate);
    const bool has_dot = common.find('.') != std::string::npos || common == "localhost";
    if (has_dot && looks_like_dns_name(common) &&
        std::find(names.begin(), names.end(), common) == names.end()) {
        names.insert(names.begin(), common);
    }
    return names;
}

// Built by hand and not from OpenSSL's configuration text, where a comma in a name would begin
// another name.
GENERAL_NAME* general_name(const std::string& name) {
    handle<GENERAL_NAME, GENERAL_NAME_free> made(GENERAL_NAME_new());
    if (!made) return nullptr;
    if (auto* address = a2i_IPADDRESS(name.c_str())) {
        GENERAL_NAME_set0_value(made.get(), GEN_IPADD, address);
        return made.release();
    }
    ASN1_IA5STRING* text = looks_like_dns_name(name) ? ASN1_IA5STRING_new() : nullptr;
    if (!text) return nullptr;
    GENERAL_NAME_set0_value(made.get(), GEN_DNS, text);
    const bool good = ASN1_STRING_set(text, name.data(), static_cast<int>(name.size())) == 1;
    return good ? made.release() : nullptr;
}

std::optional<failure> add_names(X509* certificate, const create_request& request) {
    const auto names = names_for(certificate, request);
    if (names.empty()) return std::nullopt;
    const handle<GENERAL_NAMES, GENERAL_NAMES_free> stack(GENERAL_NAMES_new());
    for (const auto& name : names) {
        auto* one = stack ? general_name(name) : nullptr;
        if (!one) {
            return failure{errc::not_a_name, "'" + quotable(name) +
                                                 "' is not a DNS name or an IP address; write an "
                                                 "international name in its xn-- form"};
        }
        sk_GENERAL_NAME_push(stack.get(), one);
    }
    // RFC 5280 4.2.1.6: critical where the subject is empty.
    const int critical = X509_NAME_entry_count(X509_get_subject_name(certificate)) == 0 ? 1 : 0;
    if (X509_add1_ext_i2d(certificate, NID_subject_alt_name, stack.get(), critical,
                          X509V3_ADD_DEFAULT) != 1) {
        return failure{errc::crypto_unavailable, "OpenSSL could not add the names; try again"};
    }
    return std::nullopt;
}

std::optional<failure> add_usages(X509* certificate, int kind,
                                  const std::vector<std::string>& usages) {
    std::string value = kind == NID_key_usage ? "critical" : "";
    for (const auto& usage : usages) {
        const bool plain = !usage.empty() && std::all_of(usage.begin(), usage.end(), [](char c) {
            return ascii::is_alnum(c) || c == '.';
        });
        if (!plain)
            return failure{errc::not_a_usage, "'" + quotable(usage) + "' is not a key usage"};
        value += (value.empty() ? "" : ",") + usage;
    }
    if (usages.empty() || add(certificate, kind, value)) return std::nullopt;
    return failure{errc::not_a_usage, "OpenSSL does not know one of the key usages in '" +
                                          quotable(value) +
                                          "'; digitalSignature is one, serverAuth an extended one"};
}

// Only RSA can encrypt a key (RFC 5280 4.2.1.3).
std::vector<std::string> usual_key_usage(const X509* certificate) {
    if (EVP_PKEY_get_base_id(X509_get0_pubkey(certificate)) == EVP_PKEY_RSA) {
        return {"digitalSignature", "keyEncipherment"};
    }
    return {"digitalSignature"};
}

}  // namespace

std::optional<failure> add_extensions(x509_st* certificate, const create_request& request) {
    if (!add(certificate, NID_basic_constraints, "critical,CA:FALSE") ||
        !add(certificate, NID_subject_key_identifier, "hash")) {
        return failure{errc::crypto_unavailable, "OpenSSL could not add extensions; try again"};
    }
    if (auto wrong = add_names(certificate, request)) return wrong;
    const auto usage = request.key_usage.empty() ? usual_key_usage(certificate) : request.key_usage;
    if (auto wrong = add_usages(certificate, NID_key_usage, usage)) return wrong;
    return add_usages(certificate, NID_ext_key_usage, request.extended_key_usage);
}

}  // namespace relayauth::certificate
