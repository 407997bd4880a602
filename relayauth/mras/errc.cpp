#include "relayauth/mras/errc.hpp"

namespace relayauth::mras {

std::string_view to_text(errc why) {
    switch (why) {
        case errc::not_utf8:
            return "body is not UTF-8";
        case errc::not_well_formed:
            return "body is not well-formed XML";
        case errc::doctype_present:
            return "body has a DOCTYPE";
        case errc::wrong_namespace:
            return "element is not in the MRAS namespace";
        case errc::wrong_root:
            return "root element is not request";
        case errc::unexpected_element:
            return "element or text where none may stand";
        case errc::unexpected_attribute:
            return "attribute that the schema does not know";
        case errc::missing_element:
            return "identity is missing";
        case errc::missing_attribute:
            return "required attribute is missing";
        case errc::value_too_long:
            return "value is too long";
        case errc::malformed_version:
            return "version is not digits, a dot and digits";
        case errc::malformed_uri:
            return "to or from is not a SIP URI";
        case errc::malformed_route:
            return "route is neither loadbalanced nor directip";
        case errc::malformed_location:
            return "location is neither intranet nor internet";
        case errc::malformed_duration:
            return "duration is not a positive number of minutes";
        case errc::no_credentials_request:
            return "no credentialsRequest";
        case errc::too_many_credentials_requests:
            return "more than 100 credentialsRequests";
    }
    return "unknown";
}

}  // namespace relayauth::mras
