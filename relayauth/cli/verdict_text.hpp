#pragma once

#include "relayauth/client/rpc_client.hpp"

#include <string>

namespace relayauth::cli {

// What `validate` prints about the answer to a call with one item. Everything is pure, safe from
// any thread, and prints nothing that a terminal would obey.

// judged is that one item's verdict, or the refusal of the whole call, and the times around it.
struct judged {
    rpc::received_verdict verdict;
    wall_time server_time;  // the clock that decided
    wall_time received_at;  // this machine's
    ticks server_ahead{0};

    bool good() const;
};

// judge takes the verdict out of an answer from rpc_client::validate to one item.
judged judge(const client::rpc_answer& answer);

// verdict_text is for people: `good` or the reason in its first line, then the times; and a line
// about the clocks when they differ. Ends with a line feed.
std::string verdict_text(const judged& value);

// verdict_json is one object without a line feed.
std::string verdict_json(const judged& value);

}  // namespace relayauth::cli
