#pragma once

#include "relayauth/mras/errc.hpp"
#include "relayauth/mras/xml_cursor.hpp"
#include "relayauth/mras/xml_escape.hpp"

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

namespace relayauth::mras {

// Bounds of ours, so that hostile markup costs little; a request needs 3 and 5.
inline constexpr std::size_t max_element_depth = 16;
inline constexpr std::size_t max_attributes = 32;  // of one element, xmlns declarations included

// token is what stands next in a document. Comments and processing instructions are passed over.
enum class token {
    start_tag,  // name() and attributes()
    end_tag,    // also right after the start_tag of an element written `<a/>`
    text,       // text(): not empty, without its escapes; `a<!---->b` comes in two pieces
    cdata,      // text(): perhaps empty
    end_of_document,
    refused,  // why()
};

// attribute_kind is found by xml_scope; the scanner says `plain`.
enum class attribute_kind {
    plain,        // no prefix, hence no namespace
    declaration,  // xmlns or xmlns:prefix
    mrasp,        // a prefix bound to the namespace of MRAS, where no attribute is defined
    foreign,      // any other namespace
};

struct xml_attribute {
    xml_name name;
    std::string_view value;  // without its escapes
    attribute_kind kind = attribute_kind::plain;
};

// xml_scanner reads a document once, from front to back, and tells what it is made of. It accepts
// well-formed XML 1.0 in UTF-8 or US-ASCII, all of it (section 2.1), with names that Namespaces in
// XML 1.0 allows; what they are bound to is for xml_scope to say. Allocates nothing.
class xml_scanner {
public:
    // begin goes to the start of `document`, which next unescapes in place; every view points there
    // and stays valid as long as it does. Pieces never grow, and so never touch what comes after
    // them.
    void begin(std::span<char> document);

    // next moves on. Not to be called again after `end_of_document` or `refused`.
    token next();

    // why: not_utf8 (also another declared encoding), not_well_formed, doctype_present,
    // unexpected_element (nested deeper than max_element_depth) or unexpected_attribute (more than
    // max_attributes). Characters that may not stand anywhere come first, the rest in the order of
    // the document.
    errc why() const { return why_; }

    // Of the last start_tag; its attributes are gone with the next one.
    const xml_name& name() const { return name_; }
    std::span<xml_attribute> attributes() { return {attributes_.data(), attribute_count_}; }

    // Of the last text or cdata.
    std::span<char> text() const { return text_; }

private:
    token refuse(errc why);
    token next_outside();
    token read_text();
    token read_cdata();
    token read_start_tag();
    token read_end_tag();
    bool read_attributes();
    bool read_attribute();
    bool pass_aside();
    bool pass_instruction();
    bool restore(std::span<char>& text, raw_text kind) const;

    xml_cursor in_;
    bool as_written_ = true;      // nothing in the document needs unescaping
    bool begun_ = false;          // the root's start tag has been met
    bool empty_element_ = false;  // the end_tag of an `<a/>` is due
    char* next_tag_ = nullptr;    // the first `<` after that of the latest start tag, if any
    errc why_ = errc::not_well_formed;
    xml_name name_;
    std::span<char> text_;
    std::size_t depth_ = 0;
    std::size_t attribute_count_ = 0;
    std::array<std::string_view, max_element_depth> open_;
    std::array<xml_attribute, max_attributes> attributes_;
};

}  // namespace relayauth::mras
