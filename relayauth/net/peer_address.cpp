#include "relayauth/net/peer_address.hpp"

#include <boost/asio/ip/address.hpp>

#include <algorithm>
#include <charconv>

namespace relayauth::net {
namespace {

namespace ip = boost::asio::ip;

session::ip_octets octets_of(const ip::address& address) {
    const auto as_v6 =
        address.is_v6() ? address.to_v6() : ip::make_address_v6(ip::v4_mapped, address.to_v4());
    session::ip_octets octets{};
    const auto bytes = as_v6.to_bytes();
    std::copy(bytes.begin(), bytes.end(), octets.begin());
    return octets;
}

std::optional<std::uint32_t> parse_number(std::string_view text, std::uint32_t most) {
    std::uint32_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size() || value > most)
        return std::nullopt;
    return value;
}

}  // namespace

session::peer peer_at(const ip::tcp::endpoint& remote) {
    session::peer who;
    auto address = remote.address();
    if (address.is_v6() && address.to_v6().is_v4_mapped()) {
        address = ip::make_address_v4(ip::v4_mapped, address.to_v6());
    }
    who.address = address.to_string();
    who.port = remote.port();
    who.octets = octets_of(address);
    return who;
}

std::optional<session::network> parse_network(std::string_view text) {
    const auto slash = text.find('/');
    boost::system::error_code bad;
    const auto address = ip::make_address(std::string(text.substr(0, slash)), bad);
    if (bad) return std::nullopt;
    const std::uint32_t width = address.is_v4() ? 32 : 128;
    std::uint32_t prefix = width;
    if (slash != std::string_view::npos) {
        const auto read = parse_number(text.substr(slash + 1), width);
        if (!read) return std::nullopt;
        prefix = *read;
    }
    session::network range{octets_of(address), prefix + (128 - width)};
    for (unsigned bit = range.prefix_bits; bit < 128; ++bit) {
        if (range.address[bit / 8] & (0x80u >> bit % 8)) return std::nullopt;
    }
    return range;
}

std::optional<host_port> parse_host_port(std::string_view text) {
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos || colon == 0) return std::nullopt;
    const auto port = parse_number(text.substr(colon + 1), 65535);
    if (!port) return std::nullopt;
    auto host = text.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']')) {
        host = host.substr(1, host.size() - 2);
    } else if (host.find(':') != std::string_view::npos) {
        return std::nullopt;  // an IPv6 address needs its brackets here
    }
    if (host.empty()) return std::nullopt;
    return host_port{std::string(host), static_cast<std::uint16_t>(*port)};
}

}  // namespace relayauth::net
