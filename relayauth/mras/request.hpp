#pragma once

#include "relayauth/mras/errc.hpp"
#include "relayauth/mras/vocabulary.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace relayauth::mras {

// What the schema fixes (protocol notes 1.2 and 1.3); lengths are in characters, not octets.
inline constexpr std::size_t max_id_length = 64;
inline constexpr std::size_t max_text_length =
    65'536;  // the "64k" types; 65,536 keeps more clients alive
inline constexpr std::size_t max_credentials_requests = 100;
inline constexpr std::size_t max_duration_digits = 9;

// credentials_request is one user's wish. An empty id or identity fits the schema; whether anyone
// may have a credential under it is not decided here. Views: see request_parser::parse.
struct credentials_request {
    std::string_view id;
    std::string_view identity;
    std::optional<location> where;
    std::optional<std::uint32_t> duration_minutes;
};

// request is one MRAS request. All text is unescaped; `to` and `from` are SIP URIs; `version` is
// the value of `version_text`, which answers repeat as it is. Views: see request_parser::parse.
struct request {
    std::string_view request_id;
    std::string_view to;
    std::string_view from;
    std::string_view version_text;
    protocol_version version;
    route by = route::loadbalanced;
    std::span<const credentials_request> credentials;
};

// parsed_request is a request, or why it is none. With too_many_credentials_requests the ids, the
// URIs and the version are still there to be echoed, without credentials; with any other reason
// `value` is empty.
struct parsed_request {
    std::optional<errc> why;
    request value;
};

// request_parser reads request bodies, one after the other, and reuses its memory.
// Not for use by two threads at once; one per connection or per worker.
class request_parser {
public:
    request_parser();
    ~request_parser();
    request_parser(const request_parser&) = delete;
    request_parser& operator=(const request_parser&) = delete;

    // parse reads `body` in place: it overwrites it, and every view in the result points into it or
    // into this parser. Result and views stay valid until the next parse or until `body` changes.
    // Reports every errc: a character that may not stand anywhere before all else, then the first
    // mistake in the order of the document, XML's and the schema's alike. An unsupported but
    // well-formed version is no error here. Time grows with the size of the body, which the caller
    // bounds. Allocates nothing once warm.
    const parsed_request& parse(std::span<char> body);

private:
    struct state;
    std::unique_ptr<state> state_;
};

// write_request appends the XML of `value` (no declaration, no white space, as real clients do). It
// checks nothing: a client may want to send what a server must refuse. The version is
// `version_text`; the route is left out when it is the default. Text is escaped; characters that
// XML cannot carry become U+FFFD.
void write_request(std::string& out, const request& value);

// is_sip_uri: `sip:` or `sips:`, a host (name, IPv4, or IPv6 in brackets), and optionally user,
// port, parameters, headers (RFC 3261 19.1.1), at most max_text_length characters. Host names may
// hold underscores, which Windows domains do. Safe from any thread.
bool is_sip_uri(std::string_view text);

}  // namespace relayauth::mras
