#include "relayauth/mras/well_formed.hpp"

#include "relayauth/mras/xml_chars.hpp"
#include "relayauth/mras/xml_scanner.hpp"

#include <cstdint>
#include <cstring>

namespace relayauth::mras {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// check_characters finds the first character that may not stand in a document at all.
std::optional<errc> check_characters(std::string_view text, bool& all_ascii) {
    std::size_t at = 0;
    while (at < text.size()) {
        // Nearly all input is printable ASCII: eight octets at a time while none of them is below
        // 0x20 (the subtraction borrows) or above 0x7F.
        while (at + 8 <= text.size()) {
            std::uint64_t eight;
            std::memcpy(&eight, text.data() + at, 8);
            const auto below = (eight - 0x2020202020202020u) & ~eight;
            if ((eight | below) & 0x8080808080808080u) break;
            at += 8;
        }
        if (at == text.size()) break;
        const auto c = code_point_at(text, at);
        if (c.length == 0) return errc::not_utf8;
        if (!is_xml_char(c.value)) return errc::not_well_formed;
        if (c.length > 1) all_ascii = false;
        at += c.length;
    }
    return std::nullopt;
}

}  // namespace

std::optional<errc> check_well_formed(std::string_view document) {
    bool all_ascii = true;
    if (const auto why = check_characters(document, all_ascii)) return why;
    if (document.starts_with(byte_order_mark)) document.remove_prefix(byte_order_mark.size());
    return xml_scanner(document, all_ascii).check_document();
}

}  // namespace relayauth::mras
