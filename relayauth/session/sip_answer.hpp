#pragma once

#include "relayauth/base/wall_time.hpp"
#include "relayauth/session/context.hpp"
#include "relayauth/session/peer.hpp"
#include "relayauth/sip/request.hpp"

#include <string>
#include <string_view>

namespace relayauth::session {

// sip_answer writes answers to one request: Server, Date and To tag are its business.
class sip_answer {
public:
    sip_answer(context& ctx, const peer& who, const sip::request& asked, wall_time now,
               std::string& out)
        : ctx_(ctx), who_(who), asked_(asked), now_(now), out_(out) {}

    // Without XML; `reason` empty: the status's own phrase.
    void status(int code, std::string_view reason = {}, std::string_view extra_lines = {});

    // 200 with the XML that stands in context.body.
    void xml(std::string_view extra_lines = {});

private:
    void write(int code, std::string_view reason, std::string_view extra_lines,
               std::string_view body);

    context& ctx_;
    const peer& who_;
    const sip::request& asked_;
    wall_time now_;
    std::string& out_;
};

}  // namespace relayauth::session
