#pragma once

#include "relayauth/base/bytes.hpp"
#include "relayauth/base/result.hpp"
#include "relayauth/base/secret.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace relayauth::client {

// Errors of all functions here are one line that names the file, as in
// `cannot read F: No such file or directory`. All of them are safe from any thread.

// read_file reads a whole file, also a pipe. One of more than `max_bytes` octets is refused. What
// holds a key is the caller's to wipe; no copy of a regular file is left behind here.
result<std::vector<std::uint8_t>, std::string> read_file(const std::string& path,
                                                         std::size_t max_bytes);

// A longer password is a wrong file.
inline constexpr std::size_t max_password_bytes = 1024;

// read_password_file gives the first line of a file without its line end (LF or CRLF); an empty
// file gives an empty password. No other copy of it is left in memory.
result<secret, std::string> read_password_file(const std::string& path);

// read_password_line is read_password_file for an open descriptor, which it reads no further than
// the line's end; `name` stands for the file in errors.
result<secret, std::string> read_password_line(int descriptor, const std::string& name);

// already_there is what write_new_file says of a file that exists.
std::string already_there(const std::string& path);

// write_new_file makes a file with these permissions (less the umask) and this content; they hold
// from its first moment. One that exists, a link too, is never overwritten. If it cannot be
// written whole, it is removed again. Nothing: it worked; else what went wrong and, of
// a file that could not be made, what to do.
std::optional<std::string> write_new_file(const std::string& path, bytes_view content,
                                          unsigned permissions);

// check_writable tells, before the work, whether write_file will find a place. It leaves a file
// that is there as it is, and none where none was. Nothing: it can be written; else as write_file.
std::optional<std::string> check_writable(const std::string& path);

// write_file writes a file that is there only to be read, a report: with the permissions that the
// umask leaves, over one that was there. If it cannot be written whole, a file is left empty
// rather than with a part of it. Nothing: it worked; else what went wrong and what to do.
std::optional<std::string> write_file(const std::string& path, bytes_view content);

}  // namespace relayauth::client
