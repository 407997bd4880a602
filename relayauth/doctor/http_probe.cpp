#include "relayauth/doctor/http_probe.hpp"

#include "relayauth/doctor/first_contact.hpp"

#include <array>

namespace relayauth::doctor {

std::string answer_to_get(const client::connect_settings& settings, const time_budget& budget) {
    auto link = connect_within(settings, budget);
    if (!link) return {};
    if (link->write(as_bytes("GET / HTTP/1.0\r\n\r\n"))) return {};
    std::array<std::uint8_t, 64> octets{};
    const auto size = link->read_some(octets);
    return size ? std::string(as_text(bytes_view(octets).first(*size))) : std::string();
}

}  // namespace relayauth::doctor
