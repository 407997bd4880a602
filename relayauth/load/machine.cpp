#include "relayauth/load/machine.hpp"

#include "relayauth/base/ascii.hpp"
#include "relayauth/base/bytes.hpp"
#include "relayauth/client/file.hpp"

#include <sys/utsname.h>

#include <string_view>
#include <thread>

namespace relayauth::load {
namespace {

std::string processor() {
    constexpr std::size_t most = 4 * 1024 * 1024;
    const auto content = client::read_file("/proc/cpuinfo", most);
    if (!content) return "unknown";
    const auto text = as_text(*content);
    constexpr std::string_view name = "model name";
    const auto at = text.find(name);
    if (at == std::string_view::npos) return "unknown";
    const auto line = text.substr(at, text.find('\n', at) - at);
    return std::string(ascii::trim(line.substr(line.find(':') + 1)));
}

}  // namespace

std::vector<std::pair<std::string, std::string>> machine_facts() {
    utsname system{};
    ::uname(&system);
    return {{"host", system.nodename},
            {"processor", processor()},
            {"cores", std::to_string(std::thread::hardware_concurrency())},
            {"system", std::string(system.sysname) + " " + system.release},
            {"relayauth", RELAYAUTH_VERSION}};
}

}  // namespace relayauth::load
