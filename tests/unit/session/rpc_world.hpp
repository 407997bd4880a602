#pragma once

#include "rpc_talk.hpp"
#include "talk.hpp"
#include "tests/unit/credential/hand_made.hpp"

#include "relayauth/base/bytes.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relayauth::session {

// rpc_world is a world and one rpc connection to it, past its preface.
struct rpc_world : world {
    explicit rpc_world(std::shared_ptr<settings> chosen = make_settings(), peer who = loopback())
        : world(std::move(chosen)), line(*this, std::move(who)) {
        line.say(preface);
    }
    rpc::received_verdict verdict_on(std::string_view one_item, wall_time now = now_2026) {
        const auto all = verdicts_in(line.say(validate(5, one_item), now), 5);
        EXPECT_EQ(all.size(), 1u);
        return all.empty() ? rpc::received_verdict() : all[0];
    }
    rpc::received_good_credential good(std::string_view one_item, wall_time now = now_2026) {
        const auto verdict = verdict_on(one_item, now);
        const auto* found = std::get_if<rpc::received_good_credential>(&verdict);
        EXPECT_NE(found, nullptr) << std::get<rpc::received_refusal>(verdict).words;
        return found == nullptr ? rpc::received_good_credential() : *found;
    }
    rpc::received_refusal refused(std::string_view one_item, wall_time now = now_2026) {
        const auto verdict = verdict_on(one_item, now);
        const auto* found = std::get_if<rpc::received_refusal>(&verdict);
        EXPECT_NE(found, nullptr) << "it was good";
        return found == nullptr ? rpc::received_refusal() : *found;
    }
    talk line;
};

// Settings with a TURN REST secret for each realm: the text `0101..01` (64 characters) for the
// first, `0202..02` for the second.
inline std::shared_ptr<settings> with_turn_rest(const std::vector<std::string>& realms) {
    auto chosen = make_settings(realms);
    auto key = credential::hand_made::key();
    for (std::size_t i = 0; i < realms.size(); ++i) {
        std::string text;
        while (text.size() < 64) text += "0" + std::to_string(i + 1);
        key.turn_rest.push_back({realms[i], crypto::hmac_sha1_key(secret(as_bytes(text)))});
    }
    chosen->keys = credential::hand_made::ring_of(credential::hand_made::minting(std::move(key)));
    return chosen;
}

}  // namespace relayauth::session
