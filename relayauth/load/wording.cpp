#include "relayauth/load/wording.hpp"

#include "relayauth/load/figures.hpp"

#include <algorithm>
#include <cmath>

namespace relayauth::load {

std::string_view meaning(outcome value) {
    switch (value) {
        case outcome::good:
            return "the right answer, in time";
        case outcome::refused:
            return "an answer that says no";
        case outcome::wrong:
            return "not the right answer";
        case outcome::swapped:
            return "an answer mixing two requests";
        case outcome::late:
            return "right, but after the timeout";
        case outcome::lost:
            return "no answer until the end";
        case outcome::truncated:
            return "the connection ended inside it";
        case outcome::closed:
            return "the server closed before it";
        case outcome::reset:
            return "the server reset before it";
        case outcome::unconnected:
            return "no connection could be had";
        case outcome::unsent:
            return "not sent until the end";
    }
    return "";
}

std::string_view meaning(incident value) {
    switch (value) {
        case incident::repeated:
            return "second answers to a request";
        case incident::unasked:
            return "answers to nothing asked";
        case incident::reordered:
            return "answers that a later one overtook (allowed)";
        case incident::connected:
            return "connections made";
        case incident::reconnected:
            return "of these, in place of one that the server ended";
        case incident::connect_failed:
            return "connections that could not be made";
        case incident::handshake_failed:
            return "TLS handshakes that failed";
        case incident::handshakes:
            return "TLS handshakes done";
        case incident::resumed:
            return "of these, with a session ticket";
    }
    return "";
}

counted_words by_count(const std::map<std::string, std::uint64_t>& counts, std::size_t most) {
    counted_words sorted(counts.begin(), counts.end());
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    std::uint64_t rest = 0;
    for (auto i = most; i < sorted.size(); ++i) rest += sorted[i].second;
    const auto left_out = sorted.size() - std::min(most, sorted.size());
    sorted.resize(sorted.size() - left_out);
    for (auto& [word, count] : sorted) word = safe_text(word);
    if (left_out > 0) sorted.emplace_back(count_figure(left_out) + " others", rest);
    return sorted;
}

std::string connections_line(const result& from) {
    const auto number = [&](incident which) { return count_figure(from.counts[which]); };
    auto line = number(incident::connected) + " made";
    if (from.counts[incident::reconnected] > 0) {
        line += ", " + number(incident::reconnected) + " of them again";
    }
    if (from.counts[incident::connect_failed] > 0) {
        line += ", " + number(incident::connect_failed) + " failed";
    }
    if (!from.tls && from.counts[incident::handshakes] == 0) return line + ", no TLS";
    // Of connections that all stood before the run began there is none to count.
    line += "; " + (from.counts[incident::handshakes] == 0
                        ? "no TLS handshake in the measured time"
                        : number(incident::handshakes) + " TLS handshakes (" +
                              rate_figure(from.handshakes_per_second()) + "/s)");
    if (from.counts[incident::resumed] > 0) {
        line += ", " + number(incident::resumed) + " resumed";
    }
    if (from.counts[incident::handshake_failed] > 0) {
        line += ", " + number(incident::handshake_failed) + " failed";
    }
    return line;
}

std::string generator_line(const result& from) {
    const auto percent = std::clamp(from.self.cpu_share * 100, 0.0, 1e9);
    auto line = "CPU " + std::to_string(std::llround(percent)) + " %, waited for one " +
                std::to_string(std::llround(std::clamp(from.self.waited_share * 100, 0.0, 1e9))) +
                " %, lag p99 " + duration_figure(from.self.lag.percentile(99)) +
                ", longest stall " + duration_figure(from.self.longest_stall) + ", " +
                count_figure(from.self.sent_late) + " sent late";
    if (from.self.out_of_ports > 0) {
        line += ", " + count_figure(from.self.out_of_ports) + " times out of ports";
    }
    return line;
}

std::string sample_line(const result& from) {
    std::string line;
    if (from.sample.validated > 0) {
        line = count_figure(from.sample.validated) + " credentials asked about, ";
        std::string refused;
        for (const auto& [word, count] : by_count(from.sample.refused_by, 3)) {
            refused += (refused.empty() ? "" : ", ") + count_figure(count) + " " + word;
        }
        line += refused.empty() ? "none refused" : "refused: " + refused;
    }
    if (from.sample.problem.empty()) return line.empty() ? "none taken" : line;
    return line + (line.empty() ? "" : "; ") + safe_text(from.sample.problem);
}

}  // namespace relayauth::load
