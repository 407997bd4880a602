#pragma once

#include "relayauth/load/wire.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace relayauth::load {

// good_credential is one that Validate calls ask about.
struct good_credential {
    std::string username;
    std::string password;
};

// rpc_wire is the rpc protocol (proto/README.md): one Issue or one Validate of one item a call.
class rpc_wire final : public wire {
public:
    // `known` is what Validate calls ask about, in turn; it may be empty if none is made, and must
    // outlive the wire.
    explicit rpc_wire(const std::vector<good_credential>& known) : known_(known) {}

    void begin(std::string& out) const override;
    void write(std::string& out, const request& wanted) override;
    answer read(std::span<char> input, framing& state, std::uint64_t sent) override;
    framing new_framing() const override;

private:
    const std::vector<good_credential>& known_;
    std::string username_, password_;  // of the last answer, which `answer` shows
};

}  // namespace relayauth::load
