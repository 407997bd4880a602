#pragma once

#include "relayauth/doctor/check.hpp"
#include "relayauth/doctor/findings.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace relayauth::doctor {

// Each function judges one line of the list by what was seen. All are pure and safe from any
// thread.

check judge_name(const findings& seen);
check judge_port(const findings& seen);
check judge_tls(const findings& seen);       // version, certificate, its dates
check judge_tls_name(const findings& seen);  // a Front End insists on it
check judge_service(const findings& seen);
check judge_credential(const findings& seen);
check judge_validation(const findings& seen);
check judge_relay(const findings& seen);
check judge_clock(const findings& seen);
check judge_own_clock(const findings& seen);
check judge_key(const findings& seen);

// judge_all is the list, in the order in which things happen.
std::vector<check> judge_all(const findings& seen);

// judge_plain is the line `tls` where TLS found none: by what a request in plain text learnt.
check judge_plain(const findings& seen, const plain_findings& plain);

// unreachable is the trouble of a server that the Front End cannot ask.
trouble unreachable(std::string headline, std::string remedy);

// reached tells whether an A/V authentication service answered, well or not, SERVICE or rpc.
bool reached(const findings& seen);

// knows_no_service tells whether this SIP status is that of a server for something else.
bool knows_no_service(int status);

// has_credential tells whether one came that has the form of one.
bool has_credential(const findings& seen);

// no_credential is the line of what needs one.
check no_credential(std::string name);

// waited_text is a time that was waited for an answer, to a tenth of a second.
std::string waited_text(std::chrono::milliseconds waited);

// how_it_broke is `was reset or closed`, `was not answered within 4 s`.
std::string how_it_broke(const broken_connection& broke);

// one_of_several is the trouble of a server of which `which`, `a second connection`, came to
// nothing, while another one did not.
trouble one_of_several(const findings& seen, const std::string& which,
                       const broken_connection& broke);

// What a credential that nobody believes leads to.
inline const std::string refused_everywhere =
    "relays answer 401 to every user of this server, whatever the network is like";

// Users wait at most 5 s, the Front End's own connect and the way to it and back included
// (protocol notes 2.6); of that the service itself may take no more than this. An answer in well
// under a second is what is usual.
inline constexpr std::chrono::milliseconds slow_answer{1000};
inline constexpr std::chrono::milliseconds too_slow_answer{3000};

// Clocks this close are equal to every reader of a credential.
inline constexpr ticks equal_clocks = std::chrono::seconds(5);

// clocks_differ tells whether the server's clock was measured and is farther from this machine's
// than that.
bool clocks_differ(const findings& seen);

}  // namespace relayauth::doctor
