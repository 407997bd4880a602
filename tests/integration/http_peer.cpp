#include "http_peer.hpp"

#include "tcp_stream.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <sstream>

namespace relayauth::lab {
namespace {

// A family's name, of a sample's: a histogram's samples have endings of their own.
std::string family_of(const std::string& sample, const std::map<std::string, std::string>& types) {
    for (const std::string ending : {"_bucket", "_sum", "_count"}) {
        if (!sample.ends_with(ending)) continue;
        const auto family = sample.substr(0, sample.size() - ending.size());
        const auto found = types.find(family);
        if (found != types.end() && found->second == "histogram") return family;
    }
    return sample;
}

}  // namespace

http_peer::http_peer(std::uint16_t port) : stream_(std::make_unique<tcp_stream>(port)) {}
http_peer::~http_peer() = default;
http_peer::http_peer(http_peer&&) noexcept = default;

bool http_peer::send(const std::string& octets) {
    return stream_->send(octets);
}

std::optional<http_page> http_peer::page(std::chrono::milliseconds within) {
    const stopwatch waiting;
    while (true) {
        const auto end = unread_.find("\r\n\r\n");
        const std::string name = "\r\nContent-Length: ";
        const auto length = unread_.find(name);
        if (end != std::string::npos && length < end) {
            const auto size =
                static_cast<std::size_t>(std::atoi(unread_.c_str() + length + name.size()));
            if (unread_.size() >= end + 4 + size) {
                http_page whole{std::atoi(unread_.c_str() + 9), unread_.substr(0, end + 2),
                                unread_.substr(end + 4, size)};
                unread_.erase(0, end + 4 + size);
                return whole;
            }
        }
        if (waiting.elapsed() > within) return std::nullopt;
        if (stream_->receive(unread_, within) != stream::outcome::octets) return std::nullopt;
    }
}

std::optional<http_page> http_peer::get(const std::string& path) {
    if (!send("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")) return std::nullopt;
    return page();
}

bool http_peer::is_closed(std::chrono::milliseconds within) {
    std::string more;
    const stopwatch waiting;
    while (waiting.elapsed() < within) {
        const auto outcome = stream_->receive(more, within);
        if (outcome != stream::outcome::octets) return outcome == stream::outcome::closed;
    }
    return false;
}

http_page get_page(std::uint16_t port, const std::string& path) {
    return http_peer(port).get(path).value_or(http_page{});
}

double scraped::sum(const std::string& name, const std::vector<std::string>& labels) const {
    double all = 0;
    for (const auto& [sample, value] : samples) {
        bool fits = sample == name || sample.starts_with(name + "{");
        for (const auto& each : labels) fits = fits && sample.find(each) != std::string::npos;
        if (fits) all += value;
    }
    return all;
}

scraped read_metrics(const std::string& text) {
    scraped read;
    std::map<std::string, bool> helped;
    std::istringstream lines(text);
    EXPECT_TRUE(text.ends_with("\n"));
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string mark, what, name, type;
        if (line.starts_with("#")) {
            words >> mark >> what >> name >> type;
            EXPECT_TRUE(mark == "#" && (what == "HELP" || what == "TYPE")) << line;
            if (what == "TYPE") {
                EXPECT_TRUE(helped[name] && read.types.emplace(name, type).second) << line;
            } else {
                EXPECT_FALSE(std::exchange(helped[name], true)) << "HELP comes twice: " << line;
            }
            continue;
        }
        const auto end = line.rfind(' ');
        EXPECT_NE(end, std::string::npos) << line;
        const auto sample = line.substr(0, end);
        char* behind = nullptr;
        const auto value = std::strtod(line.c_str() + end + 1, &behind);
        EXPECT_EQ(*behind, '\0') << line;
        EXPECT_TRUE(read.samples.emplace(sample, value).second) << "comes twice: " << line;
        const auto family = family_of(sample.substr(0, sample.find('{')), read.types);
        EXPECT_TRUE(read.types.contains(family)) << "no HELP and TYPE before " << line;
        EXPECT_EQ(read.types[family] == "counter", family.ends_with("_total")) << line;
    }
    return read;
}

scraped scrape(std::uint16_t port) {
    const auto page = get_page(port, "/metrics");
    EXPECT_EQ(page.status, 200);
    EXPECT_NE(page.head.find("\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\n"),
              std::string::npos)
        << page.head;
    return read_metrics(page.body);
}

}  // namespace relayauth::lab
