#include "relayauth/certificate/x509_facts.hpp"

#include "relayauth/base/hex.hpp"
#include "relayauth/base/utf8.hpp"
#include "relayauth/certificate/key.hpp"
#include "relayauth/certificate/name.hpp"
#include "relayauth/crypto/sha256.hpp"

#include <openssl/asn1.h>
#include <openssl/objects.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <optional>

namespace relayauth::certificate {
namespace {

bytes_view octets_of(const ASN1_STRING* string) {
    return {ASN1_STRING_get0_data(string), static_cast<std::size_t>(ASN1_STRING_length(string))};
}

// Years 0 to 9999 (RFC 5280 4.1.2.5.2) without time_t, which need not hold them.
std::optional<wall_time> time_of(const ASN1_TIME* time) {
    std::tm at{};
    if (!time || ASN1_TIME_to_tm(time, &at) != 1) return std::nullopt;
    using namespace std::chrono;
    const year_month_day date{year{at.tm_year + 1900}, month{static_cast<unsigned>(at.tm_mon + 1)},
                              day{static_cast<unsigned>(at.tm_mday)}};
    if (!date.ok()) return std::nullopt;
    return wall_time::from_unix(sys_days(date).time_since_epoch() + hours{at.tm_hour} +
                                minutes{at.tm_min} + seconds{at.tm_sec});
}

// shown keeps visible ASCII; anything else in an IA5String has no business there and is escaped.
std::string shown(bytes_view text) {
    std::string out;
    for (const auto octet : text) {
        if (octet > 0x20 && octet < 0x7F && octet != '\\') {
            out += static_cast<char>(octet);
        } else {
            out += "\\" + to_hex({&octet, 1});
        }
    }
    return out;
}

// RFC 5952: lower-case hex without leading zeros, the first longest run of zero groups as `::`.
std::string ipv6_text(bytes_view address) {
    std::size_t best = 8, longest = 1;
    for (std::size_t from = 0; from < 8; ++from) {
        std::size_t to = from;
        while (to < 8 && load_be16(&address[2 * to]) == 0) ++to;
        if (to - from > longest) {
            best = from;
            longest = to - from;
        }
    }
    std::string out;
    for (std::size_t group = 0; group < 8; ++group) {
        if (group == best) {
            out += "::";
            group += longest - 1;
            continue;
        }
        if (!out.empty() && out.back() != ':') out += ':';
        char digits[5];
        std::snprintf(digits, sizeof digits, "%x", load_be16(&address[2 * group]));
        out += digits;
    }
    return out;
}

std::string address_text(bytes_view address) {
    if (address.size() == 16) return ipv6_text(address);
    if (address.size() != 4) return "#" + to_hex(address);
    std::string out;
    for (const auto octet : address) out += (out.empty() ? "" : ".") + std::to_string(octet);
    return out;
}

std::string oid_text(const ASN1_OBJECT* id) {
    char text[128];
    const int size = OBJ_obj2txt(text, sizeof text, id, 1);
    return size > 0 ? text : "unknown";
}

std::string general_name_text(const GENERAL_NAME* name) {
    switch (name->type) {
        case GEN_DNS:
            return "DNS:" + shown(octets_of(name->d.dNSName));
        case GEN_IPADD:
            return "IP:" + address_text(octets_of(name->d.iPAddress));
        case GEN_EMAIL:
            return "email:" + shown(octets_of(name->d.rfc822Name));
        case GEN_URI:
            return "URI:" + shown(octets_of(name->d.uniformResourceIdentifier));
        case GEN_DIRNAME:
            return "dirName:" + name_text(name->d.directoryName);
        case GEN_RID:
            return "RID:" + oid_text(name->d.registeredID);
        case GEN_OTHERNAME:
            return "otherName:" + oid_text(name->d.otherName->type_id);
        default:
            return "other";
    }
}

std::vector<std::string> names_of(const X509* certificate) {
    const handle<GENERAL_NAMES, GENERAL_NAMES_free> names(static_cast<GENERAL_NAMES*>(
        X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
    std::vector<std::string> texts;
    const int count = names ? sk_GENERAL_NAME_num(names.get()) : 0;
    for (int i = 0; i < count; ++i) {
        texts.push_back(general_name_text(sk_GENERAL_NAME_value(names.get(), i)));
    }
    return texts;
}

std::vector<std::string> key_usage_of(const X509* certificate) {
    // RFC 5280 4.2.1.3, in the order of the bits.
    constexpr std::array<const char*, 9> words = {
        "digitalSignature", "nonRepudiation", "keyEncipherment", "dataEncipherment", "keyAgreement",
        "keyCertSign",      "cRLSign",        "encipherOnly",    "decipherOnly"};
    const handle<ASN1_BIT_STRING, ASN1_BIT_STRING_free> bits(static_cast<ASN1_BIT_STRING*>(
        X509_get_ext_d2i(certificate, NID_key_usage, nullptr, nullptr)));
    std::vector<std::string> usages;
    for (int bit = 0; bits && bit < static_cast<int>(words.size()); ++bit) {
        if (ASN1_BIT_STRING_get_bit(bits.get(), bit) == 1) {
            usages.emplace_back(words[static_cast<std::size_t>(bit)]);
        }
    }
    return usages;
}

std::vector<std::string> extended_key_usage_of(const X509* certificate) {
    const handle<EXTENDED_KEY_USAGE, EXTENDED_KEY_USAGE_free> ids(static_cast<EXTENDED_KEY_USAGE*>(
        X509_get_ext_d2i(certificate, NID_ext_key_usage, nullptr, nullptr)));
    std::vector<std::string> usages;
    const int count = ids ? sk_ASN1_OBJECT_num(ids.get()) : 0;
    for (int i = 0; i < count; ++i) {
        const auto* id = sk_ASN1_OBJECT_value(ids.get(), i);
        const int known = OBJ_obj2nid(id);
        usages.emplace_back(known == NID_undef ? oid_text(id) : OBJ_nid2sn(known));
    }
    return usages;
}

// A key that OpenSSL cannot read still has an id: that of the octets as they stand.
std::string id_of_raw_key(const X509* certificate) {
    unsigned char* der = nullptr;
    const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &der);
    if (size <= 0) return {};
    auto id = to_hex(bytes_view(crypto::sha256({der, static_cast<std::size_t>(size)})).first(4));
    OPENSSL_free(der);
    return id;
}

}  // namespace

result<facts, failure> facts_of(x509_st* certificate, std::string_view role) {
    const auto not_before = time_of(X509_get0_notBefore(certificate));
    const auto not_after = time_of(X509_get0_notAfter(certificate));
    if (!not_before || !not_after) {
        return failure{errc::damaged, std::string(role) +
                                          ": the dates of the certificate cannot "
                                          "be read; have it issued again"};
    }
    facts about;
    about.subject = name_text(X509_get_subject_name(certificate));
    about.issuer = name_text(X509_get_issuer_name(certificate));
    about.names = names_of(certificate);
    about.not_before = *not_before;
    about.not_after = *not_after;
    const auto* key = X509_get0_pubkey(certificate);
    about.key_type = key_type_text(key);
    about.key_bits = key ? static_cast<unsigned>(EVP_PKEY_get_bits(key)) : 0;
    about.key_id = key ? key_id_of(key) : id_of_raw_key(certificate);
    about.key_usage = key_usage_of(certificate);
    about.extended_key_usage = extended_key_usage_of(certificate);
    about.self_signed = X509_self_signed(certificate, 1) == 1;
    return about;
}

}  // namespace relayauth::certificate
