#pragma once

#include "relayauth/base/bytes.hpp"
#include "relayauth/base/result.hpp"
#include "relayauth/rpc/errc.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace relayauth::rpc {

// preface is what a client sends first, once: NUL `rauth` LF and the protocol's version. A NUL
// begins neither a SIP message nor a TLS record, so one port serves all three. The server sends
// none back.
inline constexpr std::array<std::uint8_t, 8> preface = {0x00, 'r', 'a', 'u', 't', 'h', '\n', 0x01};

// preface_match is what the first octets of a connection say.
enum class preface_match {
    need_more,            // all that is there agrees, but it is not all there
    matches,              // the first preface.size() octets are the preface; frames follow
    unsupported_version,  // our preface, but with another version than ours
    mismatch,             // another protocol; known from the first octet that differs
};

// check_preface looks at the first octets of a connection. Pure; safe from any thread.
preface_match check_preface(bytes_view input);

// A frame is the length of its payload in 4 octets, big-endian, and then the payload: one Request
// or Reply.
inline constexpr std::size_t frame_header_bytes = 4;

// The usual limit of a payload: the same as for a SIP message, and room for a full batch of items
// of 500 octets.
inline constexpr std::size_t default_max_frame_bytes = 512 * 1024;

// frame is one whole frame at the front of what was given to framer::next().
struct frame {
    bytes_view payload;        // a view into that input; may be empty
    std::size_t consumed = 0;  // octets of the input that are done with, header included
};

// framer finds the frames in a stream of octets. It keeps nothing but its limit: safe from any
// thread.
class framer {
public:
    explicit framer(std::size_t max_payload_bytes = default_max_frame_bytes)
        : max_payload_bytes_(max_payload_bytes) {}

    // next looks for one frame at the front of `input`; an empty optional means that more octets
    // are needed. Reports errc::frame_too_long as soon as a header announces more than the limit;
    // framing is then lost and the connection has to be closed.
    result<std::optional<frame>, errc> next(bytes_view input) const;

private:
    std::size_t max_payload_bytes_;
};

}  // namespace relayauth::rpc
