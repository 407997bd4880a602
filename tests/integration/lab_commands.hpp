#pragma once

#include "running_server.hpp"

#include <string>
#include <vector>

namespace relayauth::lab {

// administer runs `relayauth WORDS --json` for this server.
inline finished administer(const running_server& server, std::vector<std::string> words) {
    words.insert(words.begin(), relayauth_program);
    words.insert(words.end(), {"--admin-socket", server.admin_socket(), "--json"});
    return run(words);
}

}  // namespace relayauth::lab
