#pragma once

#include <string_view>

// SIP messages as peers send them, typed by hand from the observed shapes (RFC 3261 and traces of
// real clients), with lengths counted by hand: the tests of several rooms read these.
namespace relayauth::sip::messages {

// The body that a Lync 2010 client sends: no declaration, no white space, an unused prefix.
inline constexpr std::string_view lync_2010_body =
    R"(<request requestID="3149848" version="2.0")"
    R"( to="sip:edge.example.test@example.test;gruu;opaque=srvr:MRAS:AAECAwQFBgcICQoLDA0ODwAA")"
    R"( from="sip:alice@example.test" xmlns="http://schemas.microsoft.com/2006/09/sip/mrasp")"
    R"( xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">)"
    R"(<credentialsRequest credentialsRequestID="3149848"><identity>sip:alice@example.test</identity>)"
    R"(<location>intranet</location><duration>480</duration></credentialsRequest></request>)";
static_assert(lync_2010_body.size() == 447);

// A SERVICE that a Front End passes on for a Lync 2010 client: a rewritten request URI with a bare
// parameter, Record-Route with a tag behind its bracket, headers between two Via lines of which
// the second has no branch, and Content-Length in the middle.
inline constexpr std::string_view lync_2010_service =
    "SERVICE sip:edge.example.test:5062;grid SIP/2.0\r\n"
    "Record-Route: <sip:fe.example.test:5061;transport=tls;opaque=state:T;lr>"
    ";tag=6AB4C2D8E0F1A3B5C7D9E1F2A4B6C8D0\r\n"
    "Via: SIP/2.0/TLS 10.1.2.3:49301;branch=z9hG4bK5D2E9C31.8A1F0B7C6D5E4F30;branched=FALSE\r\n"
    "Max-Forwards: 69\r\n"
    "Content-Length: 447\r\n"
    "ms-application-via: ms-urc-rs-from;ms-server=fe.example.test;ms-pool=pool.example.test"
    ";ms-application=0d5d76c9-7a5c-4b4b-8ef7-0c4d2a7f1b6e\r\n"
    "Via: SIP/2.0/TLS 10.1.2.9:50873;ms-received-port=50873;ms-received-cid=1A2B00\r\n"
    "From: \"Alice Example\"<sip:alice@example.test>;tag=3f1c9a7e52;epid=0a1b2c3d4e\r\n"
    "To: <sip:edge.example.test@example.test;gruu;opaque=srvr:MRAS:AAECAwQFBgcICQoLDA0ODwAA>\r\n"
    "Call-ID: 8c7b6a5948372615f4e3d2c1b0a99887\r\n"
    "CSeq: 1 SERVICE\r\n"
    "Contact: <sip:alice@example.test;opaque=user:epid:AbCdEfGh1jKlMn0pQr-_sAAA;gruu>\r\n"
    "User-Agent: UCCAPI/4.0.7577.0 OC/4.0.7577.0 (Microsoft Lync 2010)\r\n"
    "ms-user-data: ms-publiccloud=FALSE;ms-federation=FALSE\r\n"
    "Content-Type: application/msrtc-media-relay-auth+xml\r\n"
    "\r\n"
    R"(<request requestID="3149848" version="2.0")"
    R"( to="sip:edge.example.test@example.test;gruu;opaque=srvr:MRAS:AAECAwQFBgcICQoLDA0ODwAA")"
    R"( from="sip:alice@example.test" xmlns="http://schemas.microsoft.com/2006/09/sip/mrasp")"
    R"( xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">)"
    R"(<credentialsRequest credentialsRequestID="3149848"><identity>sip:alice@example.test</identity>)"
    R"(<location>intranet</location><duration>480</duration></credentialsRequest></request>)";

