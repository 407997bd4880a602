// What a connection does when its client does not read: settings::max_pending_output.
#include "relayauth/session/connection.hpp"

#include "rpc_talk.hpp"
#include "sip_talk.hpp"
#include "talk.hpp"

#include <gtest/gtest.h>

namespace relayauth::session {
namespace {

struct narrow_world : world {
    narrow_world() : world(narrow()) {}
    static std::shared_ptr<settings> narrow() {
        auto made = make_settings();
        made->max_pending_output = 1000;
        return made;
    }
};

std::string options_with_call_id(int number) {
    return with(request("OPTIONS"), "c1", "c" + std::to_string(number));
}

TEST(Backlog, StopsAnsweringOnceTheOutputIsFull) {
    narrow_world here;
    talk line(here);
    std::string stream;
    for (int i = 0; i < 50; ++i) stream += options_with_call_id(i);
    const auto first = line.say(stream);
    EXPECT_GE(first.size(), 1000u);
    EXPECT_LT(first.size(), 1500u);
    EXPECT_TRUE(line.end().has_backlog());
}

TEST(Backlog, ResumesWithNothingLostOrDoubled) {
    narrow_world here;
    talk line(here);
    std::string stream;
    for (int i = 0; i < 50; ++i) stream += options_with_call_id(i);
    auto all = line.say(stream.substr(0, stream.size() - 7));
    int rounds = 0;
    for (; line.end().has_backlog() && rounds < 100; ++rounds) all += line.say("");
    EXPECT_GT(rounds, 10);
    EXPECT_TRUE(line.end().inside_message());
    all += line.say(stream.substr(stream.size() - 7));
    EXPECT_FALSE(line.end().has_backlog());
    EXPECT_FALSE(line.end().inside_message());

    const auto answers = sip_replies(all);
    ASSERT_EQ(answers.size(), 50u);
    for (int i = 0; i < 50; ++i) {
        EXPECT_EQ(answers[static_cast<std::size_t>(i)].value("Call-ID"), "c" + std::to_string(i));
    }
}

TEST(Backlog, TakesMoreBehindWhatIsKept) {
    narrow_world here;
    talk line(here);
    std::string all;
    for (int i = 0; i < 20; ++i)
        all += line.say(options_with_call_id(2 * i) + options_with_call_id(2 * i + 1));
    while (line.end().has_backlog()) all += line.say("");
    ASSERT_EQ(sip_replies(all).size(), 40u);
    EXPECT_EQ(sip_replies(all).back().value("Call-ID"), "c39");
}

TEST(Backlog, HoldsForRpcAsWell) {
    narrow_world here;
    talk line(here);
    std::string stream(preface);
    for (std::uint64_t id = 1; id <= 30; ++id) stream += issue(id);
    auto all = line.say(stream);
    EXPECT_TRUE(line.end().has_backlog());
    EXPECT_TRUE(line.end().inside_message()) << "what is kept is not answered yet";
    EXPECT_LT(all.size(), 1500u);
    while (line.end().has_backlog()) all += line.say("");
    const auto answers = rpc_replies(all);
    ASSERT_EQ(answers.size(), 30u);
    for (std::uint64_t id = 1; id <= 30; ++id) EXPECT_EQ(answers[id - 1].id, id);
    EXPECT_FALSE(line.end().inside_message());
}

TEST(Backlog, IsNoneWhenTheLastAnswerFillsTheOutput) {
    narrow_world here;
    std::string stream, answers;
    while (answers.size() < 1000) {
        stream += request("OPTIONS");
        talk line(here);
        answers = line.say(stream);
        EXPECT_FALSE(line.end().has_backlog());
    }
}

TEST(Backlog, IsNoneOnceTheConnectionEnds) {
    narrow_world here;
    here.in_force->max_pending_output = 100;
    connection line(loopback(), standing::not_allowed);
    output out;
    auto octets = heap_copy(request("OPTIONS") + request("OPTIONS"));
    EXPECT_TRUE(line.on_bytes(here.ctx, octets, now_2026, out));
    EXPECT_GT(out.bytes.size(), 100u);
    EXPECT_FALSE(line.has_backlog());
    EXPECT_EQ(line.buffered_bytes(), 0u);
}

TEST(Backlog, AnswersNothingIntoAnOutputThatIsFullAlready) {
    narrow_world here;
    for (const auto& stream : {request("OPTIONS"), std::string(preface) + server_info(1)}) {
        connection line(loopback(), standing::may_mint);
        output out;
        out.bytes.assign(1000, 'x');
        auto octets = heap_copy(stream);
        EXPECT_FALSE(line.on_bytes(here.ctx, octets, now_2026, out));
        EXPECT_EQ(out.bytes.size(), 1000u);
        EXPECT_TRUE(line.has_backlog());
        out.clear();
        EXPECT_FALSE(line.on_bytes(here.ctx, {}, now_2026, out));
        EXPECT_GT(out.bytes.size(), 10u);
        EXPECT_FALSE(line.has_backlog());
    }
}

}  // namespace
}  // namespace relayauth::session
