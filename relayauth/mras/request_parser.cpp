#include "relayauth/base/ascii.hpp"
#include "relayauth/base/fault.hpp"
#include "relayauth/base/utf8.hpp"
#include "relayauth/mras/request.hpp"
#include "relayauth/mras/xml_chars.hpp"
#include "relayauth/mras/xml_scope.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <vector>

namespace relayauth::mras {
namespace {

using maybe_errc = fault<errc>;

bool is_longer(std::string_view text, std::size_t most_characters) {
    return text.size() > most_characters && utf8_length(text) > most_characters;
}

// XML Schema part 2, positiveInteger: white space around it collapses, a plus sign is no harm.
std::optional<std::uint32_t> parse_duration(std::string_view text) {
    text = trim_xml_space(text);
    if (text.starts_with('+')) text.remove_prefix(1);
    if (text.empty() || text.size() > max_duration_digits) return std::nullopt;
    std::uint32_t value = 0;
    for (const char c : text) {
        if (!ascii::is_digit(c)) return std::nullopt;
        value = value * 10 + static_cast<std::uint32_t>(c - '0');
    }
    if (value == 0) return std::nullopt;
    return value;
}

// known_attribute is one that an element may have, and its value if it was there.
struct known_attribute {
    std::string_view name;
    std::optional<std::string_view> value = std::nullopt;
};

}  // namespace

// state walks over one document after the other. What begins with `read_` stands behind a start tag
// whose name is known, and stops behind the end tag.
struct request_parser::state {
    const parsed_request& read(std::span<char> body);

private:
    maybe_errc read_document();
    maybe_errc read_root_attributes();
    maybe_errc read_credentials_requests();
    maybe_errc read_credentials_request(credentials_request& into);
    maybe_errc read_items(credentials_request& into);
    maybe_errc read_item(std::size_t place, credentials_request& into);
    maybe_errc read_text(std::string_view& text);
    maybe_errc find_attributes(std::span<known_attribute> known);

    // read_children enters each child element and calls `visit` with its local name; it refuses
    // text between them.
    template <class Visit>
    maybe_errc read_children(Visit visit);

