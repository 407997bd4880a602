#pragma once

#include "hostile_peer.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace relayauth::lab {

// take_sip_message takes one whole SIP message from the front of `octets`; nothing if it is not all
// there yet. Keep-alives before it are dropped.
std::optional<std::string> take_sip_message(std::string& octets);

// spoiled gives the answer with what a deed does to its octets: the same for the other deeds. An
// answer that does not have what is to be altered is a test failure.
std::string spoiled(const std::string& answer, deed how);

// with_body_of gives `head`'s answer with the body of another.
std::string with_body_of(const std::string& head, const std::string& body);

// stranger_to gives an answer like this one to a request that nobody has sent.
std::string stranger_to(const std::string& answer);

// garbage_text is no SIP, whatever comes behind it.
inline constexpr std::string_view garbage_text = "nobody asked for this\r\n\r\n";

}  // namespace relayauth::lab
