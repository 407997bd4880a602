#include "relayauth/server/metrics_text.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace relayauth::server {
namespace {

std::string_view to_text(metrics_text::kind type) {
    switch (type) {
        case metrics_text::kind::counter:
            return "counter";
        case metrics_text::kind::gauge:
            return "gauge";
        case metrics_text::kind::histogram:
            return "histogram";
    }
    return {};
}

template <class Number>
std::string number_text(Number value) {
    std::array<char, 32> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    return {digits.data(), end};
}

std::string real_text(double value) {
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
    return number_text(value);
}

void put_escaped(std::string& out, std::string_view value) {
    for (const char each : value) {
        if (each == '\\' || each == '"') out += '\\';
        out += each == '\n' ? "\\n" : std::string_view(&each, 1);
    }
}

}  // namespace

void metrics_text::family(std::string_view name, kind type, std::string_view help) {
    name_ = name;
    for (const auto& [what, words] : {std::pair{"HELP", help}, {"TYPE", to_text(type)}}) {
        ((((text_ += "# ") += what) += ' ') += name) += ' ';
        (text_ += words) += '\n';
    }
}

void metrics_text::begin(std::string_view suffix, labels about) {
    (text_ += name_) += suffix;
    for (std::size_t i = 0; i < about.size(); ++i) {
        ((text_ += i == 0 ? '{' : ',') += about[i].name) += "=\"";
        put_escaped(text_, about[i].value);
        text_ += '"';
    }
    text_ += about.empty() ? " " : "} ";
}

void metrics_text::sample(labels about, std::uint64_t value) {
    begin({}, about);
    (text_ += number_text(value)) += '\n';
}

void metrics_text::sample(labels about, double value) {
    begin({}, about);
    (text_ += real_text(value)) += '\n';
}

void metrics_text::distribution(labels about, std::span<const double> bounds,
                                const histogram::reading& values) {
    std::vector<label> with_bound(about.begin(), about.end());
    with_bound.push_back({"le", {}});
    std::uint64_t below = 0;
    for (std::size_t i = 0; i <= bounds.size(); ++i) {
        const auto bound = i < bounds.size() ? real_text(bounds[i]) : "+Inf";
        with_bound.back().value = bound;
        below += values.counts[i];
        begin("_bucket", with_bound);
        (text_ += number_text(below)) += '\n';
    }
    begin("_sum", about);
    (text_ += real_text(values.sum)) += '\n';
    begin("_count", about);
    (text_ += number_text(below)) += '\n';
}

}  // namespace relayauth::server
