#include "relayauth/session/event.hpp"

#include "rpc_talk.hpp"
#include "sip_talk.hpp"
#include "talk.hpp"
#include "tests/unit/credential/hand_made.hpp"

#include <gtest/gtest.h>

#include <set>

namespace relayauth::session {
namespace {

namespace hand_made = credential::hand_made;

TEST(EventKind, HasAWordOfItsOwn) {
    std::set<std::string_view> words;
    const auto last = static_cast<int>(event::kind::unknown_protocol);
    for (int i = 0; i <= last; ++i) words.insert(to_text(static_cast<event::kind>(i)));
    EXPECT_EQ(words.size(), static_cast<std::size_t>(last) + 1);
    EXPECT_EQ(words.count(""), 0u);
    EXPECT_EQ(to_text(event::kind::issued), "issued");
    EXPECT_EQ(to_text(door::sip), "sip");
    EXPECT_EQ(to_text(door::rpc), "rpc");
}

// leaks tells whether an event holds `secret_text`, or half of it.
bool leaks(const heard& each, std::string_view secret_text) {
    for (const auto half : {secret_text.substr(0, secret_text.size() / 2),
                            secret_text.substr(secret_text.size() / 2)}) {
        for (const std::string& text : {each.detail, each.key_id, each.peer}) {
            if (text.find(half) != std::string::npos) return true;
        }
    }
    return false;
}

// What an event could hold is copied by the recorder: its type has no other text (event.hpp).
TEST(Event, HoldsNoPartOfACredentialOrAnIdentity) {
    world here;
    talk sip(here);
    const auto minted = only_reply(sip.say(service(plain_body))).body;
    std::vector<std::string> secrets = {"sip:alice@example.test", "sip:mras@example.test",
                                        between(minted, "<username>", "<"),
                                        between(minted, "<password>", "<")};
    sip.say(service(with(plain_body, "2.0", "9.9")));
    sip.say(service(with(plain_body, "</request>", "</requesT>")));

    talk rpc(here);
    const auto issued = credential_in(rpc.say(std::string(preface) + issue(1)), 1);
    secrets.insert(secrets.end(), {issued.username, issued.password});
    const auto old = hand_made::username(wall_time(1), hand_made::flags_of_8_hours);
    secrets.push_back(old);
    const auto named = text_field(4, "sip:alice@example.test");
    rpc.say(validate(2, item(issued.username, text_field(2, issued.password) + named) +
                            item(issued.username, text_field(2, "AAAAAAAAAAAAAAAAAAAAAAAAAAA=")) +
                            item(issued.username, text_field(3, "elsewhere")) + item(old)));
    rpc.say(validate(3, item(issued.username.substr(4)) + item("A" + issued.username.substr(1))));

    ASSERT_EQ(here.events.all.size(), 3 + 1 + 4 + 2u);
    for (const auto& each : here.events.all) {
        for (const auto& hidden : secrets) EXPECT_FALSE(leaks(each, hidden)) << each.detail;
    }
}

TEST(Event, NamesTheKeyAndThePeer) {
    world here;
    talk sip(here);
    sip.say(service(plain_body));
    const auto event = here.only_event();
    EXPECT_EQ(event.key_id, "notes");
    EXPECT_EQ(event.peer, "127.0.0.1");
    EXPECT_EQ(event.version, token::version::v2);
}

}  // namespace
}  // namespace relayauth::session
