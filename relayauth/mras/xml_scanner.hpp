#pragma once

#include "relayauth/mras/errc.hpp"
#include "relayauth/mras/well_formed.hpp"

#include <array>
#include <optional>
#include <string_view>

namespace relayauth::mras {

// xml_scanner is the markup half of check_well_formed: it walks once over a document whose
// characters are known to be good and obeys the grammar of XML 1.0, production by production.
// Every check_ function stands at the first character of what it reads, leaves the cursor behind
// it, and says false when why_ tells what is wrong. Views nothing but `document`.
class xml_scanner {
public:
    // `all_ascii`: the document has no character beyond U+007F.
    xml_scanner(std::string_view document, bool all_ascii);

    std::optional<errc> check_document();

private:
    // Not a string_view: all 48 of those below would be made empty for each document.
    struct name_place {
        const char* begin;
        const char* end;
        std::string_view text() const { return {begin, end}; }
    };

    bool fail(errc why);
    bool skip(char c);
    bool skip(std::string_view text);
    bool skip_space();
    bool skip_past(std::string_view mark);

    bool check_ncname();
    bool check_qname(name_place& name);
    bool check_declaration();
    bool check_quoted(std::string_view& value);
    bool check_pseudo_attribute(std::string_view name, std::string_view& value);
    bool check_encoding(std::string_view name);
    bool check_misc();
    bool check_content();
    bool check_markup();
    bool check_exclamation();
    bool check_comment();
    bool check_instruction();
    bool check_start_tag();
    bool check_end_tag();
    bool check_attribute(std::size_t count);
    bool check_text(std::string_view text);
    bool check_references(std::string_view text);

    const char* at_;
    const char* end_;
    bool all_ascii_;
    bool has_references_;             // an `&` somewhere: else no text needs a look for it
    bool has_brackets_;               // a `]` somewhere
    const char* next_tag_ = nullptr;  // the first `<` after that of the latest start tag, if any
    errc why_ = errc::not_well_formed;
    std::size_t depth_ = 0;
    std::array<name_place, max_element_depth> open_;
    std::array<name_place, max_attributes> attributes_;
};

}  // namespace relayauth::mras
