#include "relayauth/mras/request.hpp"
#include "relayauth/mras/response.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

// Any octets as a request body, an answer and a URI. What the parser accepts must come back the
// same after it is written and read again.
namespace {

using namespace relayauth::mras;

void require(bool claim) {
    if (!claim) std::abort();
}

bool same(const credentials_request& a, const credentials_request& b) {
    return a.id == b.id && a.identity == b.identity && a.where == b.where &&
           a.duration_minutes == b.duration_minutes;
}

void check_round_trip(const request& value) {
    std::string written;
    write_request(written, value);
    request_parser parser;
    const auto again = parser.parse(written);
    require(!again.why);
    require(again.value.request_id == value.request_id && again.value.to == value.to);
    require(again.value.from == value.from && again.value.version_text == value.version_text);
    require(again.value.version == value.version && again.value.by == value.by);
    require(std::equal(value.credentials.begin(), value.credentials.end(),
                       again.value.credentials.begin(), again.value.credentials.end(), same));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    std::vector<char> body(text.begin(), text.end());  // parsed in place, and exactly this long
    request_parser parser;
    const auto parsed = parser.parse(body);
    if (!parsed.why) {
        require(!parsed.value.credentials.empty());
        require(is_sip_uri(parsed.value.to) && is_sip_uri(parsed.value.from));
        check_round_trip(parsed.value);
    }
    (void)parse_response(text);
    (void)is_sip_uri(text);
    return 0;
}
