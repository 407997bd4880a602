#include "bench/micro/fixture.hpp"

namespace relayauth::bench {

keyring::ring make_ring(int older) {
    std::vector<keyring::entry> entries;
    for (int i = 0; i <= older; ++i) {
        const auto key = [i](std::uint8_t which) {
            secret octets(32);
            for (auto& each : octets.reveal_for_writing())
                each = static_cast<std::uint8_t>(which + i);
            return octets;
        };
        entries.push_back(
            {keyring::signing_key("0000000" + std::to_string(i), {key(0x10), key(0x50), key(0x90)}),
             i == 0, wall_time::max()});
    }
    return keyring::ring(std::move(entries));
}

std::string_view mras_body() {
    return "<request xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
           "xmlns=\"http://schemas.microsoft.com/2006/09/sip/mrasp\" requestID=\"52837512\" "
           "version=\"2.0\" "
           "to=\"sip:edge.example.com@example.com;gruu;opaque=srvr:MRAS:0rJ2fDGbFUSJMu9vBcRlHQAA\" "
           "from=\"sip:alice@example.com\"><credentialsRequest credentialsRequestID=\"52837512\">"
           "<identity>sip:alice@example.com</identity><location>internet</location>"
           "<duration>480</duration></credentialsRequest></request>";
}

std::string service_request() {
    std::string text =
        "SERVICE sip:edge.example.com:5062;grid SIP/2.0\r\n"
        "Record-Route: "
        "<sip:fe01.example.com:5061;transport=tls;opaque=state:T;lr>;tag=5D1AB0F0A7E2\r\n"
        "Via: SIP/2.0/TLS 127.0.0.1:51234;branch=z9hG4bK2E1D7B1C.5B1A9F0C;branched=FALSE\r\n"
        "Max-Forwards: 69\r\n"
        "ms-application-via: "
        "SIP;ms-urc-rs-from;ms-server=fe01.example.com;ms-pool=pool.example.com;"
        "ms-application=0e1b8c3a-2d3f-4f6e-9a44-5b6f7d8e9012\r\n"
        "Via: SIP/2.0/TLS 192.0.2.17:49231;ms-received-port=49231;ms-received-cid=A2100\r\n"
        "From: \"Alice Example\"<sip:alice@example.com>;tag=2a1b3c4d5e;epid=6f7a8b9c0d\r\n"
        "To: <sip:edge.example.com@example.com;gruu;opaque=srvr:MRAS:0rJ2fDGbFUSJMu9vBcRlHQAA>\r\n"
        "Call-ID: 0f9e8d7c6b5a49382716059483726150\r\n"
        "CSeq: 1 SERVICE\r\n"
        "Contact: <sip:alice@example.com;opaque=user:epid:b1C2d3E4f5G6h7I8j9K0lAAA;gruu>\r\n"
        "User-Agent: UCCAPI/4.0.7577.0 OC/4.0.7577.0 (Microsoft Lync 2010)\r\n"
        "ms-user-data: ms-publiccloud=FALSE;ms-federation=FALSE\r\n"
        "Content-Type: application/msrtc-media-relay-auth+xml\r\n";
    text += "Content-Length: " + std::to_string(mras_body().size()) + "\r\n\r\n";
    text += mras_body();
    return text;
}

}  // namespace relayauth::bench
