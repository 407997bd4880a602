#pragma once

#include "relayauth/doctor/findings.hpp"

namespace relayauth::doctor {

// What attempts to speak rpc tell of the server. All functions are pure and safe from any thread.

// door_shown tells what one failed attempt shows. `connected`: the connection, TLS included, stood
// when the first octet of rpc was sent. A server that closes upon that, or answers it in another
// protocol, has no rpc door; every other failure says nothing of doors.
rpc_findings::door door_shown(const broken_connection& attempt, bool connected);

// joined_attempts is what two attempts show together. An open door has the last word, and the first
// one's failure stays known: the server behind that connection did not work.
rpc_findings joined_attempts(const rpc_findings& first, rpc_findings second);

// after_another_service adds what a SERVICE on a connection after both showed: one that is answered
// tells a server without rpc, which may be silent to what is not SIP, from one that is mute.
// `broke`: why it was not answered; nothing: it was.
rpc_findings after_another_service(rpc_findings attempts,
                                   const std::optional<broken_connection>& broke);

}  // namespace relayauth::doctor
