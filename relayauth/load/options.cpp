#include "relayauth/load/options.hpp"

#include "relayauth/base/ascii.hpp"

#include <array>
#include <charconv>
#include <utility>

namespace relayauth::load {
namespace {

constexpr std::array<std::pair<std::string_view, protocol>, 4> protocols{{
    {"sip-tls", protocol::sip_tls},
    {"sip-tcp", protocol::sip_tcp},
    {"rpc-tls", protocol::rpc_tls},
    {"rpc-tcp", protocol::rpc_tcp},
}};

std::optional<unsigned> parse_percent(std::string_view text) {
    unsigned value = 0;
    const auto end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, value);
    if (read.ec != std::errc() || read.ptr != end || value > 100) return std::nullopt;
    return value;
}

std::optional<std::string> problem_of_calls(const options& chosen) {
    if (chosen.mix.validate_percent > 0 && !uses_rpc(chosen.protocol)) {
        return "SIP has no call that validates: --call " +
               std::string(chosen.mix.validate_percent == 100 ? "validate" : "mixed") +
               " needs --protocol rpc-tls or rpc-tcp";
    }
    // The rpc client has no unchecked answers: the option would be passed over without a word.
    if (chosen.unchecked && uses_rpc(chosen.protocol)) {
        return "--unchecked is for servers of canned SIP answers: leave it out, or use --protocol "
               "sip-tls or sip-tcp";
    }
    return std::nullopt;
}

std::optional<std::string> problem_of_connections(const options& chosen) {
    if (chosen.connections < chosen.threads) {
        return "--threads " + std::to_string(chosen.threads) + " have only --connections " +
               std::to_string(chosen.connections) + ": each thread needs one";
    }
    if ((chosen.handshake_per_request || chosen.resume) && !uses_tls(chosen.protocol)) {
        return std::string(chosen.resume ? "--resume" : "--handshake-per-request") +
               " is about TLS: use --protocol sip-tls or rpc-tls";
    }
    return std::nullopt;
}

}  // namespace

std::string_view to_text(protocol value) {
    for (const auto& [word, each] : protocols) {
        if (each == value) return word;
    }
    return {};
}

std::optional<protocol> parse_protocol(std::string_view text) {
    for (const auto& [word, each] : protocols) {
        if (word == text) return each;
    }
    return std::nullopt;
}

std::optional<double> parse_rate(std::string_view text) {
    // Else `1...2` were a ramp from 1 to .2, which nobody means.
    if (text.empty() || !ascii::is_digit(text.front()) || !ascii::is_digit(text.back())) {
        return std::nullopt;
    }
    double value = 0;
    const auto end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, value, std::chars_format::fixed);
    if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
    if (value <= 0 || value > max_rate) return std::nullopt;
    return value;
}

std::optional<ramp> parse_ramp(std::string_view text) {
    const auto dots = text.find("..");
    if (dots == std::string_view::npos) return std::nullopt;
    const auto from = parse_rate(text.substr(0, dots));
    const auto to = parse_rate(text.substr(dots + 2));
    if (!from || !to) return std::nullopt;
    return ramp{*from, *to};
}

std::optional<call_mix> parse_mix(std::string_view text) {
    if (text == "issue") return call_mix{0};
    if (text == "validate") return call_mix{100};
    constexpr std::string_view mixed = "mixed=";
    if (!text.starts_with(mixed)) return std::nullopt;
    text.remove_prefix(mixed.size());
    const auto colon = text.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const auto issue = parse_percent(text.substr(0, colon));
    const auto validate = parse_percent(text.substr(colon + 1));
    if (!issue || !validate || *issue + *validate != 100) return std::nullopt;
    return call_mix{*validate};
}

std::optional<std::string> problem(const options& chosen) {
    if (chosen.closed && (chosen.rate || chosen.ramp)) {
        return "--closed sends as fast as answers come, --rate and --ramp by a plan: leave one out";
    }
    if (chosen.rate && chosen.ramp) return "--ramp R1..R2 is the rate: leave out --rate";
    if (chosen.closed && chosen.arrivals == arrivals::poisson) {
        return "--closed has no planned times: leave out --arrivals";
    }
    if (auto wrong = problem_of_calls(chosen)) return wrong;
    return problem_of_connections(chosen);
}

}  // namespace relayauth::load
