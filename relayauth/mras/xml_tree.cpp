#include "relayauth/mras/xml_tree.hpp"

#include "relayauth/mras/vocabulary.hpp"

#include <array>
#include <cstring>
#include <pugixml.hpp>

namespace relayauth::mras {
namespace {

// Namespaces in XML 1.0, section 3.
constexpr std::string_view xml_uri = "http://www.w3.org/XML/1998/namespace";
constexpr std::string_view xmlns_uri = "http://www.w3.org/2000/xmlns/";

// qualified_name is a name with the place of its colon; names are short, so one loop finds both.
struct qualified_name {
    std::string_view whole;
    std::size_t prefix_size = 0;

    explicit qualified_name(const char* text) {
        const char* at = text;
        for (; *at != '\0'; ++at) {
            if (*at == ':') prefix_size = static_cast<std::size_t>(at - text);
        }
        whole = {text, static_cast<std::size_t>(at - text)};
    }
    std::string_view prefix() const { return whole.substr(0, prefix_size); }
    std::string_view local() const { return prefix_size ? whole.substr(prefix_size + 1) : whole; }
};

std::string_view prefix_of(const xml_attribute& attribute) {
    return attribute.name.substr(0, attribute.prefix_size);
}
std::string_view local_of(const xml_attribute& attribute) {
    return attribute.name.substr(attribute.prefix_size + 1);
}

}  // namespace

// False: a constraint of section 3 (reserved names) or 5 (no prefix undeclared) is broken.
bool element_scope::declare(const xml_attribute& attribute) {
    const auto prefix = attribute.prefix_size ? local_of(attribute) : std::string_view{};
    const auto uri = attribute.value;
    if (uri == xmlns_uri || prefix == "xmlns") return false;
    if ((prefix == "xml") != (uri == xml_uri)) return false;
    if (!prefix.empty() && uri.empty()) return false;
    bindings_.push_back({prefix, uri, uri == xml_namespace});
    return true;
}

const element_scope::binding* element_scope::find(std::string_view prefix) const {
    static constexpr binding none = {{}, {}, false};
    static constexpr binding xml = {"xml", xml_uri, false};
    for (auto bound = bindings_.rbegin(); bound != bindings_.rend(); ++bound) {
        if (bound->prefix == prefix) return &*bound;
    }
    if (prefix.empty()) return &none;
    return prefix == "xml" ? &xml : nullptr;
}

// Section 6.3: no two attributes with one expanded name. Equal raw names are refused before.
bool element_scope::resolve_prefixes() {
    std::array<const binding*, max_attributes> bound;
    for (std::size_t i = 0; i < count_; ++i) {
        auto& one = attributes_[i];
        if (one.kind != attribute_kind::foreign) continue;
        bound[i] = find(prefix_of(one));
        if (!bound[i]) return false;
        for (std::size_t k = 0; k < i; ++k) {
            const auto& other = attributes_[k];
            if (other.kind != attribute_kind::foreign && other.kind != attribute_kind::mrasp)
                continue;
            if (local_of(other) == local_of(one) && bound[k]->uri == bound[i]->uri) return false;
        }
        if (bound[i]->is_mrasp) one.kind = attribute_kind::mrasp;
    }
    return true;
}

std::optional<element_name> element_scope::enter(const pugi::xml_node& element) {
    const auto outer_bindings = bindings_.size();
    bool any_prefixed = false;
    count_ = 0;
    auto attribute = element.first_attribute();
    // A null attribute has an empty name; each further question would be a call into the library.
    for (const char* text = attribute.name(); *text != '\0'; text = attribute.name()) {
        const qualified_name name(text);
        auto& one = attributes_[count_++];
        // Field by field: a copied aggregate costs a store-to-load stall for each attribute.
        one.name = name.whole;
        one.value = attribute.value();
        attribute = attribute.next_attribute();
        one.prefix_size = name.prefix_size;
        one.kind = attribute_kind::plain;
        if ((name.prefix_size ? name.prefix() : name.whole) == "xmlns") {
            one.kind = attribute_kind::declaration;
            if (!declare(one)) return std::nullopt;
        } else if (name.prefix_size != 0) {
            one.kind = attribute_kind::foreign;  // until we know better
            any_prefixed = true;
        }
    }
    if (any_prefixed && !resolve_prefixes()) return std::nullopt;
    const qualified_name name(element.name());
    const auto* const bound = find(name.prefix());
    if (!bound) return std::nullopt;
    return element_name{bound->is_mrasp, name.local(), outer_bindings};
}

std::optional<std::string_view> element_text(const pugi::xml_node& element) {
    char* text = nullptr;
    std::size_t size = 0;
    for (auto piece = element.first_child(); piece; piece = piece.next_sibling()) {
        if (piece.type() == pugi::node_element) return std::nullopt;
        const std::size_t length = std::strlen(piece.value());
        if (length == 0) continue;  // its value may be a constant, not in the buffer
        if (!text) {
            text = const_cast<char*>(piece.value());
        } else {
            std::memmove(text + size, piece.value(), length);
        }
        size += length;
    }
    return std::string_view(text, size);
}

}  // namespace relayauth::mras
