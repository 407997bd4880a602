#include "relayauth/load/rpc_wire.hpp"

#include "relayauth/rpc/client_codec.hpp"
#include "relayauth/rpc/wire.hpp"

#include <variant>

namespace relayauth::load {
namespace {

// Ids of calls begin with 1: 0 is for answers to what could not be read.
constexpr std::uint64_t first_id = 1;

const sip::limits unused_limits;

std::string_view word_of(const rpc::received_refusal& refused) {
    return refused.why ? rpc::to_text(*refused.why) : "unknown reason";
}

void refuse(answer& into, const rpc::received_refusal& refused) {
    into.what = outcome::refused;
    into.why = word_of(refused);
}

void check_verdicts(answer& into, const rpc::received_verdicts& verdicts) {
    into.to = call::validate;
    if (verdicts.size() != 1) {
        into.what = outcome::wrong;
        into.why = "verdicts";
    } else if (const auto* refused = std::get_if<rpc::received_refusal>(&verdicts[0])) {
        refuse(into, *refused);
    }
}

}  // namespace

framing rpc_wire::new_framing() const {
    return {sip::framer(unused_limits)};
}

void rpc_wire::begin(std::string& out) const {
    rpc::write_preface(out);
}

void rpc_wire::write(std::string& out, const request& wanted) {
    rpc::call made;
    made.id = wanted.index + first_id;
    if (wanted.call == call::issue) {
        const auto identity = identity_text(wanted.identity);
        rpc::issue_call issue;
        issue.identity = identity;
        issue.duration_minutes = 480;
        made.body = issue;
        return rpc::write_call(out, made);
    }
    const auto& one = known_[wanted.index % known_.size()];
    rpc::validate_item item;
    item.username = one.username;
    item.password = one.password;
    made.body = rpc::validate_call{std::span(&item, 1)};
    rpc::write_call(out, made);
}

answer rpc_wire::read(std::span<char> input, framing&, std::uint64_t sent) {
    const rpc::framer framer(rpc::max_reply_bytes);
    const auto frame =
        framer.next({reinterpret_cast<const std::uint8_t*>(input.data()), input.size()});
    answer found;
    found.kind = answer::kind::broken;
    found.why = "no rpc frame";
    if (!frame) return found;
    if (!*frame) return {};
    auto reply = rpc::parse_reply((*frame)->payload);
    found.why = "no rpc reply";
    if (!reply) return found;
    found.kind = answer::kind::whole;
    found.consumed = (*frame)->consumed;
    found.why = {};
    if (reply->id < first_id || reply->id - first_id >= sent) return found;
    found.index = reply->id - first_id;
    if (const auto* refused = std::get_if<rpc::received_refusal>(&reply->result)) {
        refuse(found, *refused);
    } else if (const auto* verdicts = std::get_if<rpc::received_verdicts>(&reply->result)) {
        check_verdicts(found, *verdicts);
    } else if (auto* issued = std::get_if<rpc::received_credential>(&reply->result)) {
        username_.swap(issued->username);
        password_.swap(issued->password);
        found.username = username_;
        found.password = password_;
        found.duration_minutes = issued->duration_minutes;
        found.what = username_.empty() || password_.empty() ? outcome::wrong : outcome::good;
        if (found.what == outcome::wrong) found.why = username_.empty() ? "username" : "password";
    } else {
        found.what = outcome::wrong;
        found.why = "another kind of reply";
    }
    return found;
}

}  // namespace relayauth::load
