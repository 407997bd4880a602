#pragma once

#include "relayauth/mras/xml_scanner.hpp"

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace relayauth::mras {

// element_name is an element's name with its prefix resolved. `local` lives as long as the
// document.
struct element_name {
    bool is_mrasp = false;  // in the namespace of MRAS
    std::string_view local;
    std::size_t outer_bindings = 0;  // for xml_scope::leave
};

// xml_scope knows which prefixes are bound inside an element. The document must outlive its use.
class xml_scope {
public:
    // clear forgets everything, for the next document; it keeps its memory.
    void clear() { bindings_.clear(); }

    // enter takes up the declarations of the tag that `at` has just read, gives the element's name
    // and finds the kind of each attribute. Nothing if the tag breaks Namespaces in XML 1.0: an
    // unbound prefix, a reserved name misused, an empty namespace for a prefix, or two attributes
    // that are the same once their prefixes are resolved.
    std::optional<element_name> enter(xml_scanner& at);

    // leave forgets what enter, which gave `entered`, and everything after it took up.
    void leave(const element_name& entered) { bindings_.resize(entered.outer_bindings); }

private:
    struct binding {
        std::string_view prefix;  // empty: the default namespace
        std::string_view uri;
        bool is_mrasp = false;
    };
    bool declare(const xml_attribute& attribute);
    const binding* find(std::string_view prefix) const;
    bool resolve(std::span<xml_attribute> attributes) const;

    std::vector<binding> bindings_;
};

}  // namespace relayauth::mras
