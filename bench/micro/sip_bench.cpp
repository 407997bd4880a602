#include "bench/micro/fixture.hpp"
#include "relayauth/sip/framer.hpp"
#include "relayauth/sip/request.hpp"

#include <benchmark/benchmark.h>

namespace relayauth::bench {

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

namespace {

void sip_parse(benchmark::State& state) {
    auto text = service_request();
    const sip::limits limits;
    sip::framer framer(limits);
    static sip::header_table table;
    for (auto _ : state) {
        const auto step = framer.next(text, table);
        if (step.kind != sip::step::kind::message) return state.SkipWithError("not framed");
        const auto parsed = sip::parse_request(table);
        if (parsed.why || parsed.value.cseq_number != 1) return state.SkipWithError("not parsed");
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}
BENCHMARK(sip_parse);

}  // namespace
}  // namespace relayauth::bench
