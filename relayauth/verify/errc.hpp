#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace relayauth::verify {

// errc says why octets are no key file, or why none can be written.
enum class errc {
    empty,
    too_large,        // over max_key_file_bytes
    not_a_key_file,   // it does not begin as one does
    another_version,  // of a later release
    cut,              // it does not end with its checksum line
    damaged,          // the checksum is that of other octets
    no_key,
    unexpected_line,  // not what stands at that place in version 1
    key_id,           // not 1 to 64 letters, digits, `-` and `_`
    key_stage,        // neither `mints` nor `verifies-until` and a time as `2030-01-02T03:04:05Z`
    key_octets,       // not 16 to 64 octets in lower-case hexadecimal digits
    realm_secret,     // not the 64 lower-case hexadecimal digits of a TURN REST secret
    realm,            // empty, or with a control character
    realm_not_utf8,
    realm_twice,  // two secrets of one key for one realm
};

// to_text says it in words, and what to do about it. No octet of the file is quoted.
std::string_view to_text(errc why);

// failure is an errc and the line, counted from 1, that it is about; 0: about the file as a whole.
struct failure {
    errc why;
    std::size_t line = 0;
};

// words is `line 7: the realm is not UTF-8`. Safe from any thread.
std::string words(const failure& what);

}  // namespace relayauth::verify
