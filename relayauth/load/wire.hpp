#pragma once

#include "relayauth/load/outcome.hpp"
#include "relayauth/sip/framer.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace relayauth::load {

enum class call { issue, validate };

// request is one call to be made.
struct request {
    std::uint64_t index = 0;
    load::call call = call::issue;
    std::uint32_t identity = 0;  // which of the run's identities it is for
};

// answer is what the front of a connection's octets turned out to be. Its views live until those
// octets move.
struct answer {
    enum class kind {
        need_more,  // of an answer that may have begun
        nothing,    // a keep-alive, or a provisional answer: drop it and look again
        whole,
        broken,  // no answer of this protocol: `why`; the connection is of no more use
    };
    answer::kind kind = kind::need_more;
    std::size_t consumed = 0;
    std::optional<std::uint64_t> index;   // of the request that it names; nothing: none of ours
    outcome what = outcome::good;         // good, refused, wrong or swapped
    std::string_view why;                 // a static string, for refused and wrong
    load::call to = call::issue;          // what it answers
    std::string_view username, password;  // of an Issue that came out good, as the wire has them
    std::uint32_t duration_minutes = 0;   // granted; likewise
};

// framing is what one connection remembers between reads.
struct framing {
    sip::framer sip;
};

// wire is one protocol as a client speaks it: requests to octets, octets to checked answers. It
// reads no socket and no clock. One per thread.
class wire {
public:
    virtual ~wire() = default;

    // begin appends what a new connection says before its first request.
    virtual void begin(std::string& out) const = 0;
    virtual void write(std::string& out, const request& wanted) = 0;

    // read looks at the front of `input`, which it may overwrite. `sent` is how many indices have
    // been given out: an id below it is one of ours.
    virtual answer read(std::span<char> input, framing& state, std::uint64_t sent) = 0;

    virtual framing new_framing() const = 0;
};

// identity_text is the name of one of the run's identities, `sip:load-0000042@example.com`.
std::string identity_text(std::uint32_t number);

}  // namespace relayauth::load
