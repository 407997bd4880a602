#include "relayauth/mras/xml_scanner.hpp"

#include "relayauth/base/ascii.hpp"
#include "relayauth/mras/xml_chars.hpp"

#include <cstdint>
#include <cstring>

namespace relayauth::mras {
namespace {

enum name_class : std::uint8_t { not_in_name = 0, in_name = 1, starts_name = 3 };

// Octets from 0x80 up count as letters here; check_ncname looks again if there are any.
constexpr auto name_classes = [] {
    std::array<std::uint8_t, 256> classes{};
    for (std::size_t octet = 0; octet < 256; ++octet) {
        const auto c = static_cast<char>(octet);
        if (ascii::is_alpha(c) || c == '_' || octet >= 0x80) classes[octet] = starts_name;
        if (ascii::is_digit(c) || c == '-' || c == '.') classes[octet] = in_name;
    }
    return classes;
}();

std::uint8_t class_of(char c) {
    return name_classes[static_cast<std::uint8_t>(c)];
}

bool is_name(std::string_view name) {
    for (std::size_t at = 0; at < name.size();) {
        const auto c = code_point_at(name, at);
        if (!(at == 0 ? may_start_name(c.value) : may_continue_name(c.value))) return false;
        at += c.length;
    }
    return true;
}

std::string_view view_between(const char* begin, const char* end) {
    return {begin, static_cast<std::size_t>(end - begin)};
}

const char* find(const char* begin, const char* end, char c) {
    return static_cast<const char*>(std::memchr(begin, c, static_cast<std::size_t>(end - begin)));
}

}  // namespace

xml_scanner::xml_scanner(std::string_view document, bool all_ascii)
    : at_(document.data()),
      end_(document.data() + document.size()),
      all_ascii_(all_ascii),
      has_references_(document.find('&') != std::string_view::npos),
      has_brackets_(document.find(']') != std::string_view::npos) {}

std::optional<errc> xml_scanner::check_document() {
    const bool good = check_declaration() && check_misc() && check_start_tag() && check_content() &&
                      check_misc() && at_ == end_;
    if (good) return std::nullopt;
    return why_;
}

bool xml_scanner::fail(errc why) {
    why_ = why;
    return false;
}

bool xml_scanner::skip(char c) {
    if (at_ == end_ || *at_ != c) return false;
    ++at_;
    return true;
}

bool xml_scanner::skip(std::string_view text) {
    if (!view_between(at_, end_).starts_with(text)) return false;
    at_ += text.size();
    return true;
}

// Tells whether there was any.
bool xml_scanner::skip_space() {
    const char* const begin = at_;
    while (at_ != end_ && is_xml_space(*at_)) ++at_;
    return at_ != begin;
}

bool xml_scanner::skip_past(std::string_view mark) {
    const auto found = view_between(at_, end_).find(mark);
    if (found == std::string_view::npos) return false;
    at_ += found + mark.size();
    return true;
}

bool xml_scanner::check_ncname() {
    const char* const begin = at_;
    if (at_ == end_ || class_of(*at_) != starts_name) return false;
    while (at_ != end_ && class_of(*at_) != not_in_name) ++at_;
    return all_ascii_ || is_name(view_between(begin, at_));
}

// Namespaces in XML section 4: at most one colon, with a name on either side.
bool xml_scanner::check_qname(name_place& name) {
    const char* const begin = at_;
    if (!check_ncname()) return false;
    if (at_ != end_ && *at_ == ':') {
        ++at_;
        if (!check_ncname()) return false;
    }
    name = {begin, at_};
    return true;
}

bool xml_scanner::check_quoted(std::string_view& value) {
    if (at_ == end_ || (*at_ != '"' && *at_ != '\'')) return false;
    const char* const closing = find(at_ + 1, end_, *at_);
    if (!closing) return false;
    value = view_between(at_ + 1, closing);
    at_ = closing + 1;
    return true;
}

// Section 2.8: `version="1.0"` and its like, the space before it already behind us.
bool xml_scanner::check_pseudo_attribute(std::string_view name, std::string_view& value) {
    if (!skip(name)) return false;
    skip_space();
    if (!skip('=')) return false;
    skip_space();
    return check_quoted(value);
}

// Section 2.8, XMLDecl; none is fine. It can only stand at the very start: elsewhere
// check_instruction refuses its name.
bool xml_scanner::check_declaration() {
    const auto rest = view_between(at_, end_);
    if (!rest.starts_with("<?xml") || rest.size() < 6 || !is_xml_space(rest[5])) return true;
    at_ += 5;
    skip_space();
    std::string_view value;
    if (!check_pseudo_attribute("version", value)) return false;
    if (!value.starts_with("1.") || value.size() == 2) return false;
    if (value.find_first_not_of("0123456789", 2) != std::string_view::npos) return false;
    bool spaced = skip_space();
    if (spaced && view_between(at_, end_).starts_with("encoding")) {
        if (!check_pseudo_attribute("encoding", value) || !check_encoding(value)) return false;
        spaced = skip_space();
    }
    if (spaced && view_between(at_, end_).starts_with("standalone")) {
        if (!check_pseudo_attribute("standalone", value)) return false;
        if (value != "yes" && value != "no") return false;
        skip_space();
    }
    return skip("?>");
}

bool xml_scanner::check_encoding(std::string_view name) {
    if (ascii::equal_ignoring_case(name, "utf-8")) return true;
    if (ascii::equal_ignoring_case(name, "us-ascii") && all_ascii_) return true;
    return fail(errc::not_utf8);
}

// Section 2.8, Misc*: what may stand before and after the root.
bool xml_scanner::check_misc() {
    for (;;) {
        skip_space();
        const auto rest = view_between(at_, end_);
        if (rest.starts_with("<?")) {
            if (!check_instruction()) return false;
        } else if (rest.starts_with("<!--")) {
            if (!check_comment()) return false;
        } else if (rest.starts_with("<!DOCTYPE")) {
            return fail(errc::doctype_present);
        } else {
            return true;
        }
    }
}

bool xml_scanner::check_content() {
    while (depth_ != 0) {
        // A start tag has looked ahead; other markup may hold a `<`, so look again behind it.
        const char* const tag = next_tag_ && next_tag_ >= at_ ? next_tag_ : find(at_, end_, '<');
        if (!tag || !check_text(view_between(at_, tag))) return false;
        at_ = tag;
        if (!check_markup()) return false;
    }
    return true;
}

bool xml_scanner::check_markup() {
    if (end_ - at_ < 2) return false;
    switch (at_[1]) {
        case '/':
            return check_end_tag();
        case '?':
            return check_instruction();
        case '!':
            return check_exclamation();
        default:
            return check_start_tag();
    }
}

bool xml_scanner::check_exclamation() {
    if (skip("<![CDATA[")) return skip_past("]]>");
    if (skip("<!DOCTYPE")) return fail(errc::doctype_present);
    return check_comment();
}

// Section 2.5: no `--` before the one that ends it.
bool xml_scanner::check_comment() {
    return skip("<!--") && skip_past("--") && skip('>');
}

// Section 2.6. The target `xml` in any case is reserved; Namespaces in XML section 7 forbids it a
// colon.
bool xml_scanner::check_instruction() {
    at_ += 2;
    const char* const target = at_;
    if (!check_ncname()) return false;
    if (ascii::equal_ignoring_case(view_between(target, at_), "xml")) return false;
    if (skip("?>")) return true;
    return skip_space() && skip_past("?>");
}

bool xml_scanner::check_start_tag() {
    if (at_ == end_ || *at_ != '<') return false;
    ++at_;
    next_tag_ = find(at_, end_, '<');
    name_place name;
    if (!check_qname(name)) return false;
    for (std::size_t count = 0;; ++count) {
        const bool spaced = skip_space();
        if (at_ == end_) return false;
        if (*at_ == '>') break;
        if (*at_ == '/') return skip("/>");
        if (!spaced) return false;
        if (!check_attribute(count)) return false;
    }
    ++at_;
    if (depth_ == max_element_depth) return fail(errc::unexpected_element);
    open_[depth_++] = name;
    return true;
}

bool xml_scanner::check_end_tag() {
    at_ += 2;
    if (!skip(open_[--depth_].text())) return false;
    skip_space();
    return skip('>');
}

// Section 3.1: no name twice, no `<` in a value.
bool xml_scanner::check_attribute(std::size_t count) {
    name_place name;
    if (!check_qname(name)) return false;
    if (count == max_attributes) return fail(errc::unexpected_attribute);
    for (std::size_t i = 0; i < count; ++i) {
        if (attributes_[i].text() == name.text()) return false;
    }
    attributes_[count] = name;
    skip_space();
    if (!skip('=')) return false;
    skip_space();
    std::string_view value;
    if (!check_quoted(value)) return false;
    if (next_tag_ && next_tag_ < at_) return false;
    return check_references(value);
}

// Section 2.4: `]]>` may only end a CDATA section.
bool xml_scanner::check_text(std::string_view text) {
    if (has_brackets_ && text.find("]]>") != std::string_view::npos) return false;
    return check_references(text);
}

// Section 4.1. Without a DOCTYPE only the five predefined entities exist (section 4.6).
bool xml_scanner::check_references(std::string_view text) {
    if (!has_references_) return true;
    for (auto at = text.find('&'); at != std::string_view::npos; at = text.find('&', at)) {
        const auto semicolon = text.find(';', at);
        if (semicolon == std::string_view::npos) return false;
        if (!is_reference(text.substr(at + 1, semicolon - at - 1))) return false;
        at = semicolon;
    }
    return true;
}

}  // namespace relayauth::mras
