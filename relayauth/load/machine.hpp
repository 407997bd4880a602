#pragma once

#include <string>
#include <utility>
#include <vector>

namespace relayauth::load {

// machine_facts says where a run was made: host, processor, cores, system, relayauth's version.
std::vector<std::pair<std::string, std::string>> machine_facts();

}  // namespace relayauth::load
