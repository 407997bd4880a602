#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// Where a server's administration socket is when nobody says, for the server and the command line.
namespace relayauth::server {

// default_admin_socket is FOLDER/PORT.sock, FOLDER being /run/relayauth for root,
// $XDG_RUNTIME_DIR/relayauth for others, or else /tmp/relayauth-UID. Pure; safe from any thread.
std::string default_admin_socket(uid_t user, std::string_view runtime_folder, std::uint16_t port);
// The same for this process; it reads the environment.
std::string default_admin_socket(std::uint16_t port);

// check_admin_folder says in one line why the folder of `path` cannot be trusted: it must be no
// symbolic link, ours, and closed to all others. make_admin_folder makes it first where it is
// missing.
std::optional<std::string> check_admin_folder(const std::string& path);
std::optional<std::string> make_admin_folder(const std::string& path);

}  // namespace relayauth::server
