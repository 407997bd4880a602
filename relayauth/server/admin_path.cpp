#include "relayauth/server/admin_path.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>

namespace relayauth::server {
namespace {

std::string folder_of(const std::string& path) {
    const auto slash = path.rfind('/');
    if (slash == std::string::npos) return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

std::string because_of(int number) {
    return std::generic_category().message(number);
}

}  // namespace

std::string default_admin_socket(uid_t user, std::string_view runtime_folder, std::uint16_t port) {
    std::string folder = "/run/relayauth";
    if (user != 0) {
        folder = runtime_folder.starts_with('/') ? std::string(runtime_folder) + "/relayauth"
                                                 : "/tmp/relayauth-" + std::to_string(user);
    }
    return folder + "/" + std::to_string(port) + ".sock";
}

std::string default_admin_socket(std::uint16_t port) {
    const char* const runtime_folder = std::getenv("XDG_RUNTIME_DIR");
    return default_admin_socket(geteuid(), runtime_folder == nullptr ? "" : runtime_folder, port);
}

std::optional<std::string> check_admin_folder(const std::string& path) {
    const auto folder = folder_of(path);
    struct stat found {};
    if (lstat(folder.c_str(), &found) != 0) return folder + ": " + because_of(errno);
    if (!S_ISDIR(found.st_mode)) return folder + " is no folder of its own";
    if (found.st_uid != geteuid()) {
        return folder + " belongs to user " + std::to_string(found.st_uid) + ", not to us";
    }
    if ((found.st_mode & 077) != 0) return folder + " is open to other users: chmod 0700 it";
    return std::nullopt;
}

// Others may have made a folder of that name first, in /tmp: what is there is looked at, not
// believed.
std::optional<std::string> make_admin_folder(const std::string& path) {
    const auto folder = folder_of(path);
    if (mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) {
        return folder + ": " + because_of(errno);
    }
    return check_admin_folder(path);
}

}  // namespace relayauth::server
