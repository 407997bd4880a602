#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

namespace relayauth::mras {

// MS-AVEDGEA, as restated in the protocol notes, section 1.
inline constexpr std::string_view xml_namespace = "http://schemas.microsoft.com/2006/09/sip/mrasp";
inline constexpr std::string_view media_type = "application/msrtc-media-relay-auth+xml";

// location is the side of the Edge that a relay, or who asks for one, is on (section 1.6).
enum class location { internet, intranet };

// route says how relays are named in the answer: by the pool's host name, or by address (1.6).
enum class route { loadbalanced, directip };

// reason_phrase: the ten values of section 1.7; case and spaces are significant on the wire.
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

// to_text gives the word on the wire; a static string. parse_* is its inverse: exact, case and all,
// nothing for any other text. Pure; safe from any thread, like everything here.
std::string_view to_text(location value);
std::string_view to_text(route value);
std::string_view to_text(reason_phrase value);
std::optional<location> parse_location(std::string_view text);
std::optional<route> parse_route(std::string_view text);
std::optional<reason_phrase> parse_reason_phrase(std::string_view text);

// protocol_version is `major.minor`, ordered by major first; 1.0 to 3.0 are known (section 1.5).
struct protocol_version {
    std::uint16_t major = 0;
    std::uint16_t minor = 0;
    auto operator<=>(const protocol_version&) const = default;
};

// newest_version is what the server calls itself where no version of the client's is known.
inline constexpr protocol_version newest_version{3, 0};

// parse_version reads digits `.` digits, at most 5 characters in all; else nothing.
std::optional<protocol_version> parse_version(std::string_view text);

// is_supported: 1.0, 2.0 and 3.0 (protocol notes, section 8).
bool is_supported(protocol_version asked);

// version_to_offer is what a Version Mismatch names (section 1.5): the highest supported version
// below `asked`, or the lowest there is (`1.0`). A static string.
std::string_view version_to_offer(protocol_version asked);

}  // namespace relayauth::mras
