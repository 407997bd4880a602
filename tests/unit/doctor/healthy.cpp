#include "healthy.hpp"

#include "relayauth/base/time_text.hpp"

namespace relayauth::doctor {

using namespace std::chrono_literals;

findings healthy() {
    findings seen;
    seen.at = *parse_utc("2026-11-22T12:00:00Z");
    seen.server = "edge.example.test:5062";
    seen.host = seen.name_wanted = "edge.example.test";
    seen.addresses = {"192.0.2.1"};
    seen.connected_to = "192.0.2.1:5062";
    seen.connect_took = 12ms;
    tls_findings tls{"TLSv1.3", certificate::facts(), true, {}};
    tls.certificate->subject = "CN=edge.example.test";
    tls.certificate->not_before = seen.at - ticks(24h);
    tls.certificate->not_after = seen.at + ticks(24h * 300);
    seen.tls = tls;
    service_findings service;
    service.took = 3ms;
    service.sip_status = 200;
    service.reason_phrase = "OK";
    seen.service = service;
    credential_findings credential;
    credential.duration_minutes = 480;
    credential.version = "v2";
    credential.issued_at = seen.at;
    credential.expires_at = seen.at + ticks(8h);
    credential.relays = {"internet relay.example.test udp 3478 tcp 443"};
    credential.relay_addresses = {"relay.example.test:3478"};
    seen.credential = credential;
    rpc_findings rpc;
    rpc.validated = rpc.wrong_password_refused = true;
    rpc.signed_by = rpc.minting_key = "0123abcd";
    seen.rpc = rpc;
    seen.clock = clock_reading{1ms, 2ms, 8, clock_reading::source::rpc};
    seen.kernel.synchronised = true;
    return seen;
}

}  // namespace relayauth::doctor
