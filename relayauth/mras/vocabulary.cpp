#include "relayauth/mras/vocabulary.hpp"

#include "relayauth/base/ascii.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace relayauth::mras {
namespace {

// In the order of the enum.
constexpr std::array<std::string_view, 10> reason_texts = {
    "OK",       "Request Malformed", "Request Too Large",     "Not Supported", "Server Busy",
    "Time Out", "Forbidden",         "Internal Server Error", "Other Failure", "Version Mismatch",
};

struct known_version {
    protocol_version value;
    std::string_view text;
};
constexpr std::array<known_version, 3> known_versions = {{
    {{1, 0}, "1.0"},
    {{2, 0}, "2.0"},
    {newest_version, "3.0"},
}};

// At most three digits come here, so nothing overflows.
std::optional<std::uint16_t> parse_digits(std::string_view text) {
    if (text.empty()) return std::nullopt;
    std::uint32_t value = 0;
    for (const char c : text) {
        if (!ascii::is_digit(c)) return std::nullopt;
        value = value * 10 + static_cast<std::uint32_t>(c - '0');
    }
    return static_cast<std::uint16_t>(value);
}

}  // namespace

std::string_view to_text(location value) {
    return value == location::internet ? "internet" : "intranet";
}

std::string_view to_text(route value) {
    return value == route::loadbalanced ? "loadbalanced" : "directip";
}

std::string_view to_text(reason_phrase value) {
    return reason_texts[static_cast<std::size_t>(value)];
}

std::optional<location> parse_location(std::string_view text) {
    if (text == "internet") return location::internet;
    if (text == "intranet") return location::intranet;
    return std::nullopt;
}

std::optional<route> parse_route(std::string_view text) {
    if (text == "loadbalanced") return route::loadbalanced;
    if (text == "directip") return route::directip;
    return std::nullopt;
}

std::optional<reason_phrase> parse_reason_phrase(std::string_view text) {
    const auto found = std::ranges::find(reason_texts, text);
    if (found == reason_texts.end()) return std::nullopt;
    return static_cast<reason_phrase>(found - reason_texts.begin());
}

std::optional<protocol_version> parse_version(std::string_view text) {
    constexpr std::size_t longest = 5;
    const auto dot = text.find('.');
    if (text.size() > longest || dot == std::string_view::npos) return std::nullopt;
    const auto major = parse_digits(text.substr(0, dot));
    const auto minor = parse_digits(text.substr(dot + 1));
    if (!major || !minor) return std::nullopt;
    return protocol_version{*major, *minor};
}

bool is_supported(protocol_version asked) {
    return std::ranges::any_of(
        known_versions, [asked](const known_version& known) { return known.value == asked; });
}

std::string_view version_to_offer(protocol_version asked) {
    auto offer = known_versions.front().text;
    for (const auto& known : known_versions) {
        if (known.value < asked) offer = known.text;
    }
    return offer;
}

}  // namespace relayauth::mras
