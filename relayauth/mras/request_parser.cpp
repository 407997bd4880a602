#include "relayauth/base/ascii.hpp"
#include "relayauth/base/utf8.hpp"
#include "relayauth/mras/request.hpp"
#include "relayauth/mras/well_formed.hpp"
#include "relayauth/mras/xml_chars.hpp"
#include "relayauth/mras/xml_tree.hpp"

#include <algorithm>
#include <array>
#include <pugixml.hpp>
#include <vector>

namespace relayauth::mras {
namespace {

using maybe_errc = std::optional<errc>;

bool is_longer(std::string_view text, std::size_t most_characters) {
    return text.size() > most_characters && utf8_length(text) > most_characters;
}

// known_attribute is one that an element may have, and where it was found.
struct known_attribute {
    std::string_view name;
    const xml_attribute* found = nullptr;
};

// find_attributes looks for `known` among those of the element entered last. Attributes of other
// namespaces (xsi:schemaLocation for one) say nothing to us; a schema could not forbid them either.
maybe_errc find_attributes(const element_scope& scope, std::span<known_attribute> known) {
    for (const auto& attribute : scope.attributes()) {
        if (attribute.kind == attribute_kind::mrasp) return errc::unexpected_attribute;
        if (attribute.kind != attribute_kind::plain) continue;
        const auto place = std::ranges::find(known, attribute.name, &known_attribute::name);
        if (place == known.end()) return errc::unexpected_attribute;
        place->found = &attribute;
    }
    return std::nullopt;
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

// request_reader walks over one parsed document.
class request_reader {
public:
    request_reader(element_scope& scope, std::vector<credentials_request>& credentials)
        : scope_(scope), credentials_(credentials) {}

    parsed_request read(const pugi::xml_node& root);

private:
    maybe_errc read_root(const pugi::xml_node& root);
    maybe_errc read_root_attributes();
    maybe_errc read_credentials_requests(const pugi::xml_node& root);
    maybe_errc read_credentials_request(const pugi::xml_node& element, credentials_request& into);
    maybe_errc read_items(const pugi::xml_node& element, credentials_request& into);
    maybe_errc read_item(const pugi::xml_node& element, int place, credentials_request& into);

    // read_children calls `visit` with each child element and refuses text between them.
    template <class Visit>
    maybe_errc read_children(const pugi::xml_node& parent, Visit visit);

    element_scope& scope_;
    std::vector<credentials_request>& credentials_;
    request value_;
};

template <class Visit>
maybe_errc request_reader::read_children(const pugi::xml_node& parent, Visit visit) {
    for (auto child = parent.first_child(); child; child = child.next_sibling()) {
        if (child.type() == pugi::node_element) {
            if (const maybe_errc why = visit(child)) return why;
            continue;
        }
        const std::string_view text = child.value();
        if (child.type() != pugi::node_pcdata || !std::ranges::all_of(text, is_xml_space)) {
            return errc::unexpected_element;
        }
    }
    return std::nullopt;
}

parsed_request request_reader::read(const pugi::xml_node& root) {
    const auto why = read_root(root);
    if (!why) value_.credentials = credentials_;
    if (why && why != errc::too_many_credentials_requests) return {why, {}};
    return {why, value_};
}

maybe_errc request_reader::read_root(const pugi::xml_node& root) {
    const auto name = scope_.enter(root);
    if (!name) return errc::not_well_formed;
    if (name->local != "request") return errc::wrong_root;
    if (!name->is_mrasp) return errc::wrong_namespace;
    if (const auto why = read_root_attributes()) return why;
    return read_credentials_requests(root);
}

maybe_errc request_reader::read_root_attributes() {
    std::array<known_attribute, 5> known = {
        {{"requestID"}, {"version"}, {"to"}, {"from"}, {"route"}}};
    if (const auto why = find_attributes(scope_, known)) return why;
    const auto& [request_id, version, to, from, by] = known;
    if (!request_id.found || !version.found || !to.found || !from.found) {
        return errc::missing_attribute;
    }
    value_.request_id = request_id.found->value;
    value_.to = to.found->value;
    value_.from = from.found->value;
    value_.version_text = version.found->value;
    if (is_longer(value_.request_id, max_id_length) || is_longer(value_.to, max_text_length) ||
        is_longer(value_.from, max_text_length)) {
        return errc::value_too_long;
    }
    const auto number = parse_version(value_.version_text);
    if (!number) return errc::malformed_version;
    value_.version = *number;
    if (!is_sip_uri(value_.to) || !is_sip_uri(value_.from)) return errc::malformed_uri;
    if (!by.found) return std::nullopt;
    const auto how = parse_route(by.found->value);
    if (!how) return errc::malformed_route;
    value_.by = *how;
    return std::nullopt;
}

maybe_errc request_reader::read_credentials_requests(const pugi::xml_node& root) {
    const auto why = read_children(root, [this](const pugi::xml_node& element) -> maybe_errc {
        const auto name = scope_.enter(element);
        if (!name) return errc::not_well_formed;
        if (!name->is_mrasp) return errc::wrong_namespace;
        if (name->local != "credentialsRequest") return errc::unexpected_element;
        if (credentials_.size() == max_credentials_requests) {
            return errc::too_many_credentials_requests;
        }
        credentials_request one;
        if (const auto refused = read_credentials_request(element, one)) return refused;
        credentials_.push_back(one);
        scope_.leave(*name);
        return std::nullopt;
    });
    if (why) return why;
    if (credentials_.empty()) return errc::no_credentials_request;
    return std::nullopt;
}

maybe_errc request_reader::read_credentials_request(const pugi::xml_node& element,
                                                    credentials_request& into) {
    std::array<known_attribute, 1> known = {{{"credentialsRequestID"}}};
    if (const auto why = find_attributes(scope_, known)) return why;
    if (!known.front().found) return errc::missing_attribute;
    into.id = known.front().found->value;
    if (is_longer(into.id, max_id_length)) return errc::value_too_long;
    return read_items(element, into);
}

// The schema has a sequence: identity, then perhaps location, then perhaps duration. `done` is how
// far along it we are.
maybe_errc request_reader::read_items(const pugi::xml_node& element, credentials_request& into) {
    int done = 0;
    const auto why = read_children(element, [&](const pugi::xml_node& item) -> maybe_errc {
        const auto name = scope_.enter(item);
        if (!name) return errc::not_well_formed;
        if (!name->is_mrasp) return errc::wrong_namespace;
        constexpr std::array<std::string_view, 3> sequence = {"identity", "location", "duration"};
        const auto found = std::ranges::find(sequence, name->local);
        const auto place = static_cast<int>(found - sequence.begin());
        if (found == sequence.end() || place < done || (done == 0 && place != 0)) {
            return errc::unexpected_element;
        }
        done = place + 1;
        if (const auto refused = find_attributes(scope_, {})) return refused;
        scope_.leave(*name);
        return read_item(item, place, into);
    });
    if (why) return why;
    if (done == 0) return errc::missing_element;
    return std::nullopt;
}

maybe_errc request_reader::read_item(const pugi::xml_node& element, int place,
                                     credentials_request& into) {
    const auto text = element_text(element);
    if (!text) return errc::unexpected_element;
    if (place == 0) {
        if (is_longer(*text, max_text_length)) return errc::value_too_long;
        into.identity = *text;
        return std::nullopt;
    }
    if (place == 1) {
        into.where = parse_location(*text);
        if (!into.where) return errc::malformed_location;
        return std::nullopt;
    }
    into.duration_minutes = parse_duration(*text);
    if (!into.duration_minutes) return errc::malformed_duration;
    return std::nullopt;
}

}  // namespace

struct request_parser::state {
    element_scope scope;
    std::vector<credentials_request> credentials;
};

request_parser::request_parser() : state_(std::make_unique<state>()) {}
request_parser::~request_parser() = default;

parsed_request request_parser::parse(std::span<char> body) {
    if (const auto why = check_well_formed({body.data(), body.size()})) return {why, {}};
    state_->scope.clear();
    state_->credentials.clear();
    // The tree goes at once: its pages (32 KiB each) would add up over many idle connections, and
    // pugixml gives them back before it parses again in any case. What the result views is `body`.
    // White space stays, since an identity may be made of it.
    pugi::xml_document document;
    const auto parsed = document.load_buffer_inplace(
        body.data(), body.size(), pugi::parse_default | pugi::parse_ws_pcdata, pugi::encoding_utf8);
    if (!parsed) return {errc::not_well_formed, {}};
    return request_reader(state_->scope, state_->credentials).read(document.document_element());
}

}  // namespace relayauth::mras
