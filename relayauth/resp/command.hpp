#pragma once

#include "relayauth/base/bytes.hpp"

#include <array>
#include <cstddef>
#include <span>
#include <string>

namespace relayauth::resp {

// The longest command, headers and line ends included. coturn's longest key is under 2 KiB
// (a realm and a username of at most 513 octets each); redis-server allows 512 MiB.
inline constexpr std::size_t max_command_bytes = 64 * 1024;

// The most elements of an array, or words of an inline command. coturn sends 2.
inline constexpr std::size_t max_elements = 1000;

// command_table is where the arguments of the command at hand are laid out: one per worker is
// enough, and an idle connection then costs next to nothing. Not for two threads at once.
struct command_table {
    std::array<bytes_view, max_elements> entries;
    std::size_t count = 0;
    std::string unquoted;  // quoted words of an inline command; it keeps its capacity

    // arguments is the command's name and what follows it: binary, any of them may be empty.
    // Lives until the input moves or changes, or the table is used again.
    std::span<const bytes_view> arguments() const { return std::span(entries).first(count); }
};

}  // namespace relayauth::resp
