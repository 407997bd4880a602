#pragma once

#include "relayauth/base/result.hpp"
#include "relayauth/base/wall_time.hpp"
#include "relayauth/client/failure.hpp"
#include "relayauth/client/transport.hpp"
#include "relayauth/mras/response.hpp"
#include "relayauth/mras/vocabulary.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace relayauth::client {

// mras_question is what a user of the MRAS wants to know: one credentialsRequest.
struct mras_question {
    std::string identity;  // a SIP URI
    std::optional<mras::location> where;
    std::optional<std::uint32_t> duration_minutes;
    std::string version = "2.0";
    mras::route by = mras::route::loadbalanced;
};

// exchange is one question and its answer as they went over the wire, the password too, with this
// machine's clock at both; what did not happen is empty.
struct exchange {
    std::string sent;
    std::string received;
    wall_time sent_at;
    wall_time received_at;
};

// mras_answer is what came back. Its text is the server's: make it printable before it is shown.
struct mras_answer {
    int sip_status = 0;
    std::string sip_reason;
    std::optional<mras::received_response> response;  // absent when the SIP status is an error
    std::string warning;                              // of the Warning header, without its code
    std::optional<wall_time> server_date;
    std::string request_id;
};

// ask_mras sends one SERVICE request and waits for its answer; `trace` gets both messages, also
// when it fails. A refusal is an answer, not a failure. Fails as transport does, and when what
// comes back is not the answer to this question (Call-ID, CSeq, requestID) or not readable.
result<mras_answer, failure> ask_mras(transport& link, const mras_question& question,
                                      exchange& trace);

}  // namespace relayauth::client
