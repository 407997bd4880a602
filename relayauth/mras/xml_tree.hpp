#pragma once

#include "relayauth/mras/well_formed.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace pugi {
class xml_node;
}

namespace relayauth::mras {

// What both parsers do to pugixml's tree, which knows nothing of namespaces.

// element_name is an element's name with its prefix resolved. `local` lives as long as the tree.
struct element_name {
    bool is_mrasp = false;  // in the namespace of MRAS
    std::string_view local;
    std::size_t outer_bindings = 0;  // for element_scope::leave
};

enum class attribute_kind {
    plain,        // no prefix, hence no namespace
    declaration,  // xmlns or xmlns:prefix
    mrasp,        // a prefix bound to the namespace of MRAS, where no attribute is defined
    foreign,      // any other namespace
};

// xml_attribute is one attribute as written; both views live as long as the tree.
struct xml_attribute {
    std::string_view name;  // with its prefix
    std::string_view value;
    std::size_t prefix_size = 0;
    attribute_kind kind = attribute_kind::plain;
};

// element_scope knows which prefixes are bound while a walk is inside an element. The tree must
// outlive the walk. One walk at a time.
class element_scope {
public:
    // clear forgets everything, for the next document; it keeps its memory.
    void clear() { bindings_.clear(); }

    // enter takes up the declarations of `element` and gives its name. Nothing if its tag breaks
    // Namespaces in XML 1.0: an unbound prefix, a reserved name misused, an empty namespace for a
    // prefix, or two attributes that are the same once their prefixes are resolved.
    // `element` must have at most max_attributes attributes.
    std::optional<element_name> enter(const pugi::xml_node& element);

    // leave forgets what enter, which gave `entered`, and everything after it took up.
    void leave(const element_name& entered) { bindings_.resize(entered.outer_bindings); }

    // attributes are those of the element entered last.
    std::span<const xml_attribute> attributes() const { return {attributes_.data(), count_}; }

private:
    struct binding {
        std::string_view prefix;  // empty: the default namespace
        std::string_view uri;
        bool is_mrasp = false;
    };
    bool declare(const xml_attribute& attribute);
    const binding* find(std::string_view prefix) const;
    bool resolve_prefixes();

    std::vector<binding> bindings_;
    std::array<xml_attribute, max_attributes> attributes_;
    std::size_t count_ = 0;
};

// element_text gives all text of `element`, CDATA sections too; nothing if it has a child element.
// Text in pieces, as comments leave it, is moved together inside the buffer that the tree was
// parsed from, so the tree must have been parsed in place from memory that may be written to; the
// view points there. Once per element: the tree does not hear of the move.
std::optional<std::string_view> element_text(const pugi::xml_node& element);

}  // namespace relayauth::mras
