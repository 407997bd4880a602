#include "relayauth/doctor/rpc_door.hpp"

#include "relayauth/base/utf8.hpp"

#include <array>
#include <utility>
#include <variant>

namespace relayauth::doctor {
namespace {

using rpc::received_good_credential;
using rpc::received_refusal;

std::string reason_of(const received_refusal& refused) {
    return refused.why ? std::string(to_text(*refused.why)) : "for a reason not known here";
}

}  // namespace

void rpc_door::note(const client::rpc_answer& answer) {
    ++exchanges_;
    estimate_.add(answer.sent_at, answer.reply.read_at, answer.reply.written_at,
                  answer.received_at);
}

rpc_findings rpc_door::ask(const mras::received_credentials* shown) {
    rpc_findings found;
    auto link = client::transport::connect(settings_);
    if (!link) {
        found.no_rpc = link.error();
        return found;
    }
    link_ = std::make_unique<client::transport>(*std::move(link));
    client_ = std::make_unique<client::rpc_client>(*link_);
    const auto told = client_->server_info();
    if (!told) {
        found.no_rpc = told.error();
        client_.reset();
        return found;
    }
    note(*told);
    if (const auto* about = std::get_if<rpc::received_server_info>(&told->reply.result)) {
        for (const auto& each : about->keys) {
            if (each.stage == rpc::key_stage::minting) found.minting_key = each.key_id;
        }
    }
    if (shown != nullptr) validate(found, *shown);
    return found;
}

void rpc_door::validate(rpc_findings& found, const mras::received_credentials& shown) {
    if (shown.password.empty() || !is_utf8(shown.password)) return;
    auto other = shown.password;
    other[0] = other[0] == 'A' ? 'B' : 'A';
    std::array<rpc::validate_item, 2> items;
    items[0].username = items[1].username = shown.username;
    items[0].password = shown.password;
    items[1].password = other;
    const auto answer = client_->validate(items);
    if (!answer) return;
    note(*answer);
    found.validated = true;
    if (const auto* refused = std::get_if<received_refusal>(&answer->reply.result)) {
        found.refused = reason_of(*refused);
        found.refused_words = refused->words;
        return;
    }
    const auto& verdicts = std::get<rpc::received_verdicts>(answer->reply.result);
    if (const auto* good = std::get_if<received_good_credential>(&verdicts[0])) {
        found.signed_by = good->key_id;
    } else {
        const auto& refused = std::get<received_refusal>(verdicts[0]);
        found.refused = reason_of(refused);
        found.refused_words = refused.words;
    }
    const auto* second = std::get_if<received_refusal>(&verdicts[1]);
    found.wrong_password_refused = second != nullptr;
}

bool rpc_door::read_clock() {
    if (!client_) return false;
    const auto told = client_->server_info();
    if (!told) {
        client_.reset();
        return false;
    }
    note(*told);
    return true;
}

std::optional<rpc_door::name_and_password> rpc_door::issue_rest_name(const std::string& identity,
                                                                     const std::string& realm) {
    if (!client_ || !is_utf8(realm)) return std::nullopt;
    rpc::issue_call wanted;
    wanted.identity = identity;
    wanted.dialect = rpc::dialect::turn_rest;
    wanted.realm = realm;
    const auto answer = client_->issue(wanted);
    if (!answer) {
        client_.reset();
        return std::nullopt;
    }
    const auto* got = std::get_if<rpc::received_credential>(&answer->reply.result);
    if (got == nullptr) return std::nullopt;
    return name_and_password{got->username, got->password};
}

}  // namespace relayauth::doctor
