#include "sip_answers.hpp"

#include <cstdio>

namespace relayauth::load {

std::string sip_answer::body() const {
    return "<?xml version=\"1.0\"?><response requestID=\"" + id +
           "\" to=\"sip:m@x\" from=\"sip:a@x\" version=\"2.0\" serverVersion=\"3.0\" "
           "reasonPhrase=\"" +
           reason +
           "\" xmlns=\"http://schemas.microsoft.com/2006/09/sip/mrasp\">"
           "<credentialsResponse credentialsRequestID=\"" +
           id +
           "\"><credentials><username>user==</username><password>pass=</password>"
           "<duration>480</duration></credentials></credentialsResponse></response>";
}

std::string sip_answer::text() const {
    return text(body());
}

std::string sip_answer::text(std::string_view with) const {
    return "SIP/2.0 " + status +
           "\r\nVia: SIP/2.0/TLS 192.0.2.1:40000;branch=z9hG4bK000000000000002a.01234567\r\n"
           "From: \"Load\"<sip:load-0000007@example.com>;tag=2a1b3c4d5e;epid=6f7a8b9c0d\r\n"
           "To: <sip:m@x;gruu>;tag=77\r\nCall-ID: " +
           call_id + "\r\nCSeq: " + cseq +
           (content_type.empty() ? "" : "\r\nContent-Type: " + content_type) +
           "\r\nContent-Length: " + std::to_string(with.size()) + "\r\n\r\n" + std::string(with);
}

sip_answer sip_answer_to(unsigned index) {
    sip_answer made;
    char digits[24];
    std::snprintf(digits, sizeof digits, "%016x", index);
    made.call_id = std::string(sip_run) + digits;
    std::snprintf(digits, sizeof digits, "%012u", index);
    made.id = digits;
    return made;
}

}  // namespace relayauth::load
