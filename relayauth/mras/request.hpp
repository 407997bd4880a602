#pragma once

#include "relayauth/mras/errc.hpp"
#include "relayauth/mras/vocabulary.hpp"

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

struct credentials_request {
    std::string_view id;
    std::string_view identity;
    std::optional<location> where;
    std::optional<std::uint32_t> duration_minutes;
};

// request is one MRAS request. All text is unescaped.
struct request {
    std::string_view request_id;
    std::string_view to;
    std::string_view from;
    std::string_view version_text;
    protocol_version version;
    route by = route::loadbalanced;
    std::span<const credentials_request> credentials;
};

// parsed_request is a request, or why it is none. With too_many_credentials_requests the ids and
// version are still there to be echoed; with any other reason `value` is empty.
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
    // into this parser. They stay valid until the next parse or until `body` changes.
    // Reports every errc. An unsupported but well-formed version is no error here.
    parsed_request parse(std::span<char> body);

private:
    struct state;
    std::unique_ptr<state> state_;
};

// write_request appends the XML of `value` (no declaration, no white space, as real clients do).
void write_request(std::string& out, const request& value);

// is_sip_uri: `sip:` or `sips:`, a host, and optionally user, port, parameters, headers
// (RFC 3261 19.1.1), at most max_text_length characters.
bool is_sip_uri(std::string_view text);

}  // namespace relayauth::mras
