#include "sip_talk.hpp"

#include <gtest/gtest.h>

#include <charconv>

namespace relayauth::session {
namespace {

std::string_view line_of(std::string_view& rest) {
    const auto end = rest.find("\r\n");
    EXPECT_NE(end, std::string_view::npos) << "no CRLF: " << rest;
    const auto line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 2);
    return line;
}

std::size_t number_of(std::string_view digits) {
    std::size_t value = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    EXPECT_EQ(read.ptr, digits.data() + digits.size()) << digits;
    return value;
}

sip_reply take(std::string_view& rest) {
    sip_reply got;
    const auto start = line_of(rest);
    EXPECT_TRUE(start.starts_with("SIP/2.0 ") && start.size() > 12 && start[11] == ' ') << start;
    got.status = static_cast<int>(number_of(start.substr(8, 3)));
    got.reason = start.substr(12);
    while (!rest.empty()) {
        const auto line = line_of(rest);
        if (line.empty()) break;
        const auto colon = line.find(": ");
        EXPECT_NE(colon, std::string_view::npos) << line;
        got.lines.emplace_back(line.substr(0, colon), line.substr(colon + 2));
    }
    const auto length = number_of(got.value("Content-Length"));
    EXPECT_LE(length, rest.size());
    got.body = rest.substr(0, length);
    rest.remove_prefix(std::min(length, rest.size()));
    return got;
}

}  // namespace

std::vector<std::string> sip_reply::values(std::string_view name) const {
    std::vector<std::string> found;
    for (const auto& line : lines) {
        if (line.first == name) found.push_back(line.second);
    }
    return found;
}

std::string sip_reply::value(std::string_view name) const {
    const auto found = values(name);
    EXPECT_EQ(found.size(), 1u) << name << " in an answer with status " << status;
    return found.empty() ? std::string("(none)") : found.front();
}

std::vector<sip_reply> sip_replies(std::string_view octets) {
    std::vector<sip_reply> all;
    while (!octets.empty()) all.push_back(take(octets));
    return all;
}

sip_reply only_reply(std::string_view octets) {
    const auto all = sip_replies(octets);
    EXPECT_EQ(all.size(), 1u) << octets;
    return all.empty() ? sip_reply() : all.front();
}

std::string request(std::string_view method, std::string_view more_lines) {
    std::string text(method);
    text +=
        " sip:mras@example.test SIP/2.0\r\n"
        "Via: SIP/2.0/TCP 127.0.0.1:40000;branch=z9hG4bKa1\r\n"
        "From: <sip:alice@example.test>;tag=f1\r\n"
        "To: <sip:mras@example.test>\r\n"
        "Call-ID: c1\r\n"
        "CSeq: 1 ";
    text += method;
    text += "\r\n";
    text += more_lines;
    return text + "Content-Length: 0\r\n\r\n";
}

std::string service(std::string_view body) {
    const auto length = "Content-Length: " + std::to_string(body.size());
    const auto head =
        request("SERVICE", "Content-Type: application/msrtc-media-relay-auth+xml\r\n");
    return with(head, "Content-Length: 0", length).append(body);
}

std::string with(std::string_view text, std::string_view old_part, std::string_view new_part) {
    std::string changed(text);
    const auto at = changed.find(old_part);
    EXPECT_NE(at, std::string::npos) << old_part;
    if (at == std::string::npos) return changed;
    EXPECT_EQ(changed.find(old_part, at + 1), std::string::npos) << "twice: " << old_part;
    return changed.replace(at, old_part.size(), new_part);
}

std::string between(std::string_view text, std::string_view open, std::string_view close) {
    const auto begin = text.find(open);
    EXPECT_NE(begin, std::string_view::npos) << open << " in " << text;
    if (begin == std::string_view::npos) return {};
    const auto from = begin + open.size();
    const auto end = text.find(close, from);
    EXPECT_NE(end, std::string_view::npos) << close << " in " << text;
    return std::string(text.substr(from, end - from));
}

}  // namespace relayauth::session
