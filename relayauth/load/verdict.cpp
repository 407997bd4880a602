#include "relayauth/load/verdict.hpp"

#include "relayauth/base/time_text.hpp"

#include <cmath>
#include <cstdio>
#include <string>

namespace relayauth::load {
namespace {

std::string percent_text(double share) {
    char text[32];
    std::snprintf(text, sizeof text, "%.3g %%", share * 100);
    return text;
}

std::string number_text(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.0f", value);
    return text;
}

std::string time_text(std::chrono::nanoseconds time) {
    char text[32];
    const auto ms = static_cast<double>(time.count()) / 1e6;
    std::snprintf(text, sizeof text, ms < 1000 ? "%.3g ms" : "%.0f ms", ms);
    return text;
}

std::vector<std::string> own_limits(const result& of) {
    std::vector<std::string> lines;
    const auto& self = of.self;
    if (self.longest_stall >= longest_own_stall) {
        lines.push_back("the generator itself stood still for " + time_text(self.longest_stall) +
                        ": stopped, or without a processor; run it on a quiet machine");
    }
    if (self.cpu_share > busiest_thread) {
        lines.push_back("a thread of the generator was " + percent_text(self.cpu_share) +
                        " busy, so its own queue is in these figures: more --threads, more "
                        "machines, or a lower rate");
    }
    if (self.cpu_share <= busiest_thread && self.cpu_share + self.waited_share > busiest_thread) {
        lines.push_back("a thread of the generator had to wait for a processor " +
                        percent_text(self.waited_share) + " of the time and was " +
                        percent_text(self.cpu_share) +
                        " busy: something else runs on this machine");
    }
    const auto planned = static_cast<double>(of.counts.planned());
    if (planned > 0 && static_cast<double>(self.sent_late) / planned > most_sent_late) {
        lines.push_back("the generator sent " + std::to_string(self.sent_late) + " requests over " +
                        time_text(late_by) +
                        " after it could have: more --threads, or a quiet machine");
    }
    if (self.out_of_ports > 0) {
        lines.push_back("this machine ran out of local ports " + std::to_string(self.out_of_ports) +
                        " times: fewer new connections a second, or more machines");
    }
    return lines;
}

std::uint64_t sum(const std::map<std::string, std::uint64_t>& counts) {
    std::uint64_t total = 0;
    for (const auto& each : counts) total += each.second;
    return total;
}

std::vector<std::string> faults(const result& of) {
    std::vector<std::string> lines;
    const auto add = [&lines](std::uint64_t count, const char* words) {
        if (count > 0) lines.push_back(std::to_string(count) + words);
    };
    add(of.counts[outcome::wrong], " answers were wrong");
    add(of.counts[outcome::swapped], " answers belonged to another request");
    add(of.counts[incident::repeated], " answers came again");
    add(of.counts[incident::unasked], " answers were to nothing that was asked");
    add(sum(of.sample.refused_by), " credentials of the sample were refused by their own server");
    if (!of.sample.problem.empty()) {
        lines.push_back("the sample could not be validated: " + of.sample.problem +
                        " (--sample 0 leaves it out)");
    }
    return lines;
}

std::vector<std::string> overload(const result& of) {
    if (of.closed_loop || of.behind <= most_behind) return {};
    return {"the server was slower than the rate: at its end the run was " + time_text(of.behind) +
            " behind its plan; planned " + number_text(of.planned_rate()) + "/s, answered " +
            number_text(of.rate()) + "/s"};
}

}  // namespace

// The weightiest says what the run is worth; the others are told as well.
verdict judge(const result& of, const std::vector<goal>& goals) {
    std::vector<std::string> errors;
    if (of.counts.planned() == 0) errors.emplace_back("nothing was sent");
    if (of.counts.errors() > 0 && !tolerates_errors(goals)) {
        errors.push_back(std::to_string(of.counts.errors()) + " of " +
                         std::to_string(of.counts.planned()) +
                         " requests came to no good (--expect errors<1% would put up with some)");
    }
    verdict said;
    const auto add = [&said](verdict_kind kind, const std::vector<std::string>& lines) {
        if (!lines.empty() && said.reasons.empty()) said.kind = kind;
        said.reasons.insert(said.reasons.end(), lines.begin(), lines.end());
    };
    add(verdict_kind::invalid, own_limits(of));
    add(verdict_kind::faulty, faults(of));
    add(verdict_kind::overloaded, overload(of));
    add(verdict_kind::missed, missed(goals, of));
    add(verdict_kind::errors, errors);
    return said;
}

}  // namespace relayauth::load
