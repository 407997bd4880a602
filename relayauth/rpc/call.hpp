#pragma once

#include "relayauth/base/result.hpp"
#include "relayauth/base/bytes.hpp"
#include "relayauth/base/wall_time.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace relayauth::rpc {

inline constexpr std::size_t max_validate_batch = 1000;

// errc says why an envelope is not a call.
enum class errc {
    undecodable_envelope,
    no_call,
    unknown_call,
    batch_too_large,
    duration_out_of_range,  // over 9 digits, or 0
    text_not_utf8,          // cannot be seen apart from undecodable_envelope if protobuf refuses it
};
std::string_view to_text(errc why);

struct issue_call {
    std::string_view identity;
    std::optional<std::uint32_t> duration_minutes;
    std::uint32_t token_version = 2;  // 1 or 2; absent in the envelope: 2
};
struct validate_item {
    std::string_view username;
    std::optional<std::string_view> password;
    std::optional<std::string_view> realm;
    std::optional<std::string_view> identity;
};
struct validate_call {
    std::span<const validate_item> items;
};
struct server_info_call {};

// call is one request. Views live until the parser's next parse or end.
struct call {
    std::uint64_t id = 0;
    std::optional<wall_time> client_time;
    std::variant<issue_call, validate_call, server_info_call> body;
};

// failed_call keeps the caller's id when it could be read, so that the error reaches its question.
struct failed_call {
    errc why;
    std::uint64_t id = 0;
};

// call_parser reads request envelopes and reuses its memory. One per connection or per worker.
class call_parser {
public:
    call_parser();
    ~call_parser();
    call_parser(const call_parser&) = delete;
    call_parser& operator=(const call_parser&) = delete;
    result<call, failed_call> parse(bytes_view payload);

private:
    struct state;
    std::unique_ptr<state> state_;
};

}  // namespace relayauth::rpc
