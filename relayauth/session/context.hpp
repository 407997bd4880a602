#pragma once

#include "relayauth/base/text_buffer.hpp"
#include "relayauth/base/time_text.hpp"
#include "relayauth/mras/request.hpp"
#include "relayauth/resp/command.hpp"
#include "relayauth/rpc/call.hpp"
#include "relayauth/session/event.hpp"
#include "relayauth/session/lab_settings.hpp"
#include "relayauth/session/settings.hpp"
#include "relayauth/sip/framer.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relayauth::session {

// context is what all sessions of one worker share: the snapshot of settings, where events go, and
// scratch memory that makes a request cost no allocation. Used by one thread.
class context {
public:
    // `events` must outlive it. `tag_seed` is random; To tags come from it.
    context(std::shared_ptr<const settings> current, observer& events, std::uint64_t tag_seed)
        : sip_limits(current->sip_limits),
          refused_sip_limits(sip_limits),
          current_(std::move(current)),
          lab_(std::make_shared<const lab_settings>(lab_settings{current_->clock_offset})),
          events_(&events),
          tag_state_(tag_seed) {
        refused_sip_limits.max_message_bytes = sip_limits.max_header_bytes;
    }

    const settings& now_in_force() const { return *current_; }
    void replace(std::shared_ptr<const settings> next) { current_ = std::move(next); }

    // lab is what is wrong on purpose; at first nothing but settings::clock_offset. It outlives a
    // replacement of the settings.
    const lab_settings& lab() const { return *lab_; }
    // rule_for is the lab rule for an identity that a credential is asked for; null: nothing is to
    // be wrong. Lives until replace_lab.
    const lab_rule* rule_for(std::string_view identity) const {
        return lab_->rules.empty() ? nullptr : lab_->rules.find(identity);
    }
    void replace_lab(std::shared_ptr<const lab_settings> next) { lab_ = std::move(next); }

    void report(const peer& who, const event& happened) { events_->on_event(who, happened); }

    // Those of the first settings: connections point here, and outlive the settings they began
    // with.
    const sip::limits sip_limits;
    // For peers that may not ask: enough to answer them 403, and no more to be kept for them.
    sip::limits refused_sip_limits;

    // While not empty, no credential is minted or validated: whoever asks well-formedly is answered
    // Server Busy with these words. Draining, a limit reached, or a clock that is held. Must not
    // hold a quote; the view lives as long as it stands here.
    std::string_view busy_because;
    // While our own clock is held it measures nobody else's.
    bool clock_held = false;

    // next_tag gives 16 hexadecimal digits that no other answer carries; valid until the next call.
    std::string_view next_tag();

    // date gives `now` as a SIP-date; valid until the next call.
    std::string_view date(wall_time now);

    sip::header_table headers;
    mras::request_parser mras_requests;
    rpc::call_parser calls;
    resp::command_table commands;
    text_buffer head, body;   // of an answer while it is written
    std::string extra_lines;  // headers that only some answers have
    std::string words;

    // delivery_rule spoils the delivery of the answer being written; null: none does.
    const lab_rule* delivery_rule() const { return delivery_rule_; }
    void spoil_delivery(const lab_rule& rule) {
        delivery_rule_ = &rule;
        events_->on_spoilt_answer();
    }
    void end_spoilt_answer(bool goes_out) {
        delivery_rule_ = nullptr;
        events_->on_spoilt_answer_end(goes_out);
    }

private:
    std::shared_ptr<const settings> current_;
    std::shared_ptr<const lab_settings> lab_;
    observer* events_;
    const lab_rule* delivery_rule_ = nullptr;
    std::uint64_t tag_state_;
    std::array<char, 16> tag_{};
    std::optional<std::chrono::seconds> date_second_;
    std::array<char, sip_date_size> date_{};
};

}  // namespace relayauth::session
