#include "relayauth/session/resp_service.hpp"

#include "resp_talk.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

// One command at a time. What coturn is told about users is in resp_user_key_test.cpp.

namespace relayauth::session {
namespace {

using credential::refusal;
using testing::HasSubstr;
using testing::StartsWith;

std::string answer_to(world& here, std::initializer_list<std::string_view> words) {
    return resp_talk(here).say(command(words));
}
std::string answer_to(std::initializer_list<std::string_view> words) {
    world here(redis_settings_with());
    const auto answer = answer_to(here, words);
    EXPECT_TRUE(here.events.all.empty());
    return answer;
}

TEST(RespService, AnswersPing) {
    EXPECT_EQ(answer_to({"PING"}), "+PONG\r\n");
    EXPECT_EQ(answer_to({"PING", "hello"}), "$5\r\nhello\r\n");
    EXPECT_EQ(answer_to({"PING", ""}), "$0\r\n\r\n");
    EXPECT_EQ(answer_to({"PING", std::string_view("\r\n\0+OK", 6)}),
              std::string("$6\r\n\r\n\0+OK\r\n", 12));
}

TEST(RespService, TakesCommandsInAnyCaseAndInline) {
    EXPECT_EQ(answer_to({"ping"}), "+PONG\r\n");
    EXPECT_EQ(answer_to({"PiNg"}), "+PONG\r\n");
    world here(redis_settings_with());
    resp_talk line(here);
    EXPECT_EQ(line.say("PING\r\nSELECT 0\r\n"), "+PONG\r\n+OK\r\n");
    EXPECT_EQ(line.say("get turn/realm/example.test/max-bps\r\n"), nil);
}

TEST(RespService, SelectsAnyDatabaseByNumber) {
    for (const auto* number : {"0", "2", "15", "999999999"}) {
        EXPECT_EQ(answer_to({"SELECT", number}), "+OK\r\n") << number;
    }
    for (const auto* number : {"", "x", "-1", "+1", "1 ", "1x", "1000000000"}) {
        EXPECT_EQ(answer_to({"SELECT", number}), "-ERR value is not an integer or out of range\r\n")
            << number;
    }
}

// coturn lists origins, its admins and what it believes to be users in this way.
TEST(RespService, FindsNothingWhereCoturnLooksAround) {
    for (const auto* name : {"KEYS", "SMEMBERS", "HGETALL", "keys"}) {
        EXPECT_EQ(answer_to({name, "turn/realm/*/user/*"}), "*0\r\n") << name;
    }
}

TEST(RespService, TellsTheNumbersOfSettingsInOurRealms) {
    auto chosen = redis_settings_with();
    chosen->redis.max_bps = 64'000;
    chosen->redis.user_quota = 0;
    chosen->redis.total_quota = 18'446'744'073'709'551'615u;
    world here(chosen);
    const auto ask = [&here](const std::string& key) { return answer_to(here, {"GET", key}); };
    EXPECT_EQ(ask("turn/realm/example.test/max-bps"), "$5\r\n64000\r\n");
    EXPECT_EQ(ask("turn/realm/example.test/user-quota"), "$1\r\n0\r\n");
    EXPECT_EQ(ask("turn/realm/example.test/total-quota"), "$20\r\n18446744073709551615\r\n");
    for (const auto* realm : {"other.test", "example.tes", "Example.test"}) {
        EXPECT_EQ(ask("turn/realm/" + std::string(realm) + "/max-bps"), nil) << realm;
        EXPECT_EQ(ask("turn/realm/" + std::string(realm) + "/user-quota"), nil) << realm;
        EXPECT_EQ(ask("turn/realm/" + std::string(realm) + "/total-quota"), nil) << realm;
    }
    EXPECT_TRUE(here.events.all.empty());
}

TEST(RespService, TellsEachNumberOnlyWhenItIsSet) {
    for (const int set : {0, 1, 2}) {
        auto chosen = redis_settings_with();
        auto& redis = chosen->redis;
        (set == 0 ? redis.max_bps : set == 1 ? redis.user_quota : redis.total_quota) = 7;
        world here(chosen);
        const auto ask = [&here](std::string_view what) {
            return answer_to(here, {"GET", "turn/realm/example.test/" + std::string(what)});
        };
        EXPECT_EQ(ask("max-bps") == "$1\r\n7\r\n", set == 0);
        EXPECT_EQ(ask("max-bps") == nil, set != 0);
        EXPECT_EQ(ask("user-quota") == "$1\r\n7\r\n", set == 1);
        EXPECT_EQ(ask("user-quota") == nil, set != 1);
        EXPECT_EQ(ask("total-quota") == "$1\r\n7\r\n", set == 2);
        EXPECT_EQ(ask("total-quota") == nil, set != 2);
    }
}

TEST(RespService, HasNoOtherKeys) {
    for (const auto* key :
         {"", "foo", "turn", "turn/realm/example.test/secret", "turn/realm//max-bps",
          "turn/realm/example.test/max-bps/", "turn/realm/example.test/user/bob/password",
          "turn/oauth/kid/example.test"}) {
        EXPECT_EQ(answer_to({"GET", key}), nil) << key;
    }
}

TEST(RespService, TellsACoturnWithoutARealmSo) {
    for (const auto* key : {"turn/realm//user/bob/key", "turn/user/bob/key"}) {
        world here(redis_settings_with());
        resp_talk line(here);
        EXPECT_EQ(line.say(command({"GET", key})), "-ERR a user's key without a realm\r\n") << key;
        EXPECT_FALSE(line.closed());
        const auto heard = here.only_event();
        EXPECT_EQ(heard.reason, refusal::wrong_realm);
        EXPECT_THAT(heard.detail, HasSubstr("set realm= in its turnserver.conf"));
    }
}

TEST(RespService, RefusesAnUnknownCommandWithoutLettingItWriteReplies) {
    EXPECT_EQ(answer_to({"FLUSHALL"}), "-ERR unknown command 'FLUSHALL'\r\n");
    EXPECT_EQ(answer_to({"X\r\n+OK\r\n", "y"}), "-ERR unknown command 'X?\?+OK?\?'\r\n");
    EXPECT_EQ(answer_to({std::string_view("a\0'\x80", 4)}), "-ERR unknown command 'a?\?\?'\r\n");
    EXPECT_EQ(answer_to({""}), "-ERR unknown command ''\r\n");
    EXPECT_EQ(answer_to({"GETS", "a"}), "-ERR unknown command 'GETS'\r\n");
    EXPECT_EQ(answer_to({"SET", "a", "b"}), "-ERR unknown command 'SET'\r\n");
    EXPECT_LT(answer_to({std::string(60'000, 'x')}).size(), 128u);
}

// A web page can make a browser send these to a loopback port.
TEST(RespService, EndsAConnectionThatSpeaksHttp) {
    for (const auto* first :
         {"POST / HTTP/1.1\r\n", "Host: localhost:6379\r\n", "post\r\n", "*1\r\n$5\r\nHOST:\r\n"}) {
        for (const auto* password : {"", "s3cret"}) {
            world here(redis_settings_with(password));
            resp_talk line(here);
            EXPECT_EQ(line.say(std::string(first) + "PING\r\n"), "") << first;
            EXPECT_TRUE(line.closed());
            const auto heard = here.only_event();
            EXPECT_EQ(heard.what, event::kind::unknown_protocol);
            EXPECT_EQ(heard.door, door::redis);
        }
    }
    EXPECT_EQ(answer_to({"POSTS"}), "-ERR unknown command 'POSTS'\r\n");
    EXPECT_EQ(answer_to({"Host"}), "-ERR unknown command 'Host'\r\n");
}

TEST(RespService, CountsArguments) {
    using words = std::initializer_list<std::string_view>;
    for (const auto& wrong :
         {words{"GET"}, words{"GET", "a", "b"}, words{"PING", "a", "b"}, words{"AUTH"},
          words{"AUTH", "a", "b", "c"}, words{"SELECT"}, words{"SELECT", "0", "1"}, words{"KEYS"},
          words{"KEYS", "a", "b"}, words{"SMEMBERS"}, words{"SMEMBERS", "a", "b"}, words{"HGETALL"},
          words{"HGETALL", "a", "b"}}) {
        EXPECT_THAT(answer_to(wrong), StartsWith("-ERR wrong number of arguments for '"));
    }
}

TEST(RespService, SaysBusyToEveryGetAndToNothingElse) {
    world here(redis_settings_with());
    here.ctx.busy_because = "at a limit";
    resp_talk line(here);
    EXPECT_EQ(line.say(get(credential::hand_made::v2_username)), "-ERR busy: try again\r\n");
    const auto heard = here.only_event();
    EXPECT_EQ(heard.what, event::kind::validate_refused);
    EXPECT_EQ(heard.door, door::redis);
    EXPECT_EQ(heard.reason, refusal::busy);
    EXPECT_EQ(line.say(command({"GET", "turn/realm/example.test/max-bps"})),
              "-ERR busy: try again\r\n");
    EXPECT_EQ(here.only_event().what, event::kind::request_refused);
    EXPECT_EQ(line.say(command({"PING"}) + command({"SELECT", "0"})), "+PONG\r\n+OK\r\n");
    here.ctx.busy_because = {};
    EXPECT_EQ(line.say(get(credential::hand_made::v2_username)), v2_key);
}

TEST(RespAuth, IsRequiredBeforeEveryCommandWhereThereIsAPassword) {
    using words = std::initializer_list<std::string_view>;
    for (const auto& each :
         {words{"PING"}, words{"SELECT", "0"}, words{"GET", "turn/realm/example.test/max-bps"},
          words{"KEYS", "*"}, words{"FLUSHALL"}, words{"GET"}}) {
        world here(redis_settings_with("s3cret"));
        EXPECT_EQ(answer_to(here, each), "-NOAUTH Authentication required.\r\n");
        const auto heard = here.only_event();
        EXPECT_EQ(heard.what, event::kind::request_refused);
        EXPECT_EQ(heard.door, door::redis);
        EXPECT_EQ(heard.reason, refusal::forbidden);
        EXPECT_THAT(heard.detail, HasSubstr("--redis-password-file"));
    }
}

TEST(RespAuth, OpensTheDoorWithThePasswordAlsoOfTheDefaultUser) {
    using words = std::initializer_list<std::string_view>;
    for (const auto& each :
         {words{"AUTH", "s3cret"}, words{"auth", "s3cret"}, words{"AUTH", "default", "s3cret"}}) {
        world here(redis_settings_with("s3cret"));
        resp_talk line(here);
        EXPECT_FALSE(resp_session(standing::may_validate).is_authenticated());
        EXPECT_EQ(line.say(command(each) + get(credential::hand_made::v2_username)),
                  "+OK\r\n" + std::string(v2_key));
        EXPECT_EQ(here.only_event().what, event::kind::validated);
    }
}

TEST(RespAuth, RefusesEveryOtherPasswordAndUser) {
    using words = std::initializer_list<std::string_view>;
    for (const auto& each :
         {words{"AUTH", ""}, words{"AUTH", "s3cre"}, words{"AUTH", "s3cret "},
          words{"AUTH", "S3cret"}, words{"AUTH", "s3cres"}, words{"AUTH", "default"},
          words{"AUTH", "Default", "s3cret"}, words{"AUTH", "", "s3cret"},
          words{"AUTH", "admin", "s3cret"}, words{"AUTH", "s3cret", "default"},
          words{"AUTH", "default", "wrong"}}) {
        world here(redis_settings_with("s3cret"));
        resp_talk line(here);
        EXPECT_EQ(line.say(command(each)),
                  "-WRONGPASS invalid username-password pair or user is disabled.\r\n");
        const auto heard = here.only_event();
        EXPECT_EQ(heard.what, event::kind::request_refused);
        EXPECT_EQ(heard.door, door::redis);
        EXPECT_EQ(heard.reason, refusal::forbidden);
        EXPECT_THAT(heard.detail, HasSubstr("--redis-password-file"));
        EXPECT_THAT(line.say(command({"PING"})), StartsWith("-NOAUTH"));
        EXPECT_FALSE(line.closed()) << "redis-server lets it try again";
    }
}

TEST(RespAuth, EndsTheConnectionAfterThreeWrongPasswords) {
    world here(redis_settings_with("s3cret"));
    resp_talk line(here);
    const auto wrong = command({"AUTH", "guess"});
    EXPECT_THAT(line.say(wrong + wrong), StartsWith("-WRONGPASS"));
    EXPECT_FALSE(line.closed());
    EXPECT_THAT(line.say(command({"PING"})), StartsWith("-NOAUTH"));
    EXPECT_THAT(here.events.all.back().detail, HasSubstr("after an AUTH that failed"));
    EXPECT_THAT(line.say(wrong + command({"AUTH", "s3cret"})), testing::Not(HasSubstr("OK")));
    EXPECT_TRUE(line.closed());
}

TEST(RespAuth, LetsNobodyBeginALongCommandBefore) {
    world here(redis_settings_with("s3cret"));
    const auto begun = "*2\r\n$4\r\nAUTH\r\n$60000\r\n" + std::string(max_bytes_before_auth, 'a');
    resp_talk stranger(here);
    EXPECT_THAT(stranger.say(begun), StartsWith("-ERR Protocol error"));
    EXPECT_TRUE(stranger.closed());
    EXPECT_EQ(here.only_event().reason, refusal::too_large);
    resp_talk known(here);
    EXPECT_EQ(known.say(command({"AUTH", "s3cret"}) + begun), "+OK\r\n");
    EXPECT_FALSE(known.closed());
    world open(redis_settings_with());
    EXPECT_FALSE((resp_talk(open).say(begun), resp_talk(open).closed()));
}

// As redis-server 7.0.15 was seen to do.
TEST(RespAuth, KeepsTheDoorOpenThroughALaterWrongPassword) {
    world here(redis_settings_with("s3cret"));
    resp_talk line(here);
    EXPECT_EQ(line.say(command({"AUTH", "s3cret"})), "+OK\r\n");
    EXPECT_THAT(line.say(command({"AUTH", "wrong"})), StartsWith("-WRONGPASS"));
    EXPECT_EQ(line.say(command({"PING"})), "+PONG\r\n");
}

TEST(RespAuth, IsOfOneConnection) {
    world here(redis_settings_with("s3cret"));
    resp_talk one(here), other(here);
    EXPECT_EQ(one.say(command({"AUTH", "s3cret"})), "+OK\r\n");
    EXPECT_THAT(other.say(command({"PING"})), StartsWith("-NOAUTH"));
}

TEST(RespAuth, SaysThatThereIsNoPasswordToGive) {
    EXPECT_THAT(answer_to({"AUTH", "s3cret"}), StartsWith("-ERR AUTH called"));
    EXPECT_THAT(answer_to({"AUTH", "default", "s3cret"}), StartsWith("-ERR AUTH called"));
}

TEST(RespAuth, TellsNobodyThePassword) {
    world here(redis_settings_with("s3cret"));
    resp_talk line(here);
    const auto sent = line.say(command({"AUTH", "wr0ng"}) + command({"PING"}) +
                               command({"AUTH", "wr0ng", "wr0ng"}) + command({"AUTH", "s3cret"}));
    ASSERT_EQ(here.events.all.size(), 3u);
    for (const auto* word : {"s3cret", "wr0ng"}) {
        EXPECT_EQ(sent.find(word), std::string::npos);
        for (const auto& each : here.events.all) {
            EXPECT_EQ(each.detail.find(word), std::string::npos);
        }
    }
}

}  // namespace
}  // namespace relayauth::session
