#include "relayauth/sip/errc.hpp"

namespace relayauth::sip {

std::string_view to_text(errc why) {
    switch (why) {
        case errc::not_sip:
            return "Not SIP";
        case errc::content_length_missing:
            return "Missing Content-Length Header";
        case errc::content_length_malformed:
            return "Malformed Content-Length Header";
        case errc::content_lengths_differ:
            return "Content-Length Headers Differ";
        case errc::message_too_long:
            return "Message Too Large";
        case errc::headers_too_long:
            return "Header Block Too Large";
        case errc::too_many_headers:
            return "Too Many Headers";
        case errc::control_character:
            return "Control Character In Header";
        case errc::malformed_start_line:
            return "Malformed Request-Line";
        case errc::unsupported_sip_version:
            return "Version Not Supported";
        case errc::malformed_header_line:
            return "Malformed Header Line";
        case errc::missing_via:
            return "Missing Via Header";
        case errc::malformed_via:
            return "Malformed Via Header";
        case errc::missing_from:
            return "Missing From Header";
        case errc::missing_to:
            return "Missing To Header";
        case errc::missing_call_id:
            return "Missing Call-ID Header";
        case errc::missing_cseq:
            return "Missing CSeq Header";
        case errc::repeated_header:
            return "Repeated From, To, Call-ID Or CSeq Header";
        case errc::malformed_cseq:
            return "Malformed CSeq Header";
        case errc::cseq_too_large:
            return "CSeq Number Too Large";
        case errc::cseq_method_differs:
            return "CSeq Method Differs From Request Method";
    }
    return {};
}

}  // namespace relayauth::sip
