#pragma once

#include "patience.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace relayauth::lab {

class tcp_stream;

// http_page is one HTTP answer, taken apart by code that shares nothing with the server's.
struct http_page {
    int status = 0;
    std::string head;
    std::string body;
};

// http_peer is a scraper's connection to a port of this machine.
class http_peer {
public:
    explicit http_peer(std::uint16_t port);
    ~http_peer();
    http_peer(http_peer&&) noexcept;

    bool send(const std::string& octets);
    // page waits for one whole answer; nothing if the connection ends or time is up first.
    std::optional<http_page> page(std::chrono::milliseconds within = patience);
    // get asks for `path` and stays connected.
    std::optional<http_page> get(const std::string& path);
    bool is_closed(std::chrono::milliseconds within = patience);

private:
    std::unique_ptr<tcp_stream> stream_;
    std::string unread_;
};

// get_page asks on a connection of its own; status 0 if there is no answer.
http_page get_page(std::uint16_t port, const std::string& path);

// scraped is what /metrics holds, read as the text format says, and strictly: a line that is none,
// a sample that comes twice, or one without HELP and TYPE before it is a test failure.
struct scraped {
    std::map<std::string, double> samples;     // `name{labels}`, as it stands there
    std::map<std::string, std::string> types;  // of each family
    // sum adds up the samples of `name` whose labels hold all of `labels`.
    double sum(const std::string& name, const std::vector<std::string>& labels = {}) const;
};
scraped read_metrics(const std::string& text);
scraped scrape(std::uint16_t port);

}  // namespace relayauth::lab
