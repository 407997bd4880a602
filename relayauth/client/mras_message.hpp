#pragma once

#include "relayauth/base/result.hpp"
#include "relayauth/client/failure.hpp"
#include "relayauth/client/mras_client.hpp"
#include "relayauth/sip/framer.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>

// Used inside the room only: the messages of one MRAS exchange, without the wire.
namespace relayauth::client {

// mras_ids tell an answer to this question from any other.
struct mras_ids {
    std::string call_id;     // 32 hex digits, as real clients have it
    std::string from_tag;    // 10 hex digits
    std::string branch;      // 16 hex digits, behind RFC 3261's magic cookie
    std::string request_id;  // a short decimal number, also the credentialsRequestID
};

// draw_mras_ids draws random ones; nothing if the system has no random octets.
std::optional<mras_ids> draw_mras_ids();

// write_mras_question is the whole SIP message, sent to `server` from `local_address`
// (`HOST:PORT`), with `now` as its Date.
std::string write_mras_question(const mras_question& question, const mras_ids& ids,
                                const endpoint& server, std::string_view local_address, bool tls,
                                wall_time now);

// read_mras_answer reads one framed message; nothing for a provisional answer (RFC 3261 8.1.3.2),
// after which another one follows.
std::optional<result<mras_answer, failure>> read_mras_answer(const sip::header_table& table,
                                                             std::string_view body,
                                                             const mras_ids& ids);

// warning_text takes the words out of a Warning value, `399 host "words"` (RFC 3261 20.43); a value
// of another form is given as it is.
std::string warning_text(std::string_view value);

// no_sip_words says what else `received`, which is no SIP, may be.
std::string no_sip_words(std::string_view received);

}  // namespace relayauth::client
