#include "relayauth/rpc/wire.hpp"

#include <algorithm>

namespace relayauth::rpc {

preface_match check_preface(bytes_view input) {
    const auto size = std::min(input.size(), preface.size());
    for (std::size_t i = 0; i < size; ++i) {
        if (input[i] == preface[i]) continue;
        // Version 0 never was: a NUL there is somebody else's.
        const bool is_version = i + 1 == preface.size() && input[i] != 0;
        return is_version ? preface_match::unsupported_version : preface_match::mismatch;
    }
    return size == preface.size() ? preface_match::matches : preface_match::need_more;
}

result<std::optional<frame>, errc> framer::next(bytes_view input) const {
    if (input.size() < frame_header_bytes) return std::optional<frame>();
    const std::size_t size = load_be32(input.data());
    if (size > max_payload_bytes_) return errc::frame_too_long;
    if (input.size() - frame_header_bytes < size) return std::optional<frame>();
    return std::optional<frame>(
        frame{input.subspan(frame_header_bytes, size), frame_header_bytes + size});
}

}  // namespace relayauth::rpc
