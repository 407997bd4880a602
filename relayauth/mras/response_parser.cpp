#include "relayauth/mras/response.hpp"
#include "relayauth/mras/xml_chars.hpp"
#include "relayauth/mras/xml_scope.hpp"

#include <algorithm>
#include <charconv>

namespace relayauth::mras {
namespace {

// response_reader walks over one answer. Every function but read stands behind a start tag and
// stops behind its end tag; it says false if there is nothing to be had from the answer.
class response_reader {
public:
    explicit response_reader(std::span<char> body) { scanner_.begin(body); }

    bool read(received_response& into);

private:
    bool read_credentials_response(received_credentials& into);
    bool read_credentials(received_credentials& into);
    bool read_relays(received_credentials& into);
    bool read_relay(received_credentials::relay& into);
    bool read_text(std::string& into);
    bool read_number(std::uint32_t& into);
    bool pass_element();

    // read_children calls `visit` with the name of each child element in our namespace.
    template <class Visit>
    bool read_children(Visit visit);

    // attribute gives the value of the one so written, with this prefix or none.
    std::optional<std::string_view> attribute(std::string_view name);

    xml_scanner scanner_;
    xml_scope scope_;
};

template <class Visit>
bool response_reader::read_children(Visit visit) {
    for (;;) {
        const auto found = scanner_.next();
        if (found == token::end_tag) return true;
        if (found == token::refused) return false;
        if (found != token::start_tag) continue;
        const auto name = scope_.enter(scanner_);
        if (!name || !(name->is_mrasp ? visit(name->local) : pass_element())) return false;
        scope_.leave(*name);
    }
}

bool response_reader::pass_element() {
    for (int depth = 1; depth != 0;) {
        const auto found = scanner_.next();
        if (found == token::refused) return false;
        depth += (found == token::start_tag) - (found == token::end_tag);
    }
    return true;
}

std::optional<std::string_view> response_reader::attribute(std::string_view name) {
    for (const auto& one : scanner_.attributes()) {
        if (one.name.whole == name) return one.value;
    }
    return std::nullopt;
}

// Empty if there are elements in it.
bool response_reader::read_text(std::string& into) {
    into.clear();
    bool has_child = false;
    for (;;) {
        const auto found = scanner_.next();
        if (found == token::refused) return false;
        if (found == token::end_tag) break;
        if (found == token::start_tag) {
            has_child = true;
            if (!pass_element()) return false;
            continue;
        }
        into.append(scanner_.text().data(), scanner_.text().size());
    }
    if (has_child) into.clear();
    return true;
}

// 0 if it is no number or does not fit.
bool response_reader::read_number(std::uint32_t& into) {
    std::string text;
    if (!read_text(text)) return false;
    const auto digits = trim_xml_space(text);
    const auto end = digits.data() + digits.size();
    const auto read = std::from_chars(digits.data(), end, into);
    if (read.ec != std::errc{} || read.ptr != end) into = 0;
    return true;
}

bool response_reader::read_relay(received_credentials::relay& into) {
    return read_children([&](std::string_view name) {
        if (name == "location") return read_text(into.location);
        if (name == "hostName") return read_text(into.host_name);
        if (name == "directIPAddress") return read_text(into.direct_ip_address);
        if (name == "udpPort") return read_number(into.udp_port);
        if (name == "tcpPort") return read_number(into.tcp_port);
        return pass_element();
    });
}

bool response_reader::read_relays(received_credentials& into) {
    return read_children([&](std::string_view name) {
        return name == "mediaRelay" ? read_relay(into.relays.emplace_back()) : pass_element();
    });
}

bool response_reader::read_credentials(received_credentials& into) {
    return read_children([&](std::string_view name) {
        if (name == "username") return read_text(into.username);
        if (name == "password") return read_text(into.password);
        if (name == "realm") return read_text(into.realm);
        if (name == "duration") return read_number(into.duration_minutes);
        return pass_element();
    });
}

bool response_reader::read_credentials_response(received_credentials& into) {
    into.id = attribute("credentialsRequestID").value_or("");
    return read_children([&](std::string_view name) {
        if (name == "credentials") return read_credentials(into);
        if (name == "mediaRelayList") return read_relays(into);
        return pass_element();
    });
}

bool response_reader::read(received_response& into) {
    if (scanner_.next() == token::refused) return false;
    const auto name = scope_.enter(scanner_);
    if (!name || !name->is_mrasp || name->local != "response") return false;
    if (!attribute("reasonPhrase")) return false;
    into.request_id = attribute("requestID").value_or("");
    into.to = attribute("to").value_or("");
    into.from = attribute("from").value_or("");
    into.version = attribute("version").value_or("");
    into.server_version = attribute("serverVersion").value_or("");
    into.reason = *attribute("reasonPhrase");
    const bool whole = read_children([&](std::string_view child) {
        if (child != "credentialsResponse") return pass_element();
        return read_credentials_response(into.credentials.emplace_back());
    });
    return whole && scanner_.next() == token::end_of_document;
}

}  // namespace

std::optional<received_response> parse_response(std::string_view body) {
    std::string copy(body);
    received_response response;
    if (!response_reader(copy).read(response)) return std::nullopt;
    return response;
}

}  // namespace relayauth::mras