    xml_scanner scanner_;
    xml_scope scope_;
    std::vector<credentials_request> credentials_;
    parsed_request parsed_;
};

template <class Visit>
maybe_errc request_parser::state::read_children(Visit visit) {
    for (;;) {
        const auto found = scanner_.next();
        if (found == token::end_tag) return std::nullopt;
        if (found == token::refused) return scanner_.why();
        if (found == token::text && std::ranges::all_of(scanner_.text(), is_xml_space)) continue;
        if (found != token::start_tag) return errc::unexpected_element;
        const auto name = scope_.enter(scanner_);
        if (!name) return errc::not_well_formed;
        if (!name->is_mrasp) return errc::wrong_namespace;
        if (const maybe_errc why = visit(name->local)) return why;
        scope_.leave(*name);
    }
}

// find_attributes looks for `known` among those of the element entered last. Attributes of other
// namespaces (xsi:schemaLocation for one) say nothing to us; a schema could not forbid them either.
maybe_errc request_parser::state::find_attributes(std::span<known_attribute> known) {
    for (const auto& attribute : scanner_.attributes()) {
        if (attribute.kind == attribute_kind::mrasp) return errc::unexpected_attribute;
        if (attribute.kind != attribute_kind::plain) continue;
        const auto place = std::ranges::find(known, attribute.name.whole, &known_attribute::name);
        if (place == known.end()) return errc::unexpected_attribute;
        place->value = attribute.value;
    }
    return std::nullopt;
}

const parsed_request& request_parser::state::read(std::span<char> body) {
    scanner_.begin(body);
    scope_.clear();
    credentials_.clear();
    const auto why = read_document();
    parsed_.why = why;
    if (why && why != errc::too_many_credentials_requests) parsed_.value = {};
    parsed_.value.credentials = {};
    if (!why) parsed_.value.credentials = credentials_;
    return parsed_;
}

maybe_errc request_parser::state::read_document() {
    if (scanner_.next() == token::refused) return scanner_.why();
    const auto name = scope_.enter(scanner_);
    if (!name) return errc::not_well_formed;
    if (name->local != "request") return errc::wrong_root;
    if (!name->is_mrasp) return errc::wrong_namespace;
    if (const auto why = read_root_attributes()) return why;
    if (const auto why = read_credentials_requests()) return why;
    if (scanner_.next() == token::refused) return scanner_.why();
    return std::nullopt;
}

maybe_errc request_parser::state::read_root_attributes() {
    std::array<known_attribute, 5> known = {
        {{"requestID"}, {"version"}, {"to"}, {"from"}, {"route"}}};
    if (const auto why = find_attributes(known)) return why;
    const auto& [request_id, version, to, from, by] = known;
    if (!request_id.value || !version.value || !to.value || !from.value) {
        return errc::missing_attribute;
    }
    auto& value = parsed_.value;
    value.request_id = *request_id.value;
    value.to = *to.value;
    value.from = *from.value;
    value.version_text = *version.value;
    if (is_longer(value.request_id, max_id_length) || is_longer(value.to, max_text_length) ||
        is_longer(value.from, max_text_length)) {
        return errc::value_too_long;
    }
    const auto number = parse_version(value.version_text);
    if (!number) return errc::malformed_version;
    value.version = *number;
    if (!is_sip_uri(value.to) || !is_sip_uri(value.from)) return errc::malformed_uri;
    value.by = route::loadbalanced;
    if (!by.value) return std::nullopt;
    const auto how = parse_route(*by.value);
    if (!how) return errc::malformed_route;
    value.by = *how;
    return std::nullopt;
}

maybe_errc request_parser::state::read_credentials_requests() {
    const auto why = read_children([this](std::string_view name) -> maybe_errc {
        if (name != "credentialsRequest") return errc::unexpected_element;
        if (credentials_.size() == max_credentials_requests) {
            return errc::too_many_credentials_requests;
        }
        return read_credentials_request(credentials_.emplace_back());
    });
    if (!why && credentials_.empty()) return errc::no_credentials_request;
    return why;
}

maybe_errc request_parser::state::read_credentials_request(credentials_request& into) {
    std::array<known_attribute, 1> known = {{{"credentialsRequestID"}}};
    if (const auto why = find_attributes(known)) return why;
    if (!known.front().value) return errc::missing_attribute;
    into.id = *known.front().value;
    if (is_longer(into.id, max_id_length)) return errc::value_too_long;
    return read_items(into);
}

// The schema has a sequence: identity, then perhaps location, then perhaps duration. `done` is how
// far along it we are.
maybe_errc request_parser::state::read_items(credentials_request& into) {
    std::size_t done = 0;
    const auto why = read_children([&](std::string_view name) -> maybe_errc {
        constexpr std::array<std::string_view, 3> sequence = {"identity", "location", "duration"};
        const auto found = std::ranges::find(sequence, name);
        const auto place = static_cast<std::size_t>(found - sequence.begin());
        if (found == sequence.end() || place < done || (done == 0 && place != 0)) {
            return errc::unexpected_element;
        }
        done = place + 1;
        if (const auto refused = find_attributes({})) return refused;
        return read_item(place, into);
    });
    if (!why && done == 0) return errc::missing_element;
    return why;
}

maybe_errc request_parser::state::read_item(std::size_t place, credentials_request& into) {
    std::string_view text;
    if (const auto why = read_text(text)) return why;
    if (place == 0) {
        if (is_longer(text, max_text_length)) return errc::value_too_long;
        into.identity = text;
        return std::nullopt;
    }
    if (place == 1) {
        into.where = parse_location(text);
        if (!into.where) return errc::malformed_location;
        return std::nullopt;
    }
    into.duration_minutes = parse_duration(text);
    if (!into.duration_minutes) return errc::malformed_duration;
    return std::nullopt;
}

// Text in pieces, as comments and CDATA sections leave it, is moved together in the body.
maybe_errc request_parser::state::read_text(std::string_view& text) {
    std::span<char> whole;
    for (;;) {
        const auto found = scanner_.next();
        if (found == token::refused) return scanner_.why();
        if (found == token::start_tag) return errc::unexpected_element;
        if (found == token::end_tag) break;
        const auto piece = scanner_.text();
        if (whole.empty()) {
            whole = piece;
            continue;
        }
        std::memmove(whole.data() + whole.size(), piece.data(), piece.size());
        whole = {whole.data(), whole.size() + piece.size()};
    }
    text = {whole.data(), whole.size()};
    return std::nullopt;
}

request_parser::request_parser() : state_(std::make_unique<state>()) {}
request_parser::~request_parser() = default;

const parsed_request& request_parser::parse(std::span<char> body) {
    return state_->read(body);
}

}  // namespace relayauth::mras
