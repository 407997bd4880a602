#include "relayauth/sip/via.hpp"

#include "relayauth/base/ascii.hpp"
#include "relayauth/sip/header.hpp"

namespace relayauth::sip {
namespace {

// sent_protocol_size measures `SIP / 2.0 / TLS` and the white space behind it; 0 if it is none.
std::size_t sent_protocol_size(std::string_view value) {
    std::size_t at = 0;
    const auto skip_space = [&] {
        while (at < value.size() && ascii::is_space(value[at])) ++at;
    };
    for (int part = 0; part < 3; ++part) {
        const auto begin = at;
        while (at < value.size() && is_token_character(value[at])) ++at;
        if (at == begin) return 0;
        const auto word = value.substr(begin, at - begin);
        if (part == 0 && !ascii::equal_ignoring_case(word, "SIP")) return 0;
        const auto word_end = at;
        skip_space();
        if (part == 2) return at > word_end ? at : 0;
        if (at == value.size() || value[at] != '/') return 0;
        ++at;
        skip_space();
    }
    return 0;
}

std::string_view host_of(std::string_view sent_by) {
    if (sent_by.starts_with('[')) {
        const auto close = sent_by.find(']');
        return close == std::string_view::npos ? std::string_view{} : sent_by.substr(1, close - 1);
    }
    return ascii::trim(sent_by.substr(0, sent_by.find(':')));
}

}  // namespace

std::optional<via> parse_via(std::string_view header_value) {
    via first;
    first.value_size = find_unquoted(header_value, ',');  // RFC 3261 7.3.1
    const auto value = header_value.substr(0, first.value_size);
    const auto sent_by_begin = sent_protocol_size(value);
    if (sent_by_begin == 0) return std::nullopt;

    auto at = find_unquoted(value, ';', sent_by_begin);
    first.host = host_of(ascii::trim(value.substr(sent_by_begin, at - sent_by_begin)));
    if (first.host.empty()) return std::nullopt;

    while (at < value.size()) {
        const auto end = find_unquoted(value, ';', at + 1);
        const auto parameter = value.substr(at + 1, end - at - 1);
        const auto name = ascii::trim(parameter.substr(0, parameter.find('=')));
        if (ascii::equal_ignoring_case(name, "received")) first.has_received = true;
        if (ascii::equal_ignoring_case(name, "rport") &&
            parameter.find('=') == std::string_view::npos) {
            first.empty_rport_end =
                static_cast<std::size_t>(name.data() + name.size() - value.data());
        }
        at = end;
    }
    return first;
}

}  // namespace relayauth::sip
