#include "relayauth/load/service_template.hpp"

#include "relayauth/load/ids.hpp"
#include "relayauth/mras/vocabulary.hpp"

namespace relayauth::load {
namespace {

// In these patterns stand: $I the index in hex, $D in decimal, $U the identity's digits, $R the
// run, $H the server, $M its name as a URI's user, $L this end, $T the transport.
constexpr std::string_view identity_pattern = "sip:load-$U@example.com";

constexpr std::string_view body_pattern =
    "<request xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
    "xmlns=\"http://schemas.microsoft.com/2006/09/sip/mrasp\" requestID=\"$D\" version=\"2.0\" "
    "to=\"sip:$M@example.com;gruu;opaque=srvr:MRAS:AAAAAAAAAAAAAAAAAAAAAAAA\" "
    "from=\"sip:load-$U@example.com\"><credentialsRequest credentialsRequestID=\"$D\">"
    "<identity>sip:load-$U@example.com</identity><location>internet</location>"
    "<duration>480</duration></credentialsRequest></request>";

constexpr std::string_view head_pattern =
    "SERVICE sip:$H:5062;grid SIP/2.0\r\n"
    "Record-Route: <sip:fe01.example.com:5061;transport=tls;opaque=state:T;lr>;tag=0123456789AB\r\n"
    "Via: SIP/2.0/$T $L;branch=z9hG4bK$I.01234567;branched=FALSE\r\n"
    "Max-Forwards: 69\r\n"
    "ms-application-via: SIP;ms-urc-rs-from;ms-server=fe01.example.com;ms-pool=pool.example.com;"
    "ms-application=00000000-0000-4000-8000-000000000001\r\n"
    "Via: SIP/2.0/TLS 192.0.2.17:49231;ms-received-port=49231;ms-received-cid=A2100\r\n"
    "From: \"Load\"<sip:load-$U@example.com>;tag=2a1b3c4d5e;epid=6f7a8b9c0d\r\n"
    "To: <sip:$M@example.com;gruu;opaque=srvr:MRAS:AAAAAAAAAAAAAAAAAAAAAAAA>\r\n"
    "Call-ID: $R$I\r\n"
    "CSeq: 1 SERVICE\r\n"
    "Contact: <sip:load-$U@example.com;opaque=user:epid:AAAAAAAAAAAAAAAAAAAAAAAA;gruu>\r\n"
    "User-Agent: relayauth load\r\n"
    "ms-user-data: ms-publiccloud=FALSE;ms-federation=FALSE\r\n"
    "Content-Type: ";

}  // namespace

std::string identity_text(std::uint32_t number) {
    std::string text(identity_pattern.substr(0, identity_pattern.find('$')));
    const auto digits = text.size();
    text.resize(digits + identity_digits);
    put_decimal(text.data() + digits, number, identity_digits);
    return text.append(identity_pattern.substr(identity_pattern.find('@')));
}

service_template::service_template(std::string_view run, std::string_view host,
                                   std::string_view local, bool tls)
    : run_(run), host_(host), local_(local), transport_(tls ? "TLS" : "TCP") {
    std::vector<place> in_body;
    const auto body = expand(body_pattern, in_body);
    text_ = expand(head_pattern, places_);
    text_.append(mras::media_type).append("\r\nContent-Length: ");
    text_.append(std::to_string(body.size())).append("\r\n\r\n");
    for (auto each : in_body) places_.push_back({each.what, each.offset + text_.size()});
    text_ += body;
}

std::string service_template::expand(std::string_view pattern, std::vector<place>& places) const {
    std::string text;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] != '$') {
            text += pattern[i];
            continue;
        }
        switch (pattern[++i]) {
            case 'I':
                places.push_back({field::index_hex, text.size()});
                text.append(index_hex_digits, '0');
                break;
            case 'D':
                places.push_back({field::index_decimal, text.size()});
                text.append(index_decimal_digits, '0');
                break;
            case 'U':
                places.push_back({field::identity, text.size()});
                text.append(identity_digits, '0');
                break;
            case 'R':
                text += run_;
                break;
            case 'H':
                text += host_;
                break;
            case 'M':  // a user has no brackets (RFC 3261 25.1), and so no IPv6 address
                text += host_.starts_with('[') ? "mras" : host_;
                break;
            case 'L':
                text += local_;
                break;
            default:  // T
                text += transport_;
        }
    }
    return text;
}

void service_template::write(std::string& out, const request& wanted) const {
    const auto begin = out.size();
    out.append(text_);
    for (const auto& each : places_) {
        auto* at = out.data() + begin + each.offset;
        switch (each.what) {
            case field::index_hex:
                put_hex(at, wanted.index, index_hex_digits);
                break;
            case field::index_decimal:
                put_decimal(at, wanted.index, index_decimal_digits);
                break;
            case field::identity:
                put_decimal(at, wanted.identity, identity_digits);
                break;
        }
    }
}

}  // namespace relayauth::load
