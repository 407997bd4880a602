#pragma once

#include "relayauth/load/service_template.hpp"
#include "relayauth/load/wire.hpp"

#include <memory>
#include <string>

namespace relayauth::load {

// sip_wire is MRAS over SIP: SERVICE requests, and answers that are checked whole: status, Call-ID,
// CSeq, Content-Type and the XML.
class sip_wire final : public wire {
public:
    // `run` is 16 hex digits, the same for all threads of a run.
    sip_wire(std::string run, service_template requests);

    void begin(std::string&) const override {}
    void write(std::string& out, const request& wanted) override;
    answer read(std::span<char> input, framing& state, std::uint64_t sent) override;
    framing new_framing() const override;

private:
    answer read_message(std::string_view body, std::uint64_t sent);

    std::string run_;
    service_template requests_;
    sip::limits limits_;
    std::unique_ptr<sip::header_table> table_;
};

// unchecked_sip_wire takes any final answer whose status is 200 as good and in the order of the
// requests: for servers that answer canned octets.
class unchecked_sip_wire final : public wire {
public:
    explicit unchecked_sip_wire(service_template requests);

    void begin(std::string&) const override {}
    void write(std::string& out, const request& wanted) override;
    answer read(std::span<char> input, framing& state, std::uint64_t sent) override;
    framing new_framing() const override;

private:
    service_template requests_;
    sip::limits limits_;
};

}  // namespace relayauth::load
