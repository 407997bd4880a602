#pragma once

#include "relayauth/load/wire.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace relayauth::load {

// heard is an answer with texts of its own.
struct heard {
    enum answer::kind kind = answer::kind::need_more;
    std::optional<std::uint64_t> index;
    outcome what = outcome::good;
    std::string why;
    call to = call::issue;
    std::string username, password;
    std::uint32_t duration_minutes = 0;
};

// listening is one connection's receiving end, as a driver has it: octets in, answers out, and what
// is not a whole answer waits for more.
class listening {
public:
    explicit listening(wire& protocol, std::uint64_t sent = 100)
        : wire_(protocol), state_(protocol.new_framing()), sent_(sent) {}

    // receive gives what `octets` and those that waited amount to: answers, keep-alives and
    // provisional ones, down to the first that is broken.
    std::vector<heard> receive(std::string_view octets);
    std::size_t waiting() const { return waiting_.size(); }

private:
    wire& wire_;
    framing state_;
    std::uint64_t sent_;
    std::string waiting_;
};

// hear_whole receives one answer in one piece, which must be all of `octets`; hear_cut tells what
// kinds of answers the first `size` of them amount to.
heard hear_whole(wire& protocol, std::string_view octets, std::uint64_t sent = 100);
std::vector<heard> hear_cut(wire& protocol, std::string_view octets, std::size_t size);

}  // namespace relayauth::load
