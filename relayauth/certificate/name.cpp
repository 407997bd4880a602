#include "relayauth/certificate/name.hpp"

#include "relayauth/base/ascii.hpp"
#include "relayauth/base/hex.hpp"
#include "relayauth/base/utf8.hpp"
#include "relayauth/certificate/handles.hpp"

#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/x509.h>

#include <optional>

namespace relayauth::certificate {
namespace {

constexpr std::string_view usual_form = "write it as CN=name or CN=name,O=organisation";

failure not_a_name(std::string_view subject, const std::string& what) {
    return {errc::not_a_name, "subject '" + quotable(subject) + "': " + what};
}

// U+0080 to U+009F: some terminals obey these, so they are not shown either.
bool has_c1_control(std::string_view utf8) {
    for (std::size_t i = 0; i + 1 < utf8.size(); ++i) {
        if (utf8[i] == '\xC2' && static_cast<unsigned char>(utf8[i + 1]) < 0xA0) return true;
    }
    return false;
}

// printed gives nothing if a value cannot be shown under `flags`.
std::optional<std::string> printed(const X509_NAME* name, unsigned long flags) {
    const handle<BIO, BIO_free> out(BIO_new(BIO_s_mem()));
    if (!out || X509_NAME_print_ex(out.get(), name, 0, flags) < 0) return std::nullopt;
    char* text = nullptr;
    const long size = BIO_get_mem_data(out.get(), &text);
    std::string copy(text, static_cast<std::size_t>(size));
    if (!is_utf8(copy) || has_c1_control(copy)) return std::nullopt;
    return copy;
}

// assertion is one `type=value` of the text; the first of a relative distinguished name begins it,
// others join it with `+`.
struct assertion {
    std::string type;
    std::string value;
    bool joins_previous = false;
};

// take_escaped reads what follows a backslash (RFC 4514 2.4): two hex digits or the character.
std::optional<char> take_escaped(std::string_view text, std::size_t& at) {
    if (at + 1 >= text.size()) return std::nullopt;
    if (const auto octet = from_hex(text.substr(at + 1, 2)); octet && octet->size() == 1) {
        at += 2;
        return static_cast<char>(octet->front());
    }
    return text[++at];
}

// take_value reads up to an unescaped separator and leaves `at` on it or at the end. Unescaped
// spaces at the ends do not count (RFC 4514 2.4).
std::optional<std::string> take_value(std::string_view text, std::size_t& at,
                                      std::string_view separators) {
    while (at < text.size() && text[at] == ' ') ++at;
    std::string value;
    std::size_t kept = 0;  // up to the last octet that is not an unescaped space
    for (; at < text.size() && separators.find(text[at]) == std::string_view::npos; ++at) {
        char c = text[at];
        if (c == '\\') {
            const auto escaped = take_escaped(text, at);
            if (!escaped) return std::nullopt;
            value += *escaped;
            kept = value.size();
            continue;
        }
        value += c;
        if (c != ' ') kept = value.size();
    }
    value.resize(kept);
    return value;
}

result<assertion, failure> take_assertion(std::string_view subject, std::string_view text,
                                          std::size_t& at, std::string_view separators) {
    const auto equals = text.find('=', at);
    const auto type = ascii::trim(
        text.substr(at, equals == std::string_view::npos ? std::string_view::npos : equals - at));
    if (equals == std::string_view::npos || type.empty() ||
        type.find_first_of(",/+;\\\"") != std::string_view::npos) {
        return not_a_name(subject, "a part of it has no type; " + std::string(usual_form));
    }
    at = equals + 1;
    auto value = take_value(text, at, separators);
    if (!value) return not_a_name(subject, "it ends in a backslash; " + std::string(usual_form));
    if (value->empty()) {
        return not_a_name(subject,
                          quotable(type) + " has no value; leave it out, or give an empty subject");
    }
    return assertion{std::string(type), *std::move(value), false};
}

bool add(X509_NAME* name, const assertion& part) {
    return part.value.find('\0') == std::string::npos && is_utf8(part.value) &&
           X509_NAME_add_entry_by_txt(name, part.type.c_str(), MBSTRING_UTF8,
                                      reinterpret_cast<const unsigned char*>(part.value.data()),
                                      static_cast<int>(part.value.size()), -1,
                                      part.joins_previous ? -1 : 0) == 1;
}

}  // namespace

void free_name::operator()(X509_name_st* name) const {
    X509_NAME_free(name);
}

std::string name_text(const X509_name_st* name) {
    // RFC 2253's order is reversed; ours is the certificate's, as OpenSSL's tools show it.
    constexpr unsigned long fields =
        XN_FLAG_SEP_COMMA_PLUS | XN_FLAG_FN_SN | XN_FLAG_DUMP_UNKNOWN_FIELDS;
    constexpr unsigned long shown = fields | (ASN1_STRFLGS_RFC2253 & ~ASN1_STRFLGS_ESC_MSB);
    constexpr unsigned long dumped = fields | ASN1_STRFLGS_DUMP_ALL | ASN1_STRFLGS_DUMP_DER;
    if (!name || X509_NAME_entry_count(name) == 0) return {};
    if (auto text = printed(name, shown)) return *std::move(text);
    return printed(name, dumped).value_or("(unreadable)");
}

std::string quotable(std::string_view text) {
    constexpr std::size_t longest = 100;
    std::string out(text.substr(0, longest));
    const bool foreign = !is_utf8(text) || has_c1_control(text) || text.size() > longest;
    for (char& c : out) {
        const auto octet = static_cast<unsigned char>(c);
        if (octet < 0x20 || octet == 0x7F || (foreign && octet > 0x7F)) c = '?';
    }
    return text.size() > longest ? out + "..." : out;
}

result<name_ptr, failure> parse_name(std::string_view text) {
    constexpr std::size_t longest_subject = 4096;
    name_ptr name(X509_NAME_new());
    if (!name) return failure{errc::crypto_unavailable, "OpenSSL is out of memory; try again"};
    if (!is_utf8(text) || text.size() > longest_subject) {
        return failure{errc::not_a_name, "the subject is not UTF-8 text of at most 4096 bytes"};
    }
    const bool slashes = text.starts_with('/');
    const std::string_view separators = slashes ? "/" : ",+;";
    bool joins_previous = false;
    for (std::size_t at = slashes ? 1 : 0; at < text.size() || joins_previous;) {
        auto part = take_assertion(text, text, at, separators);
        if (!part) return part.error();
        part->joins_previous = joins_previous;
        if (!add(name.get(), *part)) {
            return not_a_name(text, "OpenSSL does not take " + quotable(part->type) +
                                        ": an unknown type, or a value too long (CN has 64 "
                                        "characters) or of the wrong characters");
        }
        joins_previous = at < text.size() && text[at] == '+';
        if (at < text.size() && ++at == text.size() && !slashes) {
            return not_a_name(text, "it ends in a separator; " + std::string(usual_form));
        }
    }
    return name;
}

}  // namespace relayauth::certificate
