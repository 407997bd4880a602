#pragma once

#include "relayauth/base/result.hpp"
#include "relayauth/base/wall_time.hpp"
#include "relayauth/session/lab_rules.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

// What goes over the administration socket to a server: one JSON object a line. Both directions of
// it, for the server and for the command line. Pure; safe from any thread.
namespace relayauth::server {

// A line over this is no command.
inline constexpr std::size_t max_admin_line = 4096;
inline constexpr std::int64_t most_drift_ppm = 500'000;

// move_clock: what is not there stays as it is, a drift the clock has made included.
struct move_clock {
    std::optional<ticks> offset;            // from the machine's clock, whole milliseconds
    std::optional<std::int64_t> drift_ppm;  // parts per million fast
};
struct reset_clock {};  // to what --clock-offset said
struct add_rule {
    session::lab_rule rule;
};
struct remove_rule {
    explicit remove_rule(std::string pattern) : identity(std::move(pattern)) {}
    std::string identity;
};
struct clear_rules {};
struct list_lab {};
struct accept_clock {};
struct tell_clock {};

using admin_command = std::variant<move_clock, reset_clock, add_rule, remove_rule, clear_rules,
                                   list_lab, accept_clock, tell_clock>;

// is_for_lab: refused by a server without --lab.
bool is_for_lab(const admin_command& what);

// parse_admin_command reads one line without its end; fails in one line for people, which quotes
// nothing of it.
result<admin_command, std::string> parse_admin_command(std::string_view line);

// to_line writes it, without a line feed.
std::string to_line(const admin_command& what);

}  // namespace relayauth::server
