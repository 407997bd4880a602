#include "running_server.hpp"
#include "service_request.hpp"

#include <gtest/gtest.h>

// How large a message may be: at the limit it is served, one more is 513 and the end.
namespace relayauth::lab {
namespace {

constexpr std::size_t max_message = 512 * 1024;
constexpr std::size_t max_header_block = 16 * 1024;
constexpr std::size_t max_headers = 100;

// A SERVICE of `size` octets in all: blanks behind the XML fill it up.
std::string of_size(std::size_t size) {
    std::string body(good_body);
    while (true) {
        const auto whole = service(body);
        if (whole.size() >= size) return whole.size() == size ? whole : std::string();
        body.append(size - whole.size(), ' ');
        // The length itself may have grown by a digit.
        if (service(body).size() > size) body.resize(body.size() - (service(body).size() - size));
    }
}

// A SERVICE whose head, with its empty line, has `size` octets.
std::string of_head_size(std::size_t size) {
    const auto plain = service();
    const auto head = plain.find("\r\n\r\n") + 4;
    const std::string name = "X-Filler: ";
    const auto filler = name + std::string(size - head - name.size() - 2, 'x') + "\r\n";
    return service(good_body, std::string(good_lines) + filler);
}

// A SERVICE with `count` headers in all: the good one has 8.
std::string with_headers(std::size_t count) {
    std::string lines(good_lines);
    for (std::size_t i = 8; i < count; ++i) lines += "X-" + std::to_string(i) + ": y\r\n";
    return service(good_body, lines);
}

void expect_served(sip_peer peer, const std::string& request) {
    ASSERT_FALSE(request.empty());
    const auto answer = peer.ask(request);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 200) << answer->reason;
    EXPECT_EQ(answer->attribute("reasonPhrase"), "OK");
    const auto next = peer.ask(service());
    EXPECT_TRUE(next && next->status == 200) << "the connection does not live";
}

void expect_too_large(sip_peer peer, const std::string& request, const std::string& reason) {
    ASSERT_FALSE(request.empty());
    peer.send(request);  // may not get rid of all of it
    const auto answer = peer.answer();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 513);
    EXPECT_EQ(answer->reason, reason);
    EXPECT_TRUE(peer.is_closed());
}

TEST(MessageLimits, HoldForTheWholeMessage) {
    const running_server server;
    ASSERT_EQ(of_size(max_message).size(), max_message);
    expect_served(server.tcp(), of_size(max_message));
    expect_served(server.tls(), of_size(max_message));
    expect_too_large(server.tcp(), of_size(max_message + 1), "Message Too Large");
    expect_too_large(server.tls(), of_size(max_message + 1), "Message Too Large");
}

TEST(MessageLimits, HoldForTheHeaderBlock) {
    const running_server server;
    expect_served(server.tcp(), of_head_size(max_header_block));
    expect_too_large(server.tcp(), of_head_size(max_header_block + 1), "Header Block Too Large");
}

TEST(MessageLimits, HoldForTheNumberOfHeaders) {
    const running_server server;
    expect_served(server.tcp(), with_headers(max_headers));
    expect_too_large(server.tcp(), with_headers(max_headers + 1), "Too Many Headers");
}

TEST(MessageLimits, AreSettings) {
    const running_server server(
        {"--max-message", "8KiB", "--max-header-block", "1KiB", "--max-headers", "10"});
    expect_served(server.tcp(), of_size(8192));
    expect_too_large(server.tcp(), of_size(8193), "Message Too Large");
    expect_served(server.tcp(), of_head_size(1024));
    expect_too_large(server.tcp(), of_head_size(1025), "Header Block Too Large");
    expect_served(server.tcp(), with_headers(10));
    expect_too_large(server.tcp(), with_headers(11), "Too Many Headers");
}

}  // namespace
}  // namespace relayauth::lab
