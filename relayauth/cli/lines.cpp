#include "relayauth/cli/lines.hpp"

#include "relayauth/base/time_text.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>

namespace relayauth::cli {
namespace {

constexpr std::size_t value_column = 15;
constexpr wall_time end_of_9999 = wall_time::from_unix(std::chrono::seconds{253'402'300'800});

}  // namespace

void add_line(std::string& out, std::string_view label, std::string_view value) {
    out.append(label).append(":");
    const auto used = label.size() + 1;
    out.append(used < value_column ? value_column - used : 1, ' ');
    out.append(value).append("\n");
}

std::string relative_text(wall_time t, wall_time now) {
    using std::chrono::seconds;
    const auto apart = t - now;
    const auto ahead = rounded<seconds>(apart);
    if (ahead.count() == 0) return "now";
    const auto span = (apart == ticks::max() || apart == ticks::min() ? "at least " : "") +
                      duration_text(ahead.count() < 0 ? -ahead : ahead);
    return ahead.count() < 0 ? span + " ago" : "in " + span;
}

std::int64_t measured_seconds(ticks span) {
    return rounded<std::chrono::seconds>(span).count();
}

std::string moment_text(wall_time t, wall_time now) {
    return utc_text(t) + " (" + relative_text(t, now) + ")";
}

std::string local_text(wall_time t) {
    if (t >= end_of_9999) return {};
    const auto since_1970 = static_cast<std::time_t>(t.unix_seconds().count());
    std::tm local{};
    std::array<char, 40> text{};
    if (::localtime_r(&since_1970, &local) == nullptr) return {};
    return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M:%S %z", &local)};
}

}  // namespace relayauth::cli
