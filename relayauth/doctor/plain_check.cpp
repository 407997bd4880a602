#include "relayauth/doctor/checks.hpp"

#include "relayauth/base/printable.hpp"

#include <charconv>
#include <string>
#include <string_view>

namespace relayauth::doctor {
namespace {

// What answers SIP in plain text, when TLS found no TLS.
void judge_plain_sip(check& made, const findings& seen, int status) {
    if (knows_no_service(status)) {
        made.words = "no TLS there: it speaks SIP in plain text, and knows no SERVICE (" +
                     std::to_string(status) + ")";
        made.troubles.push_back(unreachable(
            seen.server + " is a SIP server in plain text, but no A/V authentication service",
            "look up the A/V authentication port (5062); TLS is not what is missing here"));
        return;
    }
    if (status == 403) {
        made.words = "no TLS handshake there, and SIP in plain text is refused (403)";
        made.troubles.push_back(
            unreachable(seen.server + " speaks SIP, and ends every TLS handshake",
                        "read its log, which says why TLS ends; this machine may be refused too"));
        return;
    }
    made.words = "no TLS there: it speaks SIP in plain text";
    made.troubles.push_back(unreachable(
        seen.server + " answers without TLS, and a real Front End asks with TLS only",
        "switch TLS on at " + seen.server + ", or, if plain text is meant, ask with --tcp"));
}

int sip_status(std::string_view received) {
    constexpr std::string_view begin = "SIP/2.0 ";
    int status = 0;
    if (!received.starts_with(begin)) return status;
    std::from_chars(received.data() + begin.size(), received.data() + received.size(), status);
    return status;
}

void judge_plain_silence(check& made, const findings& seen, const plain_findings& plain) {
    const auto waited = waited_text(plain.waited);
    if (seen.tls_waited.count() == 0) {
        made.words =
            "it closes the connection on TLS, and says nothing to plain text within " + waited;
    } else {
        made.words = "it accepts the connection and says nothing: to TLS within " +
                     waited_text(seen.tls_waited) + ", to plain text within " + waited;
    }
    made.troubles.push_back(
        unreachable("what listens on " + seen.server + " accepts and says nothing",
                    "see whether the server there hangs (restart it), or another program has the "
                    "port"));
}

}  // namespace

check judge_plain(const findings& seen, const plain_findings& plain) {
    check made{"tls", verdict::fail, {}};
    switch (plain.what) {
        case plain_findings::kind::sip:
            judge_plain_sip(made, seen, sip_status(plain.received));
            break;
        case plain_findings::kind::other:
            made.words = "no TLS and no SIP there: it says `" +
                         printable(plain.received.substr(0, 24)) + "`";
            made.troubles.push_back(unreachable("another kind of server listens on " + seen.server,
                                                "look up the A/V authentication port (5062)"));
            break;
        case plain_findings::kind::closed:
            made.words = "it accepts the connection, and closes it on TLS and on plain text";
            made.troubles.push_back(
                unreachable("what listens on " + seen.server + " closes every connection",
                            "read the log of the server there: does it serve this machine? Is a "
                            "load balancer in front of a server that is down?"));
            break;
        case plain_findings::kind::silent:
            judge_plain_silence(made, seen, plain);
            break;
    }
    return made;
}

}  // namespace relayauth::doctor