// The same from a pidgin-sipe client: request URI and To are the MRAS URI; version 1.0, attributes
// in another order.
inline constexpr std::string_view sipe_service =
    "SERVICE sip:edge.example.test@example.test;gruu;opaque=srvr:MRAS:AAECAwQFBgcICQoLDA0ODwAA"
    " SIP/2.0\r\n"
    "Via: SIP/2.0/TLS 192.0.2.7:50001;branch=z9hG4bK1A2B3C4D5E6F70819\r\n"
    "From: <sip:bob@example.test>;tag=4711081501;epid=5e6f7a8b9c0d\r\n"
    "To: <sip:edge.example.test@example.test;gruu;opaque=srvr:MRAS:AAECAwQFBgcICQoLDA0ODwAA>\r\n"
    "Max-Forwards: 70\r\n"
    "CSeq: 1 SERVICE\r\n"
    "User-Agent: Purple/2.14.12 Sipe/1.25.0 (linux-x86_64; RTC/6.0)\r\n"
    "Call-ID: 0F1EgA2D3CiB4B5mC96A7o5D88x7E97t6A6Fb5x\r\n"
    "Contact: <sip:bob@example.test;opaque=user:epid:ZyXwVuTsRqPoNmLkJiHgFAAA;gruu>\r\n"
    "Content-Type: application/msrtc-media-relay-auth+xml\r\n"
    "Content-Length: 433\r\n"
    "\r\n"
    R"(<request requestID="42" from="sip:bob@example.test" version="1.0")"
    R"( to="sip:edge.example.test@example.test;gruu;opaque=srvr:MRAS:AAECAwQFBgcICQoLDA0ODwAA")"
    R"( xmlns="http://schemas.microsoft.com/2006/09/sip/mrasp")"
    R"( xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">)"
    R"(<credentialsRequest credentialsRequestID="42"><identity>sip:bob@example.test</identity>)"
    R"(<location>internet</location><duration>480</duration></credentialsRequest></request>)";

// As little as a good request can have.
inline constexpr std::string_view short_options =
    "OPTIONS sip:mras SIP/2.0\r\n"
    "Via: SIP/2.0/TCP 192.0.2.1:5060\r\n"
    "From: <sip:monitor@example.test>;tag=m1\r\n"
    "To: <sip:mras>\r\n"
    "Call-ID: ping-1\r\n"
    "CSeq: 2 OPTIONS\r\n"
    "Content-Length: 0\r\n"
    "\r\n";

// The same in compact names and with a body; `k`, `m`, `s` are names this service does not act on.
inline constexpr std::string_view compact_message =
    "MESSAGE sip:mras SIP/2.0\r\n"
    "v:SIP/2.0/TCP 192.0.2.1\r\n"
    "f:<sip:a@example.test>;tag=1\r\n"
    "t:<sip:b@example.test>\r\n"
    "i:c1\r\n"
    "CSeq:3 MESSAGE\r\n"
    "k:timer\r\n"
    "m:<sip:a@192.0.2.1>\r\n"
    "s:none\r\n"
    "c:text/plain\r\n"
    "l:2\r\n"
    "\r\n"
    "Hi";

// MS-SIPCOMP's offer of compression: one hop, no body.
inline constexpr std::string_view negotiate =
    "NEGOTIATE sip:127.0.0.1:5062 SIP/2.0\r\n"
    "Via: SIP/2.0/TLS 192.0.2.20:51000\r\n"
    "CSeq: 1 NEGOTIATE\r\n"
    "Call-ID: 0a0b0c0d0e0f\r\n"
    "From: <sip:fe.example.test>;tag=77\r\n"
    "To: <sip:edge.example.test>\r\n"
    "Max-Forwards: 0\r\n"
    "Compression: LZ77-8K\r\n"
    "Content-Length: 0\r\n"
    "\r\n";

// A browser that came to the wrong port: no Via, no Content-Length.
inline constexpr std::string_view http_get =
    "GET / HTTP/1.1\r\n"
    "Host: edge.example.test:5062\r\n"
    "User-Agent: curl/7.88.1\r\n"
    "Accept: */*\r\n"
    "\r\n";

// The first octets of a TLS 1.2 ClientHello record.
inline constexpr std::string_view tls_client_hello(
    "\x16\x03\x01\x00\xC8\x01\x00\x00\xC4\x03\x03\x5A", 12);

// An answer as this service gives it.
inline constexpr std::string_view ok_response =
    "SIP/2.0 200 OK\r\n"
    "Via: SIP/2.0/TLS 192.0.2.7:50001;branch=z9hG4bK1\r\n"
    "From: <sip:bob@example.test>;tag=1\r\n"
    "To: <sip:mras@example.test>;tag=2\r\n"
    "Call-ID: c9\r\n"
    "CSeq: 5 SERVICE\r\n"
    "Server: relayauth\r\n"
    "Date: Sun, 22 Nov 2026 09:30:54 GMT\r\n"
    "Warning: 399 mras \"Forbidden\"\r\n"
    "Content-Type: text/xml\r\n"
    "Content-Length: 4\r\n"
    "\r\n"
    "<a/>";

}  // namespace relayauth::sip::messages
