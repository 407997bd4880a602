#pragma once

#include "relayauth/credential/dialect.hpp"
#include "relayauth/credential/long_term_key.hpp"
#include "relayauth/credential/refusal.hpp"
#include "relayauth/keyring/ring.hpp"
#include "relayauth/mras/errc.hpp"
#include "relayauth/mras/vocabulary.hpp"
#include "relayauth/resp/errc.hpp"
#include "relayauth/rpc/errc.hpp"
#include "relayauth/rpc/reason.hpp"
#include "relayauth/rpc/reply.hpp"
#include "relayauth/rpc/vocabulary.hpp"
#include "relayauth/session/lab_rules.hpp"
#include "relayauth/sip/errc.hpp"
#include "relayauth/stun/digest.hpp"

#include <optional>

namespace relayauth::session {

// This file is the only place where reasons become what each wire says (protocol notes 1.7 and 8).

// status_of: 400, 505 or 513. Which of them also end the connection is the framer's knowledge.
int status_of(sip::errc why);

// reason_phrase_of turns a bad body, or a refusal to mint, into MRAS words.
mras::reason_phrase reason_phrase_of(mras::errc why);
mras::reason_phrase reason_phrase_of(credential::refusal why);

// The same for a lab rule that refuses, on SIP and elsewhere; OK and internal for one that does
// not.
mras::reason_phrase reason_phrase_of(lie told);
credential::refusal refusal_of(lie told);

// refusal_of is the word of the closed set that logs and counters name these under.
credential::refusal refusal_of(sip::errc why);
credential::refusal refusal_of(mras::errc why);
credential::refusal refusal_of(rpc::errc why);
credential::refusal refusal_of(resp::errc why);

// The same words on the rpc wire.
rpc::reason reason_of(credential::refusal why);
rpc::key_stage stage_of(keyring::key_stage stage);
rpc::relay_location location_of(mras::location where);
rpc::dialect dialect_of(credential::dialect form);

// And back, what a caller asks for; nothing for a number that is not known here (or for no digest).
std::optional<stun::digest> digest_of(rpc::key_digest wanted);
std::optional<credential::spelling> spelling_of(rpc::key_spelling wanted);

}  // namespace relayauth::session
