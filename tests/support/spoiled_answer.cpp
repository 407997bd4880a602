#include "spoiled_answer.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <charconv>

namespace relayauth::lab {
namespace {

constexpr std::string_view end_of_head = "\r\n\r\n";
constexpr std::size_t inside_head = 40;
constexpr std::string_view length_name = "\r\nContent-Length: ";

// Where the value of Content-Length stands in a head.
std::size_t length_at(std::string_view head) {
    const auto at = head.find(length_name);
    return at == std::string_view::npos ? at : at + length_name.size();
}

std::size_t body_length(std::string_view head) {
    std::size_t length = 0;
    if (const auto at = length_at(head); at != std::string_view::npos)
        std::from_chars(head.data() + at, head.data() + head.size(), length);
    return length;
}

std::string with_body(const std::string& answer, std::string_view body) {
    const auto head = answer.substr(0, answer.find(end_of_head));
    const auto at = length_at(head);
    EXPECT_NE(at, std::string::npos) << head;
    if (at == std::string::npos) return answer;
    const auto after = std::min(head.find("\r\n", at), head.size());
    return head.substr(0, at) + std::to_string(body.size()) + head.substr(after) +
           std::string(end_of_head) + std::string(body);
}

std::string body_of(const std::string& answer) {
    return answer.substr(answer.find(end_of_head) + end_of_head.size());
}

// Puts `with` between the first `before` and the `end` that follows it.
std::string exchanged(const std::string& text, std::string_view before, std::string_view end,
                      std::string_view with) {
    const auto found = text.find(before);
    const auto at = found + before.size();
    const auto to = found == std::string::npos ? found : text.find(end, at);
    EXPECT_NE(to, std::string::npos) << "no " << before << " in\n" << text;
    return to == std::string::npos ? text
                                   : text.substr(0, at) + std::string(with) + text.substr(to);
}

std::string body_exchanged(const std::string& answer, std::string_view before, std::string_view end,
                           std::string_view with) {
    return with_body(answer, exchanged(body_of(answer), before, end, with));
}

std::string with_altered_username(std::string answer) {
    constexpr std::string_view before = "<username>";
    const auto at = answer.find(before);
    const auto end = answer.find('<', at + before.size());
    EXPECT_NE(end, std::string::npos) << answer;
    if (end == std::string::npos) return answer;
    auto& octet = answer[(at + before.size() + end) / 2];
    octet = octet == 'A' ? 'B' : 'A';
    return answer;
}

}  // namespace

std::optional<std::string> take_sip_message(std::string& octets) {
    octets.erase(0, std::min(octets.find_first_not_of("\r\n"), octets.size()));
    const auto end = octets.find(end_of_head);
    if (end == std::string::npos) return std::nullopt;
    const auto size =
        end + end_of_head.size() + body_length(std::string_view(octets).substr(0, end));
    if (octets.size() < size) return std::nullopt;
    auto message = octets.substr(0, size);
    octets.erase(0, size);
    return message;
}

std::string spoiled(const std::string& answer, deed how) {
    if (how == deed::status_500)
        return exchanged(answer, "SIP/2.0 ", "\r\n", "500 Server Internal Error");
    if (how == deed::server_busy)
        return body_exchanged(answer, " reasonPhrase=\"", "\"", "Server Busy");
    if (how == deed::other_cseq) return exchanged(answer, "\r\nCSeq: ", " SERVICE", "2");
    if (how == deed::unsent_id)  // twelve digits, as the generator's own
        return body_exchanged(answer, " requestID=\"", "\"", "999999999999");
    if (how == deed::no_password) return body_exchanged(answer, "<password>", "</password>", "");
    if (how == deed::no_xml) return with_body(answer, "no XML at all");
    if (how == deed::altered_username) return with_altered_username(answer);
    if (how == deed::garbage) return std::string(garbage_text);
    if (how == deed::head_cut || how == deed::head_begun) return answer.substr(0, inside_head);
    if (how == deed::body_cut || how == deed::body_begun)
        return answer.substr(0, answer.size() - 1);
    if (how == deed::after_provisional)
        return exchanged(with_body(answer, ""), "SIP/2.0 ", "\r\n", "100 Trying") + "\r\n\r\n" +
               answer;
    return answer;
}

std::string with_body_of(const std::string& head, const std::string& body) {
    return with_body(head, body_of(body));
}

std::string stranger_to(const std::string& answer) {
    return exchanged(answer, "\r\nCall-ID: ", "\r\n", "nobody's");
}

}  // namespace relayauth::lab
