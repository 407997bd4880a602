#include "relayauth/cli/server_explanation.hpp"

#include "relayauth/cli/explanation_json.hpp"
#include "relayauth/rpc/client_codec.hpp"
#include "relayauth/rpc/reply.hpp"
#include "relayauth/rpc/wire.hpp"
#include "relayauth/session/rpc_explanation.hpp"

#include "tests/unit/credential/notes_credential.hpp"

#include <gtest/gtest.h>

#include <string>

namespace relayauth::cli {
namespace {

using namespace std::chrono_literals;

// By the octets on the wire and back.
credential::explanation over_rpc(const credential::explanation& told) {
    std::string out;
    rpc::write_reply(out, 1, notes::expiry, session::to_wire(told));
    const auto got = rpc::parse_reply(as_bytes(out).subspan(rpc::frame_header_bytes));
    EXPECT_TRUE(got);
    return explanation_of(std::get<rpc::explained>(got->result));
}

TEST(ServerExplanation, IsEqualToTheOneMadeHereWithTheSameKeysAndClock) {
    const auto rolled = notes::rolled_ring(notes::expiry - 30min);
    const auto other = notes::ring(0x11);
    const std::string texts[] = {std::string(notes::v1_username),
                                 std::string(notes::v2_username),
                                 std::string(notes::unsigned_username),
                                 std::string(notes::rest_name),
                                 "1893553445:=!",
                                 "1893553445",
                                 "0:a",
                                 "1893553445:\xFF",
                                 "",
                                 "junk",
                                 "\xFF\xFE",
                                 "alice:1893553445000",
                                 std::string(notes::v2_username) + "\n",
                                 "AwAAJAAA",
                                 "86400:x",
                                 "Q47qmv8PVtY9tvdql0ZYgxDgMc0=",
                                 std::string(5000, 'A')};
    for (const auto& text : texts) {
        for (const keyring::ring* keys : {&rolled, &other}) {
            for (const auto at : {notes::expiry - 1h, notes::expiry, wall_time()}) {
                credential::explain_request asked{
                    text, "FMvKMCWrDianBoEHgMmaxd6Nwy8=", "sip:alice@example.test", keys};
                asked.clock_offset = 8h;
                asked.limits.expiry_grace = 1min;
                const auto told = credential::explain(asked, at, notes::expiry - 1h);
                const auto got = over_rpc(told);
                EXPECT_EQ(got, told) << text;
                EXPECT_EQ(explanation_json(got, {at}), explanation_json(told, {at})) << text;
            }
        }
    }
}

TEST(ServerExplanation, OfNonsenseIsNoCredential) {
    rpc::explained nonsense;
    nonsense.as_given.token_version = 3;
    nonsense.as_given.key_id = "none";
    const auto told = explanation_of(nonsense);
    EXPECT_FALSE(told.as_given.said.is_credential());
    EXPECT_EQ(told.as_given.signer, std::nullopt);
    EXPECT_EQ(told.as_given.verdict.refused, credential::refusal::internal);
    EXPECT_FALSE(explanation_text(told, {notes::expiry, {}, 0s}).empty());
    nonsense.as_given.token_version = 2;
    nonsense.as_given.expires_at = notes::expiry;
    nonsense.as_given.client_id = "short";
    EXPECT_FALSE(explanation_of(nonsense).as_given.said.is_credential());
    nonsense.as_given.verdicts = {{notes::expiry, true, {}, "a reason of tomorrow"}};
    EXPECT_EQ(explanation_of(nonsense).as_given.verdict.refused, credential::refusal::internal);
}

}  // namespace
}  // namespace relayauth::cli
