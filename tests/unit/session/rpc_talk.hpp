#pragma once

#include "relayauth/rpc/client_codec.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// The rpc wire as the tests of this room write it: octets put together after proto/README.md and
// the numbers of the .proto file, without the rpc room's writer.
namespace relayauth::session {

inline constexpr std::string_view preface("\0rauth\n\x01", 8);

// frame puts the length in front of a payload.
std::string frame(std::string_view payload);

// Protobuf wire format: a varint field, and one with a length.
std::string number_field(unsigned number, std::uint64_t value);
std::string text_field(unsigned number, std::string_view value);

// Requests with that id, framed.
std::string issue(std::uint64_t id, std::string_view more_fields = {});  // for alice
std::string validate(std::uint64_t id, std::string_view items);          // of item()
std::string item(std::string_view username, std::string_view more_fields = {});
std::string server_info(std::uint64_t id);

// rpc_replies reads a run of whole frames; anything else in it is a test failure.
std::vector<rpc::reply> rpc_replies(std::string_view octets);
rpc::reply only_rpc_reply(std::string_view octets);

// What the only reply says; a test failure if it says something else.
rpc::received_refusal refusal_in(std::string_view octets, std::uint64_t id);
rpc::received_credential credential_in(std::string_view octets, std::uint64_t id);
rpc::received_verdicts verdicts_in(std::string_view octets, std::uint64_t id);

}  // namespace relayauth::session
