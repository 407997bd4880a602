#include "relayauth/client/rpc_client.hpp"

#include "relayauth/base/secret.hpp"
#include "relayauth/client/clock.hpp"
#include "relayauth/client/clock_difference.hpp"
#include "relayauth/rpc/wire.hpp"

#include <array>
#include <variant>

namespace relayauth::client {
namespace {

failure unexpected(const transport& link) {
    return {"what " + to_text(link.settings().server) +
            " answers is not the rpc protocol: is it a relayauth server?"};
}

bool is_refusal(const rpc_answer& answer) {
    return std::holds_alternative<rpc::received_refusal>(answer.reply.result);
}

// checked lets an answer of the expected kind, or a refusal, through.
template <class Expected>
result<rpc_answer, failure> checked(result<rpc_answer, failure> answer, const transport& link) {
    if (!answer || is_refusal(*answer)) return answer;
    if (!std::holds_alternative<Expected>(answer->reply.result)) return unexpected(link);
    return answer;
}

}  // namespace

ticks rpc_answer::server_ahead() const {
    return server_ahead_by_rpc(sent_at, reply.read_at, reply.written_at, received_at);
}

result<rpc_answer, failure> rpc_client::issue(const rpc::issue_call& wanted) {
    rpc::call call;
    call.body = wanted;
    return checked<rpc::received_credential>(ask(call), link_);
}

result<rpc_answer, failure> rpc_client::validate(std::span<const rpc::validate_item> items) {
    rpc::call call;
    call.body = rpc::validate_call{items};
    auto answer = checked<rpc::received_verdicts>(ask(call), link_);
    if (!answer || is_refusal(*answer)) return answer;
    if (std::get<rpc::received_verdicts>(answer->reply.result).size() != items.size()) {
        return unexpected(link_);
    }
    return answer;
}

result<rpc_answer, failure> rpc_client::check_messages(
    std::span<const rpc::check_message_item> items) {
    rpc::call call;
    call.body = rpc::check_message_call{items};
    auto answer = checked<rpc::received_message_verdicts>(ask(call), link_);
    if (!answer || is_refusal(*answer)) return answer;
    const auto& got = std::get<rpc::received_message_verdicts>(answer->reply.result);
    if (got.verdicts.size() != items.size()) return unexpected(link_);
    return answer;
}

result<rpc_answer, failure> rpc_client::explain(const rpc::explain_call& wanted) {
    rpc::call call;
    call.body = wanted;
    return checked<rpc::explained>(ask(call), link_);
}

result<rpc_answer, failure> rpc_client::server_info() {
    rpc::call call;
    call.body = rpc::server_info_call{};
    return checked<rpc::received_server_info>(ask(call), link_);
}

result<rpc_answer, failure> rpc_client::ask(rpc::call call) {
    std::string out;
    if (last_id_ == 0) rpc::write_preface(out);
    call.id = ++last_id_;
    const auto sent_at = wall_now();
    call.client_time = sent_at;
    rpc::write_call(out, call);
    link_.expect_answer();
    const auto wrong = link_.write(as_bytes(out));
    wipe({reinterpret_cast<std::uint8_t*>(out.data()), out.size()});  // it may hold a password
    if (wrong) return *wrong;

    auto reply = read_reply();
    if (!reply) return reply.error();
    const auto received_at = wall_now();
    // 0: the server could not read the id, and can only refuse.
    const bool refused = std::holds_alternative<rpc::received_refusal>(reply->result);
    if (reply->id != call.id && !(reply->id == 0 && refused)) return unexpected(link_);
    return rpc_answer{*std::move(reply), sent_at, received_at};
}

result<rpc::reply, failure> rpc_client::read_reply() {
    const rpc::framer framer(rpc::max_reply_bytes);
    std::array<std::uint8_t, 16 * 1024> buffer{};
    for (;;) {
        const auto frame = framer.next(as_bytes(received_));
        if (!frame) return unexpected(link_);
        if (*frame) {
            auto reply = rpc::parse_reply((*frame)->payload);
            received_.erase(0, (*frame)->consumed);
            if (!reply) return unexpected(link_);
            return *std::move(reply);
        }
        const auto size = link_.read_some(buffer);
        if (!size) return size.error();
        received_ += as_text(bytes_view(buffer).first(*size));
    }
}

}  // namespace relayauth::client
