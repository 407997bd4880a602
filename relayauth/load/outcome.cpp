#include "relayauth/load/outcome.hpp"

#include <numeric>

namespace relayauth::load {

std::string_view to_text(outcome value) {
    switch (value) {
        case outcome::good:
            return "good";
        case outcome::refused:
            return "refused";
        case outcome::wrong:
            return "wrong";
        case outcome::swapped:
            return "swapped";
        case outcome::late:
            return "late";
        case outcome::lost:
            return "lost";
        case outcome::truncated:
            return "truncated";
        case outcome::closed:
            return "closed";
        case outcome::reset:
            return "reset";
        case outcome::unconnected:
            return "unconnected";
        case outcome::unsent:
            return "unsent";
    }
    return "wrong";
}

std::string_view to_text(incident value) {
    switch (value) {
        case incident::repeated:
            return "repeated";
        case incident::unasked:
            return "unasked";
        case incident::reordered:
            return "reordered";
        case incident::connected:
            return "connected";
        case incident::reconnected:
            return "reconnected";
        case incident::connect_failed:
            return "connect_failed";
        case incident::handshake_failed:
            return "handshake_failed";
        case incident::handshakes:
            return "handshakes";
        case incident::resumed:
            return "resumed";
    }
    return "unasked";
}

std::uint64_t tally::planned() const {
    return std::accumulate(outcomes.begin(), outcomes.end(), std::uint64_t{0});
}

std::uint64_t tally::errors() const {
    const auto& self = *this;
    return planned() - self[outcome::good] + self[incident::repeated] + self[incident::unasked];
}

void tally::merge(const tally& other) {
    for (std::size_t i = 0; i < outcomes.size(); ++i) outcomes[i] += other.outcomes[i];
    for (std::size_t i = 0; i < incidents.size(); ++i) incidents[i] += other.incidents[i];
    for (const auto& [word, count] : other.refused_by) refused_by[word] += count;
    for (const auto& [word, count] : other.wrong_by) wrong_by[word] += count;
}

}  // namespace relayauth::load
