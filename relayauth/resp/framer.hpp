#pragma once

#include "relayauth/base/bytes.hpp"
#include "relayauth/base/result.hpp"
#include "relayauth/resp/command.hpp"
#include "relayauth/resp/errc.hpp"

#include <cstddef>
#include <optional>

namespace relayauth::resp {

// step is what the input's front turned out to be. Drop `consumed` octets before the next call,
// also when there is no command: what redis-server skips (blank lines, `*0`, `*-1`) is in it.
struct step {
    bool is_command = false;  // its arguments, at least one, are in the table; else more is needed
    std::size_t consumed = 0;
};

// framer finds the commands in a stream of octets: arrays of bulk strings, and lines of words
// ("inline commands"). RESP2, as redis-server 7.0 reads it. It keeps no octets, just how many are
// needed before a second look is worth while, so a long argument that arrives in small pieces is
// looked at once. One per connection; not for two threads at once.
class framer {
public:
    // next looks for one command at the front of `input`, which begins where the last step's
    // consumed octets ended, and lays it out in `table`. It looks at no more than
    // max_command_bytes of a command, and never needs more to decide. Reports every errc; after
    // one of them only closing the connection is left. Stricter than redis-server, which takes any
    // two octets for the CRLF after a bulk string, and any octet for the LF after a number.
    result<step, fault> next(bytes_view input, command_table& table);

    // Whether a command has begun and not ended: then a deadline runs.
    bool inside_command() const { return inside_command_; }

private:
    std::size_t needed_ = 0;  // octets of the unfinished command before another look
    bool inside_command_ = false;
};

}  // namespace relayauth::resp
