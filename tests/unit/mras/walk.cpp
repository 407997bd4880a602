#include "walk.hpp"

#include "relayauth/mras/xml_scope.hpp"

#include <algorithm>
#include <vector>

namespace relayauth::mras {

std::optional<errc> check_well_formed(std::string_view document) {
    std::vector<char> octets(document.begin(), document.end());
    xml_scanner scanner;
    scanner.begin(octets);
    for (;;) {
        const auto found = scanner.next();
        if (found == token::refused) return scanner.why();
        if (found == token::end_of_document) return std::nullopt;
    }
}

bool has_good_names(std::string_view document) {
    std::vector<char> octets(document.begin(), document.end());
    xml_scanner scanner;
    xml_scope scope;
    std::vector<element_name> inside;
    scanner.begin(octets);
    for (;;) {
        const auto found = scanner.next();
        if (found == token::refused) return false;
        if (found == token::end_of_document) return true;
        if (found == token::start_tag) {
            const auto name = scope.enter(scanner);
            if (!name) return false;
            inside.push_back(*name);
        }
        if (found == token::end_tag) {
            scope.leave(inside.back());
            inside.pop_back();
        }
    }
}

}  // namespace relayauth::mras
