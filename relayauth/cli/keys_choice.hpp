#pragma once

#include <string>
#include <vector>

namespace relayauth::cli {

// keys_choice is the command line of `relayauth keys export`.
struct keys_choice {
    std::string purpose;                    // `turn-rest` or `verify`
    std::vector<std::string> certificates;  // newest first
    std::vector<std::string> keys;          // the nth belongs to the nth certificate
    std::string password_file;
    std::vector<std::string> realms;
    std::string out;
    bool json = false;
};

inline constexpr const char* purpose_turn_rest = "turn-rest";
inline constexpr const char* purpose_verify = "verify";

// What is wrong when server::pair_paths finds none, as for keys export so for explain.
inline constexpr const char* more_keys_than_certificates =
    "there are more --key than --certificate: the nth key belongs to the nth certificate";

// problem_of says in one line which options do not go together and what to do; empty when all do.
// Pure.
std::string problem_of(const keys_choice& chosen);

}  // namespace relayauth::cli
