#include "relayauth/certificate/text.hpp"

#include "relayauth/base/time_text.hpp"

#include <chrono>
#include <cstdio>
#include <string_view>
#include <vector>

namespace relayauth::certificate {
namespace {

constexpr std::string_view advice =
    "For A/V authentication only two of these matter. The private key: everything that is minted\n"
    "and verified comes from it alone, so this certificate may be renewed, or issued again under\n"
    "another subject, with the same key and old credentials stay good, while another key is "
    "another\n"
    "service. And the dates: the server refuses to start with a certificate that is expired or "
    "not\n"
    "yet valid, unless told --allow-expired-certificate. The subject, the names, the issuer and "
    "the\n"
    "usages do not matter; any will do. To follow best practice, use the public FQDN of the A/V "
    "Edge\n"
    "service as the name, and do not share this certificate with the internal interface: peers "
    "there\n"
    "do look at the name, and whoever has the key can mint credentials.\n";

std::string in_days(ticks distance) {
    const auto days = std::chrono::duration_cast<std::chrono::days>(distance).count();
    if (days == 0) return duration_text(distance);
    return std::to_string(days) + (days == 1 ? " day" : " days");
}

std::string not_before_text(const facts& about, wall_time now) {
    auto text = utc_text(about.not_before);
    if (now >= about.not_before) return text;
    return text + " (NOT YET VALID: begins in " + in_days(about.not_before - now) + ")";
}

// not_after is the last valid second (RFC 5280 4.1.2.5), all of it.
std::string not_after_text(const facts& about, wall_time now) {
    const auto end = about.not_after + std::chrono::seconds(1);
    const auto text = utc_text(about.not_after);
    if (now >= end) return text + " (EXPIRED " + in_days(now - end) + " ago)";
    return text + " (in " + in_days(end - now) + ")";
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

void add_line(std::string& out, std::string_view label, std::string_view value) {
    constexpr std::size_t value_column = 20;
    out += label;
    out.append(value_column - label.size(), ' ');
    out += value.empty() ? "(none)" : value;
    out += '\n';
}

// RFC 8259 section 7; the text is UTF-8 already.
std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            char escape[7];
            std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(c));
            out += escape;
        } else {
            out += c;
        }
    }
    return out + '"';
}

std::string quoted(const std::vector<std::string>& words) {
    std::string out = "[";
    for (const auto& word : words) out += (out.size() == 1 ? "" : ",") + quoted(word);
    return out + "]";
}

}  // namespace

std::string describe(const facts& about, wall_time now) {
    std::string out;
    add_line(out, "subject", about.subject.empty() ? "(empty)" : about.subject);
    add_line(out, "names", joined(about.names));
    add_line(out, "issuer",
             (about.issuer.empty() ? "(empty)" : about.issuer) +
                 (about.self_signed ? " (self-signed)" : ""));
    add_line(out, "not before", not_before_text(about, now));
    add_line(out, "not after", not_after_text(about, now));
    add_line(out, "key", about.key_type + ", " + std::to_string(about.key_bits) + " bits");
    add_line(out, "key id", about.key_id);
    add_line(out, "key usage", joined(about.key_usage));
    add_line(out, "extended key usage", joined(about.extended_key_usage));
    out += '\n';
    out += advice;
    return out;
}

std::string describe_json(const facts& about) {
    return "{\"subject\":" + quoted(about.subject) + ",\"names\":" + quoted(about.names) +
           ",\"issuer\":" + quoted(about.issuer) +
           ",\"not_before\":" + quoted(utc_text(about.not_before)) +
           ",\"not_after\":" + quoted(utc_text(about.not_after)) +
           ",\"key_type\":" + quoted(about.key_type) +
           ",\"key_bits\":" + std::to_string(about.key_bits) +
           ",\"key_id\":" + quoted(about.key_id) + ",\"key_usage\":" + quoted(about.key_usage) +
           ",\"extended_key_usage\":" + quoted(about.extended_key_usage) +
           ",\"self_signed\":" + (about.self_signed ? "true" : "false") + "}";
}

}  // namespace relayauth::certificate
