#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace relayauth::credential {

// counted is `1 octet`, `2 octets`. Pure; safe from any thread.
inline std::string counted(std::size_t count, std::string_view noun) {
    return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

}  // namespace relayauth::credential
