#include "relayauth/server/self_test.hpp"

#include "relayauth/base/time_text.hpp"
#include "relayauth/client/mras_message.hpp"
#include "relayauth/rpc/client_codec.hpp"
#include "relayauth/rpc/wire.hpp"
#include "relayauth/session/connection.hpp"
#include "relayauth/session/context.hpp"
#include "relayauth/sip/framer.hpp"

#include <vector>

namespace relayauth::server {
namespace {

constexpr std::string_view identity = "sip:self-test@relayauth.invalid";

class deaf final : public session::observer {
public:
    void on_event(const session::peer&, const session::event&) override {}
};

session::peer ourselves() {
    session::peer who;
    who.address = "127.0.0.1";
    who.octets = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 127, 0, 0, 1};
    return who;
}

// line is one connection to the sessions of this server, without a socket.
class line {
public:
    explicit line(session::context& ctx)
        : ctx_(ctx), end_(ourselves(), session::standing::may_mint) {}

    std::string say(std::string said, wall_time now) {
        session::output out;
        end_.on_bytes(ctx_, said, now, out);
        if (out.needs_stamp) out.stamp(now);
        return std::move(out.bytes);
    }

private:
    session::context& ctx_;
    session::connection end_;
};

// The credential in the answer to a SERVICE, or why there is none.
result<mras::received_credentials, client::failure> mint(session::context& ctx, wall_time now) {
    const auto ids = client::draw_mras_ids();
    if (!ids) return client::failure{"OpenSSL has no random numbers to give"};
    client::mras_question question;
    question.identity = identity;
    auto answer = line(ctx).say(
        client::write_mras_question(question, *ids, {"127.0.0.1"}, "127.0.0.1:5062", false, now),
        now);
    sip::framer framer(ctx.sip_limits);
    sip::header_table headers;
    const auto step = framer.next(answer, headers);
    if (step.kind != sip::step::kind::message) return client::failure{"no SIP answer"};
    const auto read = client::read_mras_answer(
        headers, std::string_view(step.body.data(), step.body.size()), *ids);
    if (!read || !*read) return client::failure{"no MRAS answer"};
    const auto& response = (*read)->response;
    if (!response) return client::failure{"SIP status " + std::to_string((*read)->sip_status)};
    if (response->credentials.empty()) return client::failure{"the answer is " + response->reason};
    return response->credentials.front();
}

// What Validate says of it at `now`.
std::optional<rpc::received_verdict> validate(session::context& ctx, std::string_view username,
                                              std::string_view password, wall_time now) {
    rpc::validate_item item;
    item.username = username;
    item.password = password;
    item.identity = identity;
    rpc::call call;
    call.id = 1;
    call.body = rpc::validate_call{{&item, 1}};
    std::string said;
    rpc::write_preface(said);
    rpc::write_call(said, call);
    const auto answer = line(ctx).say(std::move(said), now);
    const auto frame = rpc::framer(rpc::max_reply_bytes).next(as_bytes(answer));
    if (!frame || !*frame) return std::nullopt;
    const auto reply = rpc::parse_reply((*frame)->payload);
    if (!reply) return std::nullopt;
    const auto* verdicts = std::get_if<rpc::received_verdicts>(&reply->result);
    if (verdicts == nullptr || verdicts->size() != 1) return std::nullopt;
    return verdicts->front();
}

bool is_refused_for(const std::optional<rpc::received_verdict>& verdict, rpc::reason why) {
    const auto* refused = verdict ? std::get_if<rpc::received_refusal>(&*verdict) : nullptr;
    return refused != nullptr && refused->why == why;
}

}  // namespace

std::optional<std::string> self_test(std::shared_ptr<const session::settings> in_force,
                                     wall_time now) {
    deaf events;
    const auto grace = in_force->validate.time.expiry_grace;
    session::context ctx(std::move(in_force), events, 0);
    return self_test({[&ctx](wall_time at) { return mint(ctx, at); },
                      [&ctx](std::string_view username, std::string_view password, wall_time at) {
                          return validate(ctx, username, password, at);
                      }},
                     grace, now);
}

std::optional<std::string> self_test(const self_test_asks& ask, ticks expiry_grace, wall_time now) {
    const auto minted = ask.mint(now);
    if (!minted) return "a credential could not be minted: " + minted.error().text;
    const auto verdict = ask.validate(minted->username, minted->password, now);
    if (!verdict) return "no verdict about the credential that was just minted";
    const auto* good = std::get_if<rpc::received_good_credential>(&*verdict);
    if (good == nullptr) {
        return "the credential that was just minted is refused: " +
               std::get<rpc::received_refusal>(*verdict).words;
    }
    auto wrong = minted->password;
    wrong.front() = wrong.front() == 'A' ? 'B' : 'A';
    if (!is_refused_for(ask.validate(minted->username, wrong, now), rpc::reason::wrong_password))
        return "a wrong password is not refused";
    const auto after = good->expires_at + expiry_grace;
    if (!is_refused_for(ask.validate(minted->username, minted->password, after),
                        rpc::reason::expired)) {
        return "the credential is not refused as expired at " + utc_text(after);
    }
    return std::nullopt;
}

}  // namespace relayauth::server
