#pragma once

#include "relayauth/server/option_values.hpp"
#include "relayauth/server/options.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace relayauth::server {

// A setter puts one value into the options, or says what is wrong with it, in words that follow the
// option's name. The functions that return one are the kinds of values; the set_ functions are
// setters of options whose values are of no common kind.
using problem = std::optional<std::string>;
using setter = std::function<problem(options&, std::string_view)>;

inline setter text(std::string options::*slot) {
    return [slot](options& into, std::string_view value) -> problem {
        if (value.empty()) return "must not be empty";
        into.*slot = value;
        return {};
    };
}

inline setter texts(std::vector<std::string> options::*list) {
    return [list](options& into, std::string_view value) -> problem {
        if (value.empty()) return "must not be empty";
        (into.*list).emplace_back(value);
        return {};
    };
}

inline setter on_off(bool options::*slot) {
    return [slot](options& into, std::string_view value) -> problem {
        if (value != "true" && value != "false") return "is a switch: true or false";
        into.*slot = value == "true";
        return {};
    };
}

// within makes a setter of a reader with bounds; `slot` gives the place that it fills.
template <class Reader, class Slot, class Value>
setter within(Reader read, Slot slot, Value least, Value most, const std::string& range) {
    return [=](options& into, std::string_view value) -> problem {
        const auto parsed = read(value);
        if (!parsed || *parsed < least || *parsed > most) return "must be " + range;
        using target = std::remove_reference_t<decltype(slot(into))>;
        slot(into) = target(static_cast<target>(*parsed));
        return {};
    };
}

inline setter count(auto slot, std::uint64_t least, std::uint64_t most) {
    return within(&parse_count, slot, least, most,
                  "a number from " + std::to_string(least) + " to " + std::to_string(most));
}

inline setter bytes(auto slot, std::uint64_t least, std::uint64_t most, const char* range) {
    return within(&parse_bytes, slot, least, most,
                  std::string("a size ") + range + ", as 512KiB or 1048576");
}

inline setter timeout(std::chrono::nanoseconds net::limits::*slot) {
    return [slot](options& into, std::string_view value) -> problem {
        const auto parsed = parse_seconds(value);
        if (!parsed || *parsed < std::chrono::milliseconds(100) ||
            *parsed > std::chrono::hours(24)) {
            return "must be a time from 100ms to 1d, as 30s or 20m";
        }
        into.connections.*slot = *parsed;
        return {};
    };
}

problem set_redis_listen(options& into, std::string_view value);
problem set_listen(options& into, std::string_view value);
problem set_allow(options& into, std::string_view value);
problem set_relay(options& into, std::string_view value);
problem set_realm(options& into, std::string_view value);
problem set_client_name(options& into, std::string_view value);
problem set_plaintext(options& into, std::string_view value);
problem set_log_format(options& into, std::string_view value);
problem set_clock_offset(options& into, std::string_view value);
problem set_clock_guard(options& into, std::string_view value);
problem set_unsynchronised_grace(options& into, std::string_view value);
problem set_http_listen(options& into, std::string_view value);
problem set_clock_tolerance(options& into, std::string_view value);
problem set_expiry_grace(options& into, std::string_view value);

}  // namespace relayauth::server
