#pragma once

#include "relayauth/base/wall_time.hpp"
#include "relayauth/client/mras_client.hpp"

#include <string>
#include <string_view>

namespace relayauth::cli {

// What `request` prints. Everything is pure, safe from any thread, and prints nothing that a
// terminal would obey.

// answered is an answer and this machine's clock around it.
struct answered {
    client::mras_answer answer;
    wall_time sent_at;
    wall_time received_at;

    // Whether there are credentials in it: a SIP status below 300 and the reason OK.
    bool granted() const;
    // How far the server's clock is ahead; nothing when it sent no Date.
    std::optional<ticks> server_ahead() const;
};

// request_text is for people: the credentials with what their tokens say, or the refusal and what
// it means; and a line about the clocks when they differ. Ends with a line feed.
std::string request_text(const answered& value);

// request_json is one object, as design.md 8 has it, without a line feed.
std::string request_json(const answered& value);

// status_words says what a SIP status that is an error means here and what to do next.
std::string_view status_words(int status, std::string_view reason);

}  // namespace relayauth::cli
