#include "relayauth/session/sip_answer.hpp"

#include "relayauth/mras/vocabulary.hpp"
#include "relayauth/sip/response.hpp"

namespace relayauth::session {

void sip_answer::status(int code, std::string_view reason, std::string_view extra_lines) {
    write(code, reason.empty() ? sip::to_reason(code) : reason, extra_lines, {});
}

void sip_answer::xml(std::string_view extra_lines) {
    write(200, sip::to_reason(200), extra_lines, ctx_.body.text());
}

void sip_answer::write(int code, std::string_view reason, std::string_view extra_lines,
                       std::string_view body) {
    const sip::response_head head{.status = code,
                                  .reason = reason,
                                  .to_tag = ctx_.next_tag(),
                                  .server = ctx_.now_in_force().product,
                                  .date = ctx_.date(now_),
                                  .extra_lines = extra_lines,
                                  .content_type = mras::media_type,
                                  .body_size = body.size()};
    ctx_.head.clear();
    sip::write_response_head(ctx_.head, asked_, {who_.address, who_.port}, head);
    out_.append(ctx_.head.text());
    out_.append(body);
}

}  // namespace relayauth::session
