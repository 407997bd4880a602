#include "relayauth/resp/errc.hpp"

namespace relayauth::resp {

std::string_view to_text(errc why) {
    switch (why) {
        case errc::element_count_malformed:
            return "Protocol error: invalid multibulk length";
        case errc::too_many_elements:
            return "Protocol error: invalid multibulk length, more than 1000";
        case errc::nested_array:
            return "Protocol error: expected '$', got '*'";
        case errc::bulk_string_missing:
            return "Protocol error: expected '$'";
        case errc::bulk_length_malformed:
            return "Protocol error: invalid bulk length";
        case errc::bulk_end_missing:
            return "Protocol error: expected CRLF after bulk";
        case errc::command_too_long:
            return "Protocol error: invalid bulk length, command over 65536 octets";
        case errc::inline_too_long:
            return "Protocol error: too big inline request";
        case errc::quotes_unbalanced:
            return "Protocol error: unbalanced quotes in request";
    }
    return {};
}

}  // namespace relayauth::resp
