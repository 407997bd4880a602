#pragma once

#include "relayauth/base/wall_time.hpp"
#include "relayauth/verify/verifier.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// Key files and credentials for the tests of this room. The files are typed by hand, and so are the
// credentials and requests: their tags were computed with Python's hmac and hashlib.

namespace relayauth::verify::key_text {

// The moment that all of them expire: 2030-01-02T03:04:05Z.
inline constexpr wall_time expiry_2030{135'380'270'450'000'000};

// at is a moment before or after it.
time_point at(ticks after_expiry);

// The vectors of protocol notes 3.4, without an issue time, and of tests/vectors/tokens.json for
// rsa2048, with one (8 hours before).
inline constexpr std::string_view v2_username =
    "AgAAJIHEwIAB4Peju1pZsFHPXNEsv2iO0WRWTh/Vn0QAAAAAIzrDf1m9PS2EzcrvwPNt3HDNpws=";
inline constexpr std::string_view v2_password = "FMvKMCWrDianBoEHgMmaxd6Nwy8=";
inline constexpr std::string_view v1_username =
    "AQAAIIHEwIAB4Peju1pZsFHPXNEsv2iO0WRWTh/Vn0Tp29QqOLgTLT9Q6pTowv/g02nFIg==";
inline constexpr std::string_view rsa_username =
    "AgAAJIHEwIAB4Pej0JauCsFlJCP3TkNLTOGrqJ6WKu8BAHCAfp0GWsC2/SoJMyRHcRSV+1bCBao=";
inline constexpr std::string_view rsa_password = "UQygO7Vifsw7Ll1SdYY2mbMnzbM=";

// A TURN REST name of rsa2048's secret for the realm example.test.
inline constexpr std::string_view rest_name = "1893553445:sip:alice@example.test";
inline constexpr std::string_view rest_password = "lRkGLLnRO5mmRKy/xYG/FzCLMyQ=";

// The lines of a key: that of protocol notes 3.4, named `notes`, and tests/vectors' rsa2048.
std::string notes_key(std::string_view stage = "mints");
std::string rsa_key(std::string_view stage = "mints");
inline constexpr std::string_view rsa_realm_line =
    "turn-rest fb50651d5375d8bbbcfda4332439f0d4769e80f9f8e77060e8f0a954f24276e6 example.test\n";

// The two lines that begin a key file.
inline constexpr std::string_view start =
    "# Whoever holds this file can also mint credentials: guard it like the private key.\n"
    "relayauth-verify-key 1\n";

// with_checksum adds the last line; file_of puts the lines of keys between first and last.
std::string with_checksum(std::string text);
std::string file_of(std::string_view keys);

// ready parses a file; a failure is a test failure.
verifier ready(std::string_view file, settings chosen = {});

// Octets typed as hexadecimal digits.
std::vector<std::uint8_t> octets(std::string_view digits);

}  // namespace relayauth::verify::key_text
