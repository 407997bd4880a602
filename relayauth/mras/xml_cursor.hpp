#pragma once

#include "relayauth/base/ascii.hpp"
#include "relayauth/mras/xml_chars.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

namespace relayauth::mras {

// xml_name is a name as written, its prefix still in front.
struct xml_name {
    std::string_view whole;
    std::size_t prefix_size = 0;

    std::string_view prefix() const { return whole.substr(0, prefix_size); }
    std::string_view local() const { return prefix_size ? whole.substr(prefix_size + 1) : whole; }
};

// xml_cursor is a place in a document whose characters are known to be good, and the small steps
// over what all of XML's grammar is made of. A step that says false found something else there; the
// cursor may then stand anywhere behind its start. Short, and here, to be inlined: a body has
// hundreds of steps.
class xml_cursor {
public:
    xml_cursor() = default;
    xml_cursor(std::span<char> document, bool all_ascii)
        : at_(document.data()), end_(at_ + document.size()), all_ascii_(all_ascii) {}

    // at may be read and followed only if !at_end.
    char* at() const { return at_; }
    bool at_end() const { return at_ == end_; }
    bool is_at(char c) const { return at_ != end_ && *at_ == c; }
    std::string_view rest() const { return {at_, static_cast<std::size_t>(end_ - at_)}; }
    bool all_ascii() const { return all_ascii_; }
    void move_to(char* place) { at_ = place; }

    // find gives the first `c` from here on, or null.
    char* find(char c) const {
        return static_cast<char*>(std::memchr(at_, c, static_cast<std::size_t>(end_ - at_)));
    }

    bool skip(char c) {
        if (!is_at(c)) return false;
        ++at_;
        return true;
    }
    bool skip(std::string_view text) {
        if (!rest().starts_with(text)) return false;
        at_ += text.size();
        return true;
    }
    // skip_space tells whether there was any. Good characters up to U+0020 are all white space.
    bool skip_space() {
        char* const begin = at_;
        char* at = begin;
        while (at != end_ && static_cast<std::uint8_t>(*at) <= ' ') ++at;
        at_ = at;
        return at != begin;
    }
    // skip_past moves behind the next `mark`; `passed` is what stood before it.
    bool skip_past(std::string_view mark, std::span<char>& passed) {
        const auto found = rest().find(mark);
        if (found == std::string_view::npos) return false;
        passed = {at_, found};
        at_ += found + mark.size();
        return true;
    }
    bool skip_past(std::string_view mark) {
        std::span<char> passed;
        return skip_past(mark, passed);
    }
    // skip_equals: section 3.1, Eq.
    bool skip_equals() {
        skip_space();
        if (!skip('=')) return false;
        skip_space();
        return true;
    }

    // read_quoted: what stands between two `"` or two `'`.
    bool read_quoted(std::span<char>& value) {
        if (!is_at('"') && !is_at('\'')) return false;
        const char quote = *at_++;
        char* const closing = find(quote);
        if (!closing) return false;
        value = {at_, static_cast<std::size_t>(closing - at_)};
        at_ = closing + 1;
        return true;
    }
    // skip_name: a name without a colon.
    bool skip_name() {
        char* const begin = at_;
        char* at = begin;
        if (at == end_ || class_of(*at) != starts_name) return false;
        do ++at;
        while (at != end_ && class_of(*at) != not_in_name);
        at_ = at;
        return all_ascii_ || is_name({begin, static_cast<std::size_t>(at - begin)});
    }
    // read_name: Namespaces in XML section 4: at most one colon, with a name on either side.
    bool read_name(xml_name& name) {
        const char* const begin = at_;
        if (!skip_name()) return false;
        name.prefix_size = 0;
        if (is_at(':')) {
            name.prefix_size = static_cast<std::size_t>(at_ - begin);
            ++at_;
            if (!skip_name()) return false;
        }
        name.whole = {begin, static_cast<std::size_t>(at_ - begin)};
        return true;
    }

private:
    enum name_class : std::uint8_t { not_in_name, in_name, starts_name };

    // Octets from 0x80 up count as letters here; is_name looks again if there are any.
    static constexpr auto name_classes = [] {
        std::array<name_class, 256> classes{};
        for (std::size_t octet = 0; octet < 256; ++octet) {
            const auto c = static_cast<char>(octet);
            if (ascii::is_alpha(c) || c == '_' || octet >= 0x80) classes[octet] = starts_name;
            if (ascii::is_digit(c) || c == '-' || c == '.') classes[octet] = in_name;
        }
        return classes;
    }();
    static name_class class_of(char c) { return name_classes[static_cast<std::uint8_t>(c)]; }

    static bool is_name(std::string_view text);

    char* at_ = nullptr;
    char* end_ = nullptr;
    bool all_ascii_ = true;
};

}  // namespace relayauth::mras
