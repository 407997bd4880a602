#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace relayauth::mras {

// MS-AVEDGEA, as restated in the protocol notes, section 1.
inline constexpr std::string_view xml_namespace = "http://schemas.microsoft.com/2006/09/sip/mrasp";
inline constexpr std::string_view media_type = "application/msrtc-media-relay-auth+xml";

enum class location { internet, intranet };
enum class route { loadbalanced, directip };

// The ten values of reasonPhrase; case and spaces are significant on the wire.
enum class reason_phrase {
    ok,
    request_malformed,
    request_too_large,
    not_supported,
    server_busy,
    time_out,
    forbidden,
    internal_server_error,
    other_failure,
    version_mismatch,
};

std::string_view to_text(location value);
std::string_view to_text(reason_phrase value);
std::optional<location> parse_location(std::string_view text);
std::optional<reason_phrase> parse_reason_phrase(std::string_view text);

// protocol_version is `major.minor`, 1.0 to 3.0 being known (section 1.5).
struct protocol_version {
    std::uint16_t major = 0;
    std::uint16_t minor = 0;
    auto operator<=>(const protocol_version&) const = default;
};

inline constexpr protocol_version newest_version{3, 0};

// parse_version reads digits `.` digits, at most 5 characters in all; else nothing.
std::optional<protocol_version> parse_version(std::string_view text);

// is_supported: 1.0, 2.0 and 3.0. `version_to_offer` is what a Version Mismatch names: the highest
// supported version below `asked`, or the lowest there is (`1.0`).
bool is_supported(protocol_version asked);
std::string_view version_to_offer(protocol_version asked);

}  // namespace relayauth::mras
