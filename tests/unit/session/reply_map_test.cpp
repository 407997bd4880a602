#include "relayauth/session/reply_map.hpp"

#include <gtest/gtest.h>

namespace relayauth::session {
namespace {

using credential::refusal;
using mras::reason_phrase;

TEST(ReplyMap, AnswersSipFaultsWith400But505And513) {
    const auto last = static_cast<int>(sip::errc::cseq_method_differs);
    for (int i = 0; i <= last; ++i) {
        const auto why = static_cast<sip::errc>(i);
        const bool too_large = why == sip::errc::message_too_long ||
                               why == sip::errc::headers_too_long ||
                               why == sip::errc::too_many_headers;
        const bool version = why == sip::errc::unsupported_sip_version;
        EXPECT_EQ(status_of(why), too_large ? 513 : version ? 505 : 400) << sip::to_text(why);
        EXPECT_EQ(refusal_of(why), too_large ? refusal::too_large
                                   : version ? refusal::unsupported_version
                                             : refusal::malformed);
    }
}

TEST(ReplyMap, CallsBadBodiesMalformedAndOnlyTooManyTooLarge) {
    const auto last = static_cast<int>(mras::errc::too_many_credentials_requests);
    for (int i = 0; i <= last; ++i) {
        const auto why = static_cast<mras::errc>(i);
        EXPECT_EQ(reason_phrase_of(why),
                  i == last ? reason_phrase::request_too_large : reason_phrase::request_malformed);
        EXPECT_EQ(refusal_of(why), i == last ? refusal::too_large : refusal::malformed);
    }
}

TEST(ReplyMap, TurnsRefusalsToMintIntoReasonPhrases) {
    EXPECT_EQ(reason_phrase_of(refusal::malformed), reason_phrase::request_malformed);
    EXPECT_EQ(reason_phrase_of(refusal::unsupported_version), reason_phrase::version_mismatch);
    EXPECT_EQ(reason_phrase_of(refusal::forbidden), reason_phrase::forbidden);
    EXPECT_EQ(reason_phrase_of(refusal::too_large), reason_phrase::request_too_large);
    EXPECT_EQ(reason_phrase_of(refusal::busy), reason_phrase::server_busy);
    for (const auto verdict : {refusal::unknown_key, refusal::expired, refusal::not_yet_valid,
                               refusal::minted_ahead, refusal::wrong_password, refusal::wrong_realm,
                               refusal::wrong_identity, refusal::internal}) {
        EXPECT_EQ(reason_phrase_of(verdict), reason_phrase::internal_server_error);
    }
}

TEST(ReplyMap, NamesRpcFaults) {
    EXPECT_EQ(refusal_of(rpc::errc::frame_too_long), refusal::too_large);
    EXPECT_EQ(refusal_of(rpc::errc::batch_too_large), refusal::too_large);
    EXPECT_EQ(refusal_of(rpc::errc::unknown_call), refusal::unsupported_version);
    for (const auto why : {rpc::errc::undecodable_envelope, rpc::errc::no_call,
                           rpc::errc::duration_out_of_range, rpc::errc::text_not_utf8}) {
        EXPECT_EQ(refusal_of(why), refusal::malformed);
    }
}

TEST(ReplyMap, UsesTheSameWordForARefusalOnTheRpcWire) {
    for (int i = 0; i <= static_cast<int>(refusal::internal); ++i) {
        const auto why = static_cast<refusal>(i);
        EXPECT_EQ(rpc::to_text(reason_of(why)), credential::to_text(why));
    }
}

TEST(ReplyMap, UsesTheSameWordForAStageAndALocation) {
    for (const auto stage : {keyring::key_stage::minting, keyring::key_stage::verifying,
                             keyring::key_stage::retired}) {
        EXPECT_EQ(rpc::to_text(stage_of(stage)), keyring::to_text(stage));
    }
    for (const auto where : {mras::location::internet, mras::location::intranet}) {
        EXPECT_EQ(rpc::to_text(location_of(where)), mras::to_text(where));
    }
}

TEST(ReplyMap, UsesTheSameWordForADialect) {
    for (const auto form : {credential::dialect::mras, credential::dialect::turn_rest}) {
        EXPECT_EQ(rpc::to_text(dialect_of(form)), credential::to_text(form));
    }
}

TEST(ReplyMap, KnowsDigestsAndSpellingsAndNoOthers) {
    EXPECT_EQ(digest_of(rpc::key_digest::none), std::nullopt);
    EXPECT_EQ(digest_of(rpc::key_digest::md5), stun::digest::md5);
    EXPECT_EQ(digest_of(rpc::key_digest::sha256), stun::digest::sha256);
    EXPECT_EQ(digest_of(static_cast<rpc::key_digest>(3)), std::nullopt);
    EXPECT_EQ(spelling_of(rpc::key_spelling::text), credential::spelling::text);
    EXPECT_EQ(spelling_of(rpc::key_spelling::raw), credential::spelling::raw);
    EXPECT_EQ(spelling_of(static_cast<rpc::key_spelling>(2)), std::nullopt);
}

}  // namespace
}  // namespace relayauth::session
