#pragma once

#include <cstdint>
#include <string_view>

namespace relayauth::rpc {

// The enums below may hold numbers that they do not name: what a newer client asks for is passed on
// as it came, and one over 31 bits as the largest number, so that the answer can be
// `unsupported_version`.

// dialect is the form of a credential. The values are those of Dialect in the .proto file.
enum class dialect : std::uint32_t { mras, turn_rest };

// key_digest makes a long-term key. The values are those of KeyDigest in the .proto file.
enum class key_digest : std::uint32_t { none, md5, sha256 };

// key_spelling is how username and password enter a long-term key. The values are those of
// KeySpelling in the .proto file.
enum class key_spelling : std::uint32_t { text, raw };

// to_text is the value's own word, `turn_rest`; empty for a number without a name.
std::string_view to_text(dialect value);

}  // namespace relayauth::rpc
