#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// SIP as the tests of this room write and read it, without the sip room.
namespace relayauth::session {

// sip_reply is one answer, taken apart by the letter of RFC 3261 7.
struct sip_reply {
    int status = 0;
    std::string reason;
    std::vector<std::pair<std::string, std::string>> lines;
    std::string body;

    // The value of the only line of that name; a test failure if there is none or another.
    std::string value(std::string_view name) const;
    std::vector<std::string> values(std::string_view name) const;
};

// sip_replies takes a run of whole answers apart; anything else in it is a test failure.
std::vector<sip_reply> sip_replies(std::string_view octets);
sip_reply only_reply(std::string_view octets);

// service wraps a body into a request: Via, From, To, Call-ID `c1`, CSeq `1 SERVICE`.
std::string service(std::string_view body);
// request is one without a body, with more header lines if you like.
std::string request(std::string_view method, std::string_view more_lines = {});

// with replaces the one `old_part` of `text`.
std::string with(std::string_view text, std::string_view old_part, std::string_view new_part);

// A body of version 2.0 for alice, typed by hand, without location and duration.
inline constexpr std::string_view plain_body =
    R"(<request requestID="7" version="2.0" to="sip:mras@example.test" from="sip:alice@example.test")"
    R"( xmlns="http://schemas.microsoft.com/2006/09/sip/mrasp">)"
    R"(<credentialsRequest credentialsRequestID="8"><identity>sip:alice@example.test</identity>)"
    R"(</credentialsRequest></request>)";

// What stands between `open` and the next `close`; a test failure if it is not there.
std::string between(std::string_view text, std::string_view open, std::string_view close);

}  // namespace relayauth::session
