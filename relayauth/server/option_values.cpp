#include "relayauth/server/option_values.hpp"

#include "relayauth/base/ascii.hpp"
#include "relayauth/base/time_text.hpp"

#include <array>
#include <charconv>

namespace relayauth::server {
namespace {

std::optional<std::uint16_t> parse_port(std::string_view text) {
    const auto port = parse_count(text);
    if (!port || *port == 0 || *port > 65535) return std::nullopt;
    return static_cast<std::uint16_t>(*port);
}

bool is_host(std::string_view text) {
    if (text.empty() || text.size() > 255) return false;
    return text.find_first_not_of(
               "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:") ==
           std::string_view::npos;
}

}  // namespace

std::optional<std::uint64_t> parse_count(std::string_view text) {
    std::uint64_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size())
        return std::nullopt;
    return value;
}

std::optional<std::uint64_t> parse_bytes(std::string_view text) {
    static constexpr std::array<std::pair<std::string_view, unsigned>, 3> units = {
        {{"KiB", 10}, {"MiB", 20}, {"GiB", 30}}};
    unsigned shift = 0;
    for (const auto& unit : units) {
        if (text.size() < 3 ||
            !ascii::equal_ignoring_case(text.substr(text.size() - 3), unit.first))
            continue;
        shift = unit.second;
        text.remove_suffix(3);
        break;
    }
    const auto count = parse_count(text);
    if (!count || *count > (std::uint64_t{1} << 40 >> shift)) return std::nullopt;
    return *count << shift;
}

std::optional<ticks> parse_seconds(std::string_view text) {
    if (const auto plain = parse_count(text)) {
        constexpr std::uint64_t most = 100ull * 365 * 24 * 3600;
        if (*plain > most) return std::nullopt;
        return std::chrono::seconds(static_cast<std::int64_t>(*plain));
    }
    const auto duration = parse_duration(text);
    if (!duration || *duration < ticks{0}) return std::nullopt;
    return duration;
}

std::optional<mras::media_relay> parse_relay(std::string_view text) {
    const auto equals = text.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    mras::media_relay relay;
    const auto where = mras::parse_location(text.substr(0, equals));
    if (!where) return std::nullopt;
    relay.where = *where;
    auto rest = text.substr(equals + 1);
    std::string_view host;
    if (rest.starts_with('[')) {
        const auto close = rest.find(']');
        if (close == std::string_view::npos) return std::nullopt;
        host = rest.substr(1, close - 1);
        rest.remove_prefix(close + 1);
        if (!rest.empty() && rest.front() != ':') return std::nullopt;
    } else {
        host = rest.substr(0, rest.find(':'));
        rest.remove_prefix(host.size());
    }
    if (!is_host(host)) return std::nullopt;
    relay.host = host;
    for (auto* port : {&relay.udp_port, &relay.tcp_port}) {
        if (rest.empty()) break;
        rest.remove_prefix(1);
        const auto digits = rest.substr(0, rest.find(':'));
        const auto read = parse_port(digits);
        if (!read) return std::nullopt;
        *port = *read;
        rest.remove_prefix(digits.size());
    }
    if (!rest.empty()) return std::nullopt;
    return relay;
}

}  // namespace relayauth::server
