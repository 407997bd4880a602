#pragma once

#include "child_process.hpp"

#include <string>
#include <vector>

namespace relayauth::lab {

// What our own command line says, asked for --json. text_of and number_of read one member of such
// an object by its name, wherever it stands; empty or 0 if it is not there.
std::string text_of(const std::string& json, const std::string& member);
int number_of(const std::string& json, const std::string& member);

// credential is what a client got.
struct credential {
    std::string username;
    std::string password;
};

// ask_relayauth runs `relayauth COMMAND --server ADDRESS OPTIONS --json`.
finished ask_relayauth(const std::string& command, const std::string& address,
                       const std::vector<std::string>& options = {});

// request_credential runs `relayauth request`; an answer other than OK is a test failure.
credential request_credential(const std::string& address,
                              const std::vector<std::string>& options = {});

// validate runs `relayauth validate` over plain text with username and password.
finished validate(const std::string& address, const credential& what,
                  const std::vector<std::string>& options = {"--tcp"});

}  // namespace relayauth::lab
