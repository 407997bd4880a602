#include "sip_peer.hpp"

#include "tcp_stream.hpp"
#include "tls_stream.hpp"

#include <strings.h>

#include <cstdlib>

namespace relayauth::lab {
namespace {

constexpr std::string_view line_end = "\r\n";

bool same_name(const std::string& a, std::string_view b) {
    return a.size() == b.size() && ::strncasecmp(a.data(), b.data(), b.size()) == 0;
}

// Up to the next `end`, which goes away too.
std::string cut(std::string_view& text, std::string_view end) {
    const auto at = text.find(end);
    std::string part(text.substr(0, at));
    text.remove_prefix(at == std::string_view::npos ? text.size() : at + end.size());
    return part;
}

sip_answer parse_head(std::string_view head) {
    sip_answer parsed;
    auto start = cut(head, line_end);
    std::string_view rest = start;
    if (cut(rest, " ") != "SIP/2.0") return parsed;
    parsed.status = std::atoi(cut(rest, " ").c_str());
    parsed.reason = rest;
    while (!head.empty()) {
        const auto line = cut(head, line_end);
        std::string_view value = line;
        auto name = cut(value, ": ");
        parsed.headers.emplace_back(std::move(name), value);
    }
    return parsed;
}

}  // namespace

std::string sip_answer::header(std::string_view name) const {
    for (const auto& each : headers) {
        if (same_name(each.first, name)) return each.second;
    }
    return {};
}

std::string sip_answer::attribute(std::string_view name) const {
    // Behind the XML declaration, which has a version of its own.
    const auto begin = body.find("<response");
    if (begin == std::string::npos) return {};
    const auto opening = " " + std::string(name) + "=\"";
    const auto at = body.find(opening, begin);
    if (at == std::string::npos) return {};
    std::string_view rest = std::string_view(body).substr(at + opening.size());
    return cut(rest, "\"");
}

std::string sip_answer::text(std::string_view element) const {
    const auto opening = "<" + std::string(element) + ">";
    const auto at = body.find(opening);
    if (at == std::string::npos) return {};
    std::string_view rest = std::string_view(body).substr(at + opening.size());
    return cut(rest, "<");
}

sip_peer sip_peer::over_tcp(std::uint16_t port) {
    return sip_peer(std::make_unique<tcp_stream>(port));
}

sip_peer sip_peer::over_tls(std::uint16_t port) {
    return sip_peer(std::make_unique<tls_stream>(port));
}

std::optional<sip_answer> sip_peer::take_answer() {
    const auto end = unread_.find("\r\n\r\n");
    if (end == std::string::npos) return std::nullopt;
    auto parsed = parse_head(std::string_view(unread_).substr(0, end));
    const auto body_at = end + 4;
    const auto length = std::strtoul(parsed.header("Content-Length").c_str(), nullptr, 10);
    if (unread_.size() < body_at + length) return std::nullopt;
    parsed.body = unread_.substr(body_at, length);
    unread_.erase(0, body_at + length);
    return parsed;
}

std::optional<sip_answer> sip_peer::answer(std::chrono::milliseconds within) {
    const stopwatch running;
    while (true) {
        if (auto whole = take_answer()) return whole;
        const auto left = within - running.elapsed();
        if (left < 0ms) return std::nullopt;
        if (carrier_->receive(unread_, left) != stream::outcome::octets) return take_answer();
    }
}

std::optional<sip_answer> sip_peer::ask(std::string_view octets) {
    if (!send(octets)) return std::nullopt;
    return answer();
}

bool sip_peer::is_closed(std::chrono::milliseconds within) {
    const stopwatch running;
    while (true) {
        const auto left = within - running.elapsed();
        if (left < 0ms) return false;
        switch (carrier_->receive(unread_, left)) {
            case stream::outcome::octets:
                break;
            case stream::outcome::closed:
                return true;
            case stream::outcome::time_up:
                return false;
        }
    }
}

bool sip_peer::receive(std::size_t count, std::chrono::milliseconds within) {
    const stopwatch running;
    while (unread_.size() < count) {
        const auto left = within - running.elapsed();
        if (left < 0ms) return false;
        if (carrier_->receive(unread_, left) != stream::outcome::octets) break;
    }
    return unread_.size() >= count;
}

}  // namespace relayauth::lab
