#pragma once

#include "relayauth/mras/request.hpp"

#include <cstring>
#include <memory>
#include <string>
#include <string_view>

namespace relayauth::mras {

// Bodies typed by hand after what real clients send (protocol notes, sections 1 and 2.1).

inline constexpr std::string_view lync_2010 =
    R"(<request requestID="46498200" from="sip:alice@contoso.com" version="2.0" )"
    R"(to="sip:edge.contoso.com@contoso.com;gruu;opaque=srvr:MRAS:7iH5ZsjUM0WVlDTBZSWDHAAA" )"
    R"(xmlns="http://schemas.microsoft.com/2006/09/sip/mrasp" )"
    R"(xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">)"
    R"(<credentialsRequest credentialsRequestID="46498200"><identity>sip:alice@contoso.com</identity>)"
    R"(<location>internet</location><duration>480</duration></credentialsRequest></request>)";

inline constexpr std::string_view pidgin_sipe =
    R"(<request requestID="1234" from="sip:bob@example.test" version="1.0" to="sip:mras@example.test" )"
    R"(xmlns="http://schemas.microsoft.com/2006/09/sip/mrasp" )"
    R"(xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><credentialsRequest )"
    R"(credentialsRequestID="1234"><identity>sip:bob@example.test</identity><location>intranet)"
    R"(</location><duration>480</duration></credentialsRequest></request>)";

inline constexpr std::string_view office_sip =
    "<?xml version=\"1.0\"?>\r\n"
    "<request xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'\r\n"
    "\txmlns='http://schemas.microsoft.com/2006/09/sip/mrasp'\r\n"
    "\trequestID='7' version='1.0' to='sip:MRASLoc.example.test@example.test'\r\n"
    "\tfrom='sip:carol@example.test' route='directip'>\r\n"
    "  <!-- two users -->\r\n"
    "  <credentialsRequest credentialsRequestID='a'>\r\n"
    "    <identity>sip:carol@example.test</identity>\r\n"
    "  </credentialsRequest>\r\n"
    "  <?skip this?>\r\n"
    "  <credentialsRequest credentialsRequestID='b'>\r\n"
    "    <identity>sip:dave@example.test</identity>\r\n"
    "    <duration> 60 </duration>\r\n"
    "  </credentialsRequest>\r\n"
    "</request>\r\n";

inline constexpr std::string_view prefixed =
    "\xEF\xBB\xBF<?xml version='1.1' encoding='Utf-8' standalone='yes'?>"
    "<m:request xmlns:m=\"http://schemas.microsoft.com/2006/09/sip/mrasp\" "
    "requestID=\"&#x31;&#50;\" "
    "version=\"3.0\" to=\"sips:edge.example.test:5062\" from=\"sip:[2001:db8::1]\" "
    "xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\" i:schemaLocation=\"a b\" "
    "xml:lang=\"en\">"
    "<n:credentialsRequest xmlns:n=\"http://schemas.microsoft.com/2006/09/sip/mrasp\" "
    "credentialsRequestID=\"Content-Length: 5\"><m:identity>A&amp;B &lt;<![CDATA[&amp;]]>\xC3\xA9"
    "<!-- - -->]] ></m:identity></n:credentialsRequest></m:request><!-- end --><?end?>\n";

inline constexpr std::string_view all_bodies[] = {lync_2010, pidgin_sipe, office_sip, prefixed};

// document is a body in memory of exactly its size, so that AddressSanitizer sees one octet too
// many, and what the parser makes of it.
class document {
public:
    explicit document(std::string_view text) : octets_(new char[text.size()]), size_(text.size()) {
        if (!text.empty()) std::memcpy(octets_.get(), text.data(), text.size());
        parsed = parser_.parse({octets_.get(), size_});
    }

private:
    std::unique_ptr<char[]> octets_;
    std::size_t size_;
    request_parser parser_;

public:
    parsed_request parsed;
};

// with replaces the one occurrence of `old` in `body`.
inline std::string with(std::string_view body, std::string_view old, std::string_view fresh) {
    std::string text(body);
    const auto at = text.find(old);
    if (at == std::string::npos) return "no such text: " + std::string(old);
    return text.replace(at, old.size(), fresh);
}

}  // namespace relayauth::mras
