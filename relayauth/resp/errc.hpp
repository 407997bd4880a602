#pragma once

#include <cstdint>
#include <string_view>

namespace relayauth::resp {

// errc says what is wrong with a client's octets. Each of them loses the framing: what follows
// cannot be told apart, so the client gets the words and the connection ends.
enum class errc {
    element_count_malformed,  // not a number, or below -1
    too_many_elements,        // of an array, or words of an inline command
    nested_array,             // an element that is an array
    bulk_string_missing,      // an element that is neither a bulk string nor an array
    bulk_length_malformed,    // not a number, or negative
    bulk_end_missing,         // no CRLF where the announced length ends
    command_too_long,         // known as soon as a bulk length announces it
    inline_too_long,
    quotes_unbalanced,  // of an inline command; also when more text follows a closing quote
};

// to_text is the value's own words for a Redis client or a log line, redis-server's own where it
// knows the fault, without the `ERR` before them; it quotes nothing of the peer's.
std::string_view to_text(errc why);

// fault is an errc and the one octet that redis-server shows with it.
struct fault {
    errc why;
    std::uint8_t got = 0;  // with bulk_string_missing: the octet that stood in the place of '$'
};

}  // namespace relayauth::resp
