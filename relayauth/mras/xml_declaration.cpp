#include "relayauth/mras/xml_declaration.hpp"

#include <algorithm>

namespace relayauth::mras {
namespace {

bool read_item(xml_cursor& in, std::string_view name, std::string_view& value) {
    std::span<char> quoted;
    if (!in.skip(name) || !in.skip_equals() || !in.read_quoted(quoted)) return false;
    value = {quoted.data(), quoted.size()};
    return true;
}

bool is_version(std::string_view text) {
    return text.starts_with("1.") && text.size() > 2 &&
           std::ranges::all_of(text.substr(2), ascii::is_digit);
}

bool is_readable(std::string_view encoding, bool all_ascii) {
    return ascii::equal_ignoring_case(encoding, "utf-8") ||
           (all_ascii && ascii::equal_ignoring_case(encoding, "us-ascii"));
}

}  // namespace

std::optional<errc> read_declaration(xml_cursor& in) {
    const auto rest = in.rest();
    if (!rest.starts_with("<?xml") || rest.size() < 6 || !is_xml_space(rest[5])) return {};
    in.skip("<?xml");
    in.skip_space();
    std::string_view value;
    if (!read_item(in, "version", value) || !is_version(value)) return errc::not_well_formed;
    bool spaced = in.skip_space();
    if (spaced && in.is_at('e')) {
        if (!read_item(in, "encoding", value)) return errc::not_well_formed;
        if (!is_readable(value, in.all_ascii())) return errc::not_utf8;
        spaced = in.skip_space();
    }
    if (spaced && in.is_at('s')) {
        if (!read_item(in, "standalone", value)) return errc::not_well_formed;
        if (value != "yes" && value != "no") return errc::not_well_formed;
        in.skip_space();
    }
    if (!in.skip("?>")) return errc::not_well_formed;
    return {};
}

}  // namespace relayauth::mras
