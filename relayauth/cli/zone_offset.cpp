#include "relayauth/cli/zone_offset.hpp"

#include "relayauth/base/printable.hpp"

#include <cstdlib>
#include <ctime>
#include <fstream>
#include <optional>

namespace relayauth::cli {
namespace {

constexpr const char* usual_folder = "/usr/share/zoneinfo";

std::string zone_folder() {
    const char* const said = std::getenv("TZDIR");  // as the C library has it
    return said != nullptr && *said != '\0' ? said : usual_folder;
}

// The C library takes any name it does not know for UTC: so we look ourselves. RFC 8536 3.1: each
// file begins with TZif.
bool is_zone(const std::string& zone) {
    if (zone.empty() || zone.front() == '/' || zone.find("..") != std::string::npos) return false;
    if (zone.find('\0') != std::string::npos) return false;
    std::ifstream file(zone_folder() + "/" + zone, std::ios::binary);
    std::string begin(4, '\0');
    return file.read(begin.data(), 4) && begin == "TZif";
}

void set_zone(const std::optional<std::string>& value) {
    if (value) {
        setenv("TZ", value->c_str(), 1);
    } else {
        unsetenv("TZ");
    }
    tzset();
}

}  // namespace

result<ticks, std::string> zone_offset(const std::string& zone, wall_time now) {
    if (!is_zone(zone)) {
        return "no such time zone: " + printable(zone) +
               "; `timedatectl list-timezones` or `find " + zone_folder() +
               "` lists them, as America/Los_Angeles (package tzdata)";
    }
    const char* const set = std::getenv("TZ");
    const auto before = set == nullptr ? std::nullopt : std::optional<std::string>(set);
    set_zone(":" + zone);
    const auto seconds = static_cast<std::time_t>(now.unix_seconds().count());
    std::tm local{};
    localtime_r(&seconds, &local);
    set_zone(before);
    return ticks(std::chrono::seconds(local.tm_gmtoff));
}

}  // namespace relayauth::cli
