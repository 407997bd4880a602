#pragma once

#include "relayauth/base/bytes.hpp"
#include "relayauth/resp/errc.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace relayauth::resp {

// Every function here appends one whole RESP2 reply to `out` and touches nothing else. `words` are
// the caller's own, printable ASCII without CR and LF; what a peer sent goes in as `quoted`, or as
// a bulk string. Safe from any thread.

// The most octets of a peer's text that an error repeats.
inline constexpr std::size_t max_quoted_bytes = 64;

// append_simple writes a simple string, `+OK` for one.
void append_simple(std::string& out, std::string_view words);

// append_error writes an error; `words` begin with its code: `ERR`, `NOAUTH`, `WRONGPASS`.
void append_error(std::string& out, std::string_view words);

// append_error writes an error that ends with `quoted` between single quotes: the first
// max_quoted_bytes of it, with '?' for every octet that is not printable ASCII and every quote.
void append_error(std::string& out, std::string_view words, bytes_view quoted);

// append_error writes why framing was lost, as redis-server says it; close the connection then.
void append_error(std::string& out, const fault& lost);

// append_bulk writes a bulk string: any octets.
void append_bulk(std::string& out, std::string_view value);

// append_nil writes the null bulk string: there is no such key.
void append_nil(std::string& out);

// append_empty_array writes the array of no elements.
void append_empty_array(std::string& out);

}  // namespace relayauth::resp
