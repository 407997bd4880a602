#pragma once

#include <string>
#include <string_view>

namespace relayauth::lab {

// The requests of the integration tests, typed by hand; only lengths and ids are filled in.

// good_body asks for one credential for 480 minutes.
inline constexpr std::string_view good_body =
    R"(<request requestID="17" version="2.0" to="sip:mras@example.test" from="sip:alice@example.test")"
    R"( xmlns="http://schemas.microsoft.com/2006/09/sip/mrasp">)"
    R"(<credentialsRequest credentialsRequestID="17"><identity>sip:alice@example.test</identity>)"
    R"(<location>intranet</location><duration>480</duration></credentialsRequest></request>)";

// The lines of a good SERVICE before Content-Type and Content-Length.
inline constexpr std::string_view good_lines =
    "SERVICE sip:edge.example.test:5062;grid SIP/2.0\r\n"
    "Via: SIP/2.0/TLS 192.0.2.7:50001;branch=z9hG4bK1A2B3C4D\r\n"
    "Max-Forwards: 70\r\n"
    "From: <sip:alice@example.test>;tag=3f1c9a7e52\r\n"
    "To: <sip:mras@example.test>\r\n"
    "Call-ID: 8c7b6a5948372615\r\n"
    "CSeq: 1 SERVICE\r\n";

// service is a SERVICE made of these lines and this body.
inline std::string service(std::string_view body = good_body, std::string_view lines = good_lines) {
    return std::string(lines) + "Content-Type: application/msrtc-media-relay-auth+xml\r\n" +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

// numbered is a good SERVICE with CSeq `number`.
inline std::string numbered(unsigned number) {
    return service(good_body,
                   "SERVICE sip:mras SIP/2.0\r\n"
                   "Via: SIP/2.0/TCP 192.0.2.7:50001;branch=z9hG4bK1A2B3C4D\r\n"
                   "From: <sip:alice@example.test>;tag=3f1c9a7e52\r\n"
                   "To: <sip:mras@example.test>\r\n"
                   "Call-ID: 8c7b6a5948372615\r\n"
                   "CSeq: " +
                       std::to_string(number) + " SERVICE\r\n");
}

// replaced is `text` with its first `what` exchanged; the test's own mistake if it has none.
inline std::string replaced(std::string_view text, std::string_view what, std::string_view with) {
    std::string made(text);
    const auto at = made.find(what);
    if (at == std::string::npos) return "NOT IN THE TEXT: " + std::string(what);
    return made.replace(at, what.size(), with);
}

}  // namespace relayauth::lab
