#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace relayauth::load {

// outcome is what became of one planned request; each has exactly one. The words are the same in
// the table, JSON and HTML.
enum class outcome {
    good,     // the right answer, in time
    refused,  // an answer that says no: a reasonPhrase but OK, a SIP status of 300 or more, an rpc
              // refusal; refused_by has the reason
    wrong,    // an answer to this request that is no right one; wrong_by says what was wrong
    swapped,  // an answer whose ids name two different requests of ours
    late,     // the right answer, but after --timeout
    lost,     // no answer until the end, though the server did not end the connection
    truncated,    // the connection ended in the middle of its answer
    closed,       // the server closed the connection before the answer
    reset,        // the server reset the connection before the answer
    unconnected,  // it needed a new connection, and none could be had
    unsent,       // planned in the run, but not sent until its end: the server was too slow, or we
};
inline constexpr std::size_t outcome_count = 11;
std::string_view to_text(outcome value);

// incident is something that happened beside the requests' outcomes.
enum class incident {
    repeated,          // another answer to a request that has had its own
    unasked,           // an answer, or octets, to nothing that was asked
    reordered,         // an answer that a later one on its connection overtook: allowed, no error
    connected,         // connections that were made
    reconnected,       // of these, those that replaced one that the server ended
    connect_failed,    // refused, timed out, or no local port was left
    handshake_failed,  // TLS
    handshakes,        // TLS handshakes done, whole or resumed
    resumed,           // of these, those with a session ticket
};
inline constexpr std::size_t incident_count = 9;
std::string_view to_text(incident value);

// tally counts what happened; tallies add up.
struct tally {
    std::array<std::uint64_t, outcome_count> outcomes{};
    std::array<std::uint64_t, incident_count> incidents{};
    std::map<std::string, std::uint64_t> refused_by;  // `Server Busy`, `SIP 503`, `expired`
    std::map<std::string, std::uint64_t> wrong_by;    // `CSeq`, `password`

    std::uint64_t& operator[](outcome which) { return outcomes[static_cast<std::size_t>(which)]; }
    std::uint64_t operator[](outcome which) const {
        return outcomes[static_cast<std::size_t>(which)];
    }
    std::uint64_t& operator[](incident which) { return incidents[static_cast<std::size_t>(which)]; }
    std::uint64_t operator[](incident which) const {
        return incidents[static_cast<std::size_t>(which)];
    }

    // planned is the sum of all outcomes.
    std::uint64_t planned() const;
    // errors is every request that did not come out good, repeated and unasked answers on top.
    std::uint64_t errors() const;
    void merge(const tally& other);
};

}  // namespace relayauth::load
