#pragma once

#include "relayauth/base/bytes.hpp"
#include "relayauth/base/result.hpp"
#include "relayauth/base/wall_time.hpp"
#include "relayauth/rpc/errc.hpp"
#include "relayauth/rpc/vocabulary.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <variant>

namespace relayauth::rpc {

// The most items that one Validate or CheckMessage may have. It bounds how long one call can keep a
// worker: at about 2 us an item, some 2 ms.
inline constexpr std::size_t max_batch = 1000;

// The longest duration that can be asked for: 9 digits, as in an MRAS request.
inline constexpr std::uint32_t max_duration_minutes = 999'999'999;

// issue_call asks for one credential. An empty identity is passed on: to refuse it is a decision.
struct issue_call {
    std::string_view identity;
    std::optional<std::uint32_t> duration_minutes;  // 1 to max_duration_minutes
    // Absent in the envelope: 2. Versions other than 1 and 2 are passed on as they came, and those
    // over 32 bits as the largest number, so that the answer can be `unsupported_version`.
    std::uint32_t token_version = 2;
    rpc::dialect dialect = rpc::dialect::mras;
    std::optional<std::string_view> realm = {};  // of TURN REST
};

// validate_item is one credential to check. Absent: not to be checked; empty: to be checked.
struct validate_item {
    std::string_view username;
    std::optional<std::string_view> password;
    std::optional<std::string_view> realm;
    std::optional<std::string_view> identity;
    rpc::key_digest key_digest = key_digest::none;  // of the long-term key that is wanted
    rpc::key_spelling key_spelling = key_spelling::text;
};

// validate_call asks for a verdict on each of 0 to max_batch items.
struct validate_call {
    std::span<const validate_item> items;
};

// check_message_item is one STUN or MS-TURN request, as a relay of `realm` received it.
struct check_message_item {
    bytes_view message;
    std::string_view realm;
};

// check_message_call asks whether the holder of a good credential signed each of 0 to
// max_batch requests.
struct check_message_call {
    std::span<const check_message_item> items;
};

// explain_call asks for all that can be said of a text, which may be any octets.
struct explain_call {
    std::string_view username;
    std::optional<std::string_view> password = {};
    std::optional<std::string_view> identity = {};
    std::optional<wall_time> at = {};  // a verdict by another clock too
};

// server_info_call asks the server about itself.
struct server_info_call {};

// call is one request. All text but explain_call::username is UTF-8. Its views point into the
// payload it was read from and into the parser: they live until the payload changes and until the
// parser's next parse or end.
struct call {
    std::uint64_t id = 0;
    std::optional<wall_time> client_time;  // the client's clock, unverified; may be any number
    std::variant<issue_call, validate_call, server_info_call, check_message_call, explain_call>
        body;
};

// failed_call keeps the caller's id when it could be read, so that the error reaches its question;
// else its id is 0.
struct failed_call {
    errc why;
    std::uint64_t id = 0;
};

// call_parser reads request envelopes, one after the other, and reuses its memory: at most
// max_batch items of each kind, whatever a peer sends. Not for use by two threads at once; one per
// connection or per worker.
class call_parser {
public:
    call_parser();
    ~call_parser();
    call_parser(const call_parser&) = delete;
    call_parser& operator=(const call_parser&) = delete;

    // parse reads the payload of one frame. Reports every errc but frame_too_long; an envelope with
    // two faults reports undecodable_envelope if it is one of them, else the first.
    result<call, failed_call> parse(bytes_view payload);

private:
    struct state;
    std::unique_ptr<state> state_;
};

}  // namespace relayauth::rpc
