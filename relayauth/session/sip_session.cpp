#include "relayauth/session/sip_session.hpp"

#include "relayauth/base/ascii.hpp"
#include "relayauth/base/time_text.hpp"
#include "relayauth/session/mras_service.hpp"
#include "relayauth/session/reply_map.hpp"
#include "relayauth/session/sip_answer.hpp"

#include <utility>

namespace relayauth::session {
namespace {

using credential::refusal;

constexpr std::string_view allow_line = "Allow: SERVICE, OPTIONS\r\n";
constexpr std::string_view accept_line = "Accept: application/msrtc-media-relay-auth+xml\r\n";
constexpr std::string_view allow_and_accept_lines =
    "Allow: SERVICE, OPTIONS\r\nAccept: application/msrtc-media-relay-auth+xml\r\n";

void report_refused(context& ctx, const peer& who, refusal reason, int status,
                    std::string_view detail) {
    event happened(event::kind::request_refused);
    happened.reason = reason;
    happened.status = status;
    happened.detail = detail;
    ctx.report(who, happened);
}

// Protocol notes 8: the reason of an XML refusal stands in a Warning too, with our clock. 399 is
// RFC 3261's code for words meant for people.
std::string_view warning_line(context& ctx, const mras_answer& answer, wall_time now) {
    auto& line = ctx.extra_lines;
    line = "Warning: 399 relayauth \"";
    line += mras::to_text(answer.reason);
    line += ": ";
    line += answer.detail;
    line += "; server clock ";
    line += utc_text(now);
    line += "\"\r\n";
    return line;
}

// unsupported_line lists every option tag that the request requires: we know none (RFC
// 3261 8.2.2.3).
std::string_view unsupported_line(context& ctx, const sip::request& asked) {
    auto& line = ctx.extra_lines;
    line.clear();
    for (const auto& each : asked.headers) {
        if (each.id != sip::header_id::require || each.value.empty()) continue;
        line += line.empty() ? "Unsupported: " : ", ";
        line += each.value;
    }
    if (!line.empty()) line += "\r\n";
    return line;
}

void answer_service(context& ctx, const peer& who, const sip::request& asked, std::span<char> body,
                    const peer_clock& clock, wall_time now, sip_answer& answer) {
    if (asked.content_type.empty() && body.empty()) {
        report_refused(ctx, who, refusal::malformed, 400, "SERVICE without a body");
        return answer.status(400, "Missing Body");
    }
    if (!sip::media_type_is(asked.content_type, mras::media_type)) {
        report_refused(ctx, who, refusal::malformed, 415, "SERVICE with another Content-Type");
        return answer.status(415, {}, accept_line);
    }
    const auto written = answer_mras(ctx, who, body, clock, now);
    if (written.reason == mras::reason_phrase::ok) return answer.xml();
    answer.xml(warning_line(ctx, written, now));
}

// supports answers a request that requires an extension.
bool supports(context& ctx, const peer& who, const sip::request& asked, sip_answer& answer) {
    const auto unsupported = unsupported_line(ctx, asked);
    if (unsupported.empty()) return true;
    report_refused(ctx, who, refusal::unsupported_version, 420, "an extension is required");
    answer.status(420, {}, unsupported);
    return false;
}

// answer_method is everything after the request proved well-formed and its sender entitled. RFC
// 3261 8.2: the method is looked at first, then Require, which a CANCEL may not have.
void answer_method(context& ctx, const peer& who, const sip::request& asked, std::span<char> body,
                   const peer_clock& clock, wall_time now, sip_answer& answer) {
    switch (sip::kind_of(asked.method)) {
        case sip::method_kind::service:
            if (supports(ctx, who, asked, answer))
                answer_service(ctx, who, asked, body, clock, now, answer);
            return;
        case sip::method_kind::options:
            if (supports(ctx, who, asked, answer)) answer.status(200, {}, allow_and_accept_lines);
            return;
        case sip::method_kind::other_known:
            report_refused(ctx, who, refusal::malformed, 405, "method not allowed");
            return answer.status(405, {}, allow_line);
        case sip::method_kind::unknown:
            report_refused(ctx, who, refusal::malformed, 501, "unknown method");
            return answer.status(501, {}, allow_line);
        case sip::method_kind::cancel:
            return answer.status(481);
        case sip::method_kind::ack:  // never answered, and never comes here
            return;
    }
}

void report_unknown_protocol(context& ctx, const peer& who, std::string_view detail) {
    event happened(event::kind::unknown_protocol);
    happened.detail = detail;
    ctx.report(who, happened);
}

}  // namespace

void progress::obey_lab(context& ctx, std::size_t began, std::string& out) {
    delivery = deliver(*ctx.delivery_rule(), began, out);
    const bool is_sent = out.size() > began;  // not so of what is kept back altogether
    ctx.end_spoilt_answer(is_sent && !delivery.holds());
    close = close || delivery.cut_to || delivery.reset;
}

progress sip_session::on_bytes(context& ctx, const peer& who, std::span<char> input, wall_time now,
                               std::string& out) {
    progress total;
    const auto most = ctx.now_in_force().max_pending_output;
    while (out.size() < most) {
        const auto step = framer_.next(input.subspan(total.consumed), ctx.headers);
        total.consumed += step.consumed;
        switch (step.kind) {
            case sip::step::kind::need_more:
                return total;
            case sip::step::kind::keep_alive:
                out.append("\r\n");
                break;
            case sip::step::kind::message: {
                const auto began = out.size();
                total.close = on_message(ctx, who, step.body, now, out);
                if (ctx.delivery_rule() != nullptr) total.obey_lab(ctx, began, out);
                break;
            }
            case sip::step::kind::broken:
                return on_broken(ctx, who, step.why, now, out);
        }
        if (total.ends_read()) return total;
    }
    return total;
}

// Returns whether the connection ends with this message.
bool sip_session::on_message(context& ctx, const peer& who, std::span<char> body, wall_time now,
                             std::string& out) {
    if (sip::is_response(ctx.headers.start_line)) {
        ctx.report(who, event(event::kind::response_ignored));
        return !may_ask(rights_);
    }
    const auto parsed = sip::parse_request(ctx.headers);
    const auto& asked = parsed.value;
    if (!asked.top_via) {
        report_unknown_protocol(ctx, who, sip::to_text(*parsed.why));
        return true;
    }
    if (sip::kind_of(asked.method) == sip::method_kind::ack) return !may_ask(rights_);

    sip_answer answer(ctx, who, asked, now, out);
    if (rights_ != standing::may_mint) {
        event happened(event::kind::peer_refused);
        happened.reason = refusal::forbidden;
        happened.status = 403;
        happened.detail = advice(rights_);
        ctx.report(who, happened);
        answer.status(403, rights_ == standing::tls_required ? "TLS required" : "");
        return true;
    }
    if (parsed.why) {
        const auto code = status_of(*parsed.why);
        report_refused(ctx, who, refusal_of(*parsed.why), code, sip::to_text(*parsed.why));
        answer.status(code, sip::to_text(*parsed.why));
        return false;
    }
    if (!asked.date.empty()) {
        if (const auto said = parse_sip_date(asked.date))
            clock_.note(ctx, who, door::sip, *said, now);
    }
    answer_method(ctx, who, asked, body, clock_, now, answer);
    return false;
}

progress sip_session::on_broken(context& ctx, const peer& who, sip::errc why, wall_time now,
                                std::string& out) {
    const progress end{0, true};
    if (why == sip::errc::not_sip || sip::is_response(ctx.headers.start_line)) {
        report_unknown_protocol(ctx, who, sip::to_text(why));
        return end;
    }
    const auto asked = sip::parse_request(ctx.headers).value;
    if (why == sip::errc::control_character || !asked.top_via) {
        report_unknown_protocol(ctx, who, sip::to_text(why));
        return end;
    }
    const auto code = status_of(why);
    report_refused(ctx, who, refusal_of(why), code, sip::to_text(why));
    if (sip::kind_of(asked.method) == sip::method_kind::ack) return end;
    sip_answer(ctx, who, asked, now, out).status(code, sip::to_text(why));
    return end;
}

}  // namespace relayauth::session
