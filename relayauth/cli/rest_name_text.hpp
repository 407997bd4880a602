#pragma once

#include "relayauth/client/rpc_client.hpp"

#include <string>

namespace relayauth::cli {

// What `request --turn-rest` prints about an answer from rpc_client::issue. Everything is pure,
// safe from any thread, and prints nothing that a terminal would obey.

// has_credential: whether it is no refusal.
bool has_credential(const client::rpc_answer& answer);

// rest_name_text is for people, like request_text; it tells the expiry that the server said.
std::string rest_name_text(const client::rpc_answer& answer);

// rest_name_json is one object, without a line feed, with the members of request_json that do not
// come from SIP, and `dialect`.
std::string rest_name_json(const client::rpc_answer& answer);

}  // namespace relayauth::cli
