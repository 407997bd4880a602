#include "relayauth/mras/xml_scanner.hpp"

#include "relayauth/mras/xml_chars.hpp"
#include "relayauth/mras/xml_declaration.hpp"

namespace relayauth::mras {
namespace {

constexpr std::size_t byte_order_mark_size = 3;

bool has_byte_order_mark(std::string_view document) {
    return document.starts_with("\xEF\xBB\xBF");
}

}  // namespace

void xml_scanner::begin(std::span<char> document) {
    begun_ = empty_element_ = false;
    next_tag_ = nullptr;
    depth_ = 0;
    in_ = {};  // for a document with a bad character nothing is left to read
    const std::string_view text(document.data(), document.size());
    const auto seen = survey(text);
    why_ = seen.why.value_or(errc::not_well_formed);
    if (seen.why) return;
    as_written_ = seen.as_written;
    in_ = xml_cursor(document.subspan(has_byte_order_mark(text) ? byte_order_mark_size : 0),
                     seen.all_ascii);
}

token xml_scanner::next() {
    if (empty_element_) {
        empty_element_ = false;
        return token::end_tag;
    }
    while (depth_ != 0) {
        if (!in_.is_at('<')) return read_text();
        const auto rest = in_.rest();
        const char second = rest.size() > 1 ? rest[1] : '\0';
        if (second == '/') return read_end_tag();
        if (second != '!' && second != '?') return read_start_tag();
        if (in_.skip("<![CDATA[")) return read_cdata();
        if (!pass_aside()) return token::refused;
    }
    return next_outside();
}

token xml_scanner::refuse(errc why) {
    why_ = why;
    return token::refused;
}

// Section 2.1: one element, and Misc* (section 2.8) on either side of it.
token xml_scanner::next_outside() {
    if (!begun_) {
        if (const auto why = read_declaration(in_)) return refuse(*why);
    }
    for (;;) {
        in_.skip_space();
        const auto rest = in_.rest();
        if (!rest.starts_with("<?") && !rest.starts_with("<!")) break;
        if (!pass_aside()) return token::refused;
    }
    if (begun_) return in_.at_end() ? token::end_of_document : token::refused;
    begun_ = true;
    return in_.is_at('<') ? read_start_tag() : token::refused;
}

// pass_aside moves behind a comment or an instruction. Section 2.5: no `--` in a comment before the
// one that ends it.
bool xml_scanner::pass_aside() {
    if (in_.skip("<?")) return pass_instruction();
    if (in_.skip("<!--")) return in_.skip_past("--") && in_.skip('>');
    if (in_.skip("<!DOCTYPE")) why_ = errc::doctype_present;
    return false;
}

// Section 2.6. The target `xml` in any case is reserved: a declaration is read elsewhere.
// Namespaces in XML section 7 forbids a target a colon.
bool xml_scanner::pass_instruction() {
    const auto target = in_.rest();
    if (!in_.skip_name()) return false;
    const auto size = target.size() - in_.rest().size();
    if (ascii::equal_ignoring_case(target.substr(0, size), "xml")) return false;
    if (in_.skip("?>")) return true;
    return in_.skip_space() && in_.skip_past("?>");
}

// Section 2.4: `]]>` may only end a CDATA section.
token xml_scanner::read_text() {
    // A start tag has looked ahead; other markup may hold a `<`, so look again behind it.
    char* const begin = in_.at();
    char* const tag = next_tag_ && next_tag_ >= begin ? next_tag_ : in_.find('<');
    if (!tag) return token::refused;
    text_ = {begin, tag};
    in_.move_to(tag);
    if (std::string_view(begin, text_.size()).find("]]>") != std::string_view::npos) {
        return token::refused;
    }
    return restore(text_, raw_text::content) ? token::text : token::refused;
}

token xml_scanner::read_cdata() {
    if (!in_.skip_past("]]>", text_)) return token::refused;
    return restore(text_, raw_text::cdata) ? token::cdata : token::refused;
}

token xml_scanner::read_start_tag() {
    in_.skip('<');
    next_tag_ = in_.find('<');
    if (!in_.read_name(name_) || !read_attributes()) return token::refused;
    if (in_.skip('/')) {
        empty_element_ = in_.skip('>');
        return empty_element_ ? token::start_tag : token::refused;
    }
    in_.skip('>');
    if (depth_ == max_element_depth) return refuse(errc::unexpected_element);
    open_[depth_++] = name_.whole;
    return token::start_tag;
}

token xml_scanner::read_end_tag() {
    in_.move_to(in_.at() + 2);
    if (!in_.skip(open_[--depth_])) return token::refused;
    in_.skip_space();
    return in_.skip('>') ? token::end_tag : token::refused;
}

// Stops at the `>` or `/` that ends the tag.
bool xml_scanner::read_attributes() {
    attribute_count_ = 0;
    for (;;) {
        const bool spaced = in_.skip_space();
        if (in_.is_at('>') || in_.is_at('/')) return true;
        if (!spaced || !read_attribute()) return false;
    }
}

// Section 3.1: no name twice, no `<` in a value.
bool xml_scanner::read_attribute() {
    xml_name name;
    if (!in_.read_name(name)) return false;
    if (attribute_count_ == max_attributes) {
        why_ = errc::unexpected_attribute;
        return false;
    }
    for (const auto& other : attributes()) {
        if (other.name.whole == name.whole) return false;
    }
    std::span<char> value;
    if (!in_.skip_equals() || !in_.read_quoted(value)) return false;
    if (next_tag_ && next_tag_ < in_.at()) return false;
    if (!restore(value, raw_text::attribute)) return false;
    // Field by field: a copied aggregate costs a store-to-load stall for each attribute.
    auto& one = attributes_[attribute_count_++];
    one.name = name;
    one.value = {value.data(), value.size()};
    one.kind = attribute_kind::plain;
    return true;
}

// restore gives the text that was meant, if every reference in it exists.
bool xml_scanner::restore(std::span<char>& text, raw_text kind) const {
    if (as_written_) return true;
    const auto size = unescape(text, kind);
    if (size) text = text.first(*size);
    return size.has_value();
}

}  // namespace relayauth::mras
