#include "relayauth/doctor/rpc_door.hpp"

#include "relayauth/base/utf8.hpp"
#include "relayauth/doctor/first_contact.hpp"
#include "relayauth/doctor/rpc_attempts.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <variant>

namespace relayauth::doctor {
namespace {

using client::failure_kind;
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

rpc_findings rpc_door::ask(const client::connect_settings& settings, const time_budget& budget,
                           const mras::received_credentials* shown) {
    client_.reset();
    rpc_findings found;
    stopwatch running;
    const auto failed = [&](const client::failure& why, bool connected,
                            std::chrono::milliseconds limit) {
        const auto waited = running.elapsed();
        found.broke = {why, why.kind == failure_kind::silent || waited >= limit, waited};
        found.is = door_shown(*found.broke, connected);
        client_.reset();
        return found;
    };
    auto link = connect_within(settings, budget);
    if (!link) return failed(link.error(), false, settings.connect_timeout);
    link_ = std::make_unique<client::transport>(*std::move(link));
    client_ = std::make_unique<client::rpc_client>(*link_);
    running = stopwatch();
    const auto limit = link_->settings().answer_timeout;
    if (const auto why = ask_all(found, budget, shown)) return failed(*why, true, limit);
    return found;
}

// A failure after the first answer is none of the door.
std::optional<client::failure> rpc_door::ask_all(rpc_findings& found, const time_budget& budget,
                                                 const mras::received_credentials* shown) {
    const bool can_be_shown =
        shown != nullptr && !shown->password.empty() && is_utf8(shown->password);
    if (can_be_shown) {
        if (auto why = validate(found, *shown)) return why;
        if (!found.signed_by.empty()) return std::nullopt;
    }
    link_->limit_answers(std::min(link_->settings().answer_timeout, budget.left()));
    auto why = ask_who(found);
    if (why && found.validated) {
        client_.reset();
        return std::nullopt;
    }
    return why;
}

std::optional<client::failure> rpc_door::ask_who(rpc_findings& found) {
    const auto told = client_->server_info();
    if (!told) return told.error();
    note(*told);
    if (const auto* about = std::get_if<rpc::received_server_info>(&told->reply.result)) {
        for (const auto& each : about->keys) {
            if (each.stage == rpc::key_stage::minting) found.minting_key = each.key_id;
        }
    }
    return std::nullopt;
}

std::optional<client::failure> rpc_door::validate(rpc_findings& found,
                                                  const mras::received_credentials& shown) {
    auto other = shown.password;
    other[0] = other[0] == 'A' ? 'B' : 'A';
    std::array<rpc::validate_item, 2> items;
    items[0].username = items[1].username = shown.username;
    items[0].password = shown.password;
    items[1].password = other;
    const auto answer = client_->validate(items);
    if (!answer) return answer.error();
    note(*answer);
    found.validated = true;
    if (const auto* refused = std::get_if<received_refusal>(&answer->reply.result)) {
        found.refused = reason_of(*refused);
        found.refused_words = refused->words;
        return std::nullopt;
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
    return std::nullopt;
}

bool rpc_door::read_clock(std::chrono::milliseconds within) {
    if (!client_) return false;
    link_->limit_answers(std::min(within, link_->settings().answer_timeout));
    const auto told = client_->server_info();
    if (!told) {
        client_.reset();
        return false;
    }
    note(*told);
    return true;
}

std::optional<rpc_door::name_and_password> rpc_door::issue_rest_name(
    const std::string& identity, const std::string& realm, std::chrono::milliseconds within) {
    if (!client_ || !is_utf8(realm)) return std::nullopt;
    link_->limit_answers(std::min(within, link_->settings().answer_timeout));
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
