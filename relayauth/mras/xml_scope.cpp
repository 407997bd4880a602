#include "relayauth/mras/xml_scope.hpp"

#include "relayauth/mras/vocabulary.hpp"

#include <array>

namespace relayauth::mras {
namespace {

// Namespaces in XML 1.0, section 3.
constexpr std::string_view xml_uri = "http://www.w3.org/XML/1998/namespace";
constexpr std::string_view xmlns_uri = "http://www.w3.org/2000/xmlns/";

}  // namespace

// False: a constraint of section 3 (reserved names) or 5 (no prefix undeclared) is broken.
bool xml_scope::declare(const xml_attribute& attribute) {
    const auto prefix = attribute.name.prefix_size ? attribute.name.local() : std::string_view{};
    const auto uri = attribute.value;
    if (uri == xmlns_uri || prefix == "xmlns") return false;
    if ((prefix == "xml") != (uri == xml_uri)) return false;
    if (!prefix.empty() && uri.empty()) return false;
    bindings_.push_back({prefix, uri, uri == xml_namespace});
    return true;
}

const xml_scope::binding* xml_scope::find(std::string_view prefix) const {
    static constexpr binding none = {{}, {}, false};
    static constexpr binding xml = {"xml", xml_uri, false};
    for (auto bound = bindings_.rbegin(); bound != bindings_.rend(); ++bound) {
        if (bound->prefix == prefix) return &*bound;
    }
    if (prefix.empty()) return &none;
    return prefix == "xml" ? &xml : nullptr;
}

// Section 6.3: no two attributes with one expanded name. Equal raw names are refused before.
bool xml_scope::resolve(std::span<xml_attribute> attributes) const {
    std::array<const binding*, max_attributes> bound{};  // null: no prefix, or a declaration
    for (std::size_t i = 0; i < attributes.size(); ++i) {
        auto& one = attributes[i];
        if (one.kind != attribute_kind::foreign) continue;
        bound[i] = find(one.name.prefix());
        if (!bound[i]) return false;
        if (bound[i]->is_mrasp) one.kind = attribute_kind::mrasp;
        for (std::size_t k = 0; k < i; ++k) {
            const bool same_local = attributes[k].name.local() == one.name.local();
            if (bound[k] && same_local && bound[k]->uri == bound[i]->uri) return false;
        }
    }
    return true;
}

std::optional<element_name> xml_scope::enter(xml_scanner& at) {
    const auto outer_bindings = bindings_.size();
    bool any_prefixed = false;
    for (auto& attribute : at.attributes()) {
        const auto& name = attribute.name;
        if ((name.prefix_size ? name.prefix() : name.whole) == "xmlns") {
            attribute.kind = attribute_kind::declaration;
            if (!declare(attribute)) return std::nullopt;
        } else if (name.prefix_size != 0) {
            attribute.kind = attribute_kind::foreign;  // until we know better
            any_prefixed = true;
        }
    }
    if (any_prefixed && !resolve(at.attributes())) return std::nullopt;
    const auto* const bound = find(at.name().prefix());
    if (!bound) return std::nullopt;
    return element_name{bound->is_mrasp, at.name().local(), outer_bindings};
}

}  // namespace relayauth::mras
