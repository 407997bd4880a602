#include "relayauth/rpc/errc.hpp"

namespace relayauth::rpc {

std::string_view to_text(errc why) {
    switch (why) {
        case errc::frame_too_long:
            return "frame is over the limit";
        case errc::undecodable_envelope:
            return "envelope cannot be decoded";
        case errc::no_call:
            return "envelope holds no call";
        case errc::unknown_call:
            return "call is not known to this server";
        case errc::batch_too_large:
            return "more than 1000 items in one call";
        case errc::duration_out_of_range:
            return "duration is not between 1 and 999999999 minutes";
        case errc::text_not_utf8:
            return "text is not UTF-8";
    }
    return "";
}

}  // namespace relayauth::rpc
