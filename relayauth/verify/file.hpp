#pragma once

#include "relayauth/base/result.hpp"
#include "relayauth/base/secret.hpp"

#include <cstddef>
#include <string>

namespace relayauth::verify {

// secret_file is what a file that holds secrets had in it, and who else might have read it.
struct secret_file {
    secret octets;
    bool readable_by_others = false;  // by its group or by everybody
};

// read_secret_file reads a whole file and leaves no other copy of it in memory. Of one that has
// more than `max_bytes` octets it reads one more, so that a reader sees that it is too long. It
// never waits: what is no regular file (a folder, a pipe, a device) is refused. Fails with one line
// that names the file, what is wrong and what to do. Safe from any thread.
result<secret_file, std::string> read_secret_file(const std::string& path, std::size_t max_bytes);

// unreadable_words is that line for a file that the system does not let us read; `code` is an
// errno. Pure; safe from any thread.
std::string unreadable_words(const std::string& path, int code);

}  // namespace relayauth::verify
