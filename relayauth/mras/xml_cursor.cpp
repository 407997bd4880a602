#include "relayauth/mras/xml_cursor.hpp"

namespace relayauth::mras {

// Octet by octet there was no way to tell letters beyond ASCII from other characters there.
bool xml_cursor::is_name(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const auto c = code_point_at(text, at);
        if (!(at == 0 ? may_start_name(c.value) : may_continue_name(c.value))) return false;
        at += c.length;
    }
    return true;
}

}  // namespace relayauth::mras
