#include "relayauth/rpc/reply.hpp"

#include "relayauth/base/bytes.hpp"
#include "relayauth/rpc/wire.hpp"

#include "relayauth/v1/relay_auth.pb.h"

#include <algorithm>
#include <cassert>

namespace relayauth::rpc {
namespace {

// Anything but 0, which proto3 would leave out; seen by nobody.
constexpr std::uint64_t not_stamped = ~std::uint64_t{0};
constexpr std::size_t written_at_bytes = 8;

std::uint64_t filetime_or_0(const std::optional<wall_time>& t) {
    return t ? t->filetime() : 0;
}

std::uint64_t count_or_0(ticks d) {
    return static_cast<std::uint64_t>(std::max(d, ticks{0}).count());
}

void put(field_writer& to, const refusal_details& from) {
    using wire = v1::Refusal;
    to.varint(wire::kReasonFieldNumber, static_cast<std::uint64_t>(from.why));
    to.text(wire::kWordsFieldNumber, from.words);
    to.fixed64(wire::kServerTimeFieldNumber, from.server_time.filetime());
    to.fixed64(wire::kIssuedAtFieldNumber, filetime_or_0(from.issued_at));
    to.fixed64(wire::kExpiresAtFieldNumber, filetime_or_0(from.expires_at));
    if (from.offset) to.zigzag_even_0(wire::kOffsetTicksFieldNumber, from.offset->count());
    to.zigzag(wire::kClockOffsetSettingTicksFieldNumber, from.clock_offset_setting.count());
}

void put(field_writer& to, const good_credential& from) {
    using wire = v1::GoodCredential;
    to.text(wire::kKeyIdFieldNumber, from.key_id);
    to.fixed64(wire::kIssuedAtFieldNumber, filetime_or_0(from.issued_at));
    to.fixed64(wire::kExpiresAtFieldNumber, from.expires_at.filetime());
    to.varint(wire::kRemainingTicksFieldNumber, count_or_0(from.remaining));
    to.varint(wire::kTokenVersionFieldNumber, from.token_version);
    to.octets(wire::kLongTermKeyFieldNumber, from.long_term_key);
    to.varint(wire::kDialectFieldNumber, static_cast<std::uint64_t>(from.dialect));
}

void put(field_writer& to, const relay& from) {
    using wire = v1::Relay;
    to.varint(wire::kLocationFieldNumber, static_cast<std::uint64_t>(from.where));
    to.text(wire::kHostFieldNumber, from.host);
    to.varint(wire::kUdpPortFieldNumber, from.udp_port);
    to.varint(wire::kTcpPortFieldNumber, from.tcp_port);
}

void put(field_writer& to, const key_state& from) {
    using wire = v1::Key;
    to.text(wire::kKeyIdFieldNumber, from.key_id);
    to.varint(wire::kStageFieldNumber, static_cast<std::uint64_t>(from.stage));
    to.fixed64(wire::kNotAfterFieldNumber, from.not_after.filetime());
}

// put_message puts a message within another one.
template <class Message>
void put_message(field_writer& to, int number, const Message& from);

void put(field_writer& to, const issued& from) {
    using wire = v1::IssueReply;
    to.text(wire::kUsernameFieldNumber, from.username);
    to.text(wire::kPasswordFieldNumber, from.password);
    to.varint(wire::kTokenVersionFieldNumber, from.token_version);
    to.fixed64(wire::kIssuedAtFieldNumber, from.issued_at.filetime());
    to.fixed64(wire::kExpiresAtFieldNumber, from.expires_at.filetime());
    to.varint(wire::kDurationMinutesFieldNumber, from.duration_minutes);
    for (const auto realm : from.realms) {
        to.octets_even_empty(wire::kRealmsFieldNumber, as_bytes(realm));
    }
    for (const auto& one : from.relays) put_message(to, wire::kRelaysFieldNumber, one);
    to.text(wire::kKeyIdFieldNumber, from.key_id);
    to.varint(wire::kDialectFieldNumber, static_cast<std::uint64_t>(from.dialect));
}

void put(field_writer& to, const server_info& from) {
    using wire = v1::ServerInfoReply;
    to.fixed64(wire::kServerTimeFieldNumber, from.server_time.filetime());
    to.zigzag(wire::kClockOffsetSettingTicksFieldNumber, from.clock_offset_setting.count());
    for (const auto& one : from.keys) put_message(to, wire::kKeysFieldNumber, one);
    to.text(wire::kVersionFieldNumber, from.version);
    to.varint(wire::kMaxLifetimeMinutesFieldNumber, from.max_lifetime_minutes);
    to.varint(wire::kClockToleranceTicksFieldNumber, count_or_0(from.clock_tolerance));
    to.varint(wire::kLabFieldNumber, from.lab ? 1 : 0);
}

void put_time(field_writer& to, int number, const std::optional<wall_time>& t) {
    if (t) to.fixed64_even_0(number, t->filetime());
}

void put(field_writer& to, const explained_verdict& from) {
    using wire = v1::TimedVerdict;
    to.fixed64(wire::kAtFieldNumber, from.at.filetime());
    if (from.why) to.varint(wire::kReasonFieldNumber, static_cast<std::uint64_t>(*from.why));
    to.text(wire::kWordsFieldNumber, from.words);
}

void put(field_writer& to, const explained_mistake& from) {
    to.text(v1::Mistake::kNameFieldNumber, from.name);
    to.text(v1::Mistake::kWordsFieldNumber, from.words);
}

void put(field_writer& to, const explained_key& from) {
    using wire = v1::TriedKey;
    to.text(wire::kKeyIdFieldNumber, from.key_id);
    put_time(to, wire::kVerifiesUntilFieldNumber, from.verifies_until);
    to.varint(wire::kRetiredFieldNumber, from.retired);
}

void put(field_writer& to, const explained_text& from) {
    using wire = v1::Reading;
    to.text(wire::kNotACredentialFieldNumber, from.not_a_credential);
    to.varint(wire::kDialectFieldNumber, static_cast<std::uint64_t>(from.dialect));
    to.varint(wire::kTokenVersionFieldNumber, from.token_version);
    put_time(to, wire::kIssuedAtFieldNumber, from.issued_at);
    put_time(to, wire::kExpiresAtFieldNumber, from.expires_at);
    to.varint(wire::kLifetimeSecondsFieldNumber, from.lifetime_seconds);
    to.text(wire::kClientIdFieldNumber, from.client_id);
    to.text(wire::kSpelledIdentityFieldNumber, from.spelled_identity);
    to.varint(wire::kCheckedFieldNumber, from.checked);
    to.text(wire::kKeyIdFieldNumber, from.key_id);
    if (from.identity_fits) to.varint_even_0(wire::kIdentityFitsFieldNumber, *from.identity_fits);
    if (from.password_fits) to.varint_even_0(wire::kPasswordFitsFieldNumber, *from.password_fits);
    put_time(to, wire::kOpensAtFieldNumber, from.opens_at);
    put_time(to, wire::kClosesAtFieldNumber, from.closes_at);
    for (const auto& one : from.verdicts) put_message(to, wire::kVerdictsFieldNumber, one);
}

void put(field_writer& to, const explained& from) {
    using wire = v1::ExplainReply;
    put_message(to, wire::kAsGivenFieldNumber, from.as_given);
    for (const auto& one : from.mistakes) put_message(to, wire::kMistakesFieldNumber, one);
    to.text(wire::kMendedUsernameFieldNumber, from.mended_username);
    if (from.mended) put_message(to, wire::kMendedFieldNumber, *from.mended);
    for (const auto& one : from.keys) put_message(to, wire::kKeysFieldNumber, one);
    to.varint(wire::kClockToleranceTicksFieldNumber, count_or_0(from.clock_tolerance));
    to.varint(wire::kExpiryGraceTicksFieldNumber, count_or_0(from.expiry_grace));
    to.varint(wire::kAcceptLifetimeTicksFieldNumber, count_or_0(from.accept_lifetime));
    to.zigzag(wire::kClockOffsetSettingTicksFieldNumber, from.clock_offset_setting.count());
}

template <class Message>
void put_message(field_writer& to, int number, const Message& from) {
    const auto content = to.begin_message(number);
    put(to, from);
    to.end_message(content);
}

// begin_frame leaves room for the frame's header and gives where it stands.
std::size_t begin_frame(std::string& out) {
    const auto frame = out.size();
    grow(out, frame + frame_header_bytes);
    return frame;
}

void put_head(field_writer& to, std::uint64_t id, wall_time read_at) {
    to.varint(v1::Reply::kIdFieldNumber, id);
    to.fixed64(v1::Reply::kReadAtFieldNumber, read_at.filetime());
}

void end_frame(std::string& out, std::size_t frame, field_writer& to) {
    to.fixed64(v1::Reply::kWrittenAtFieldNumber, not_stamped);
    to.finish();
    store_be32(reinterpret_cast<std::uint8_t*>(out.data()) + frame,
               static_cast<std::uint32_t>(out.size() - frame - frame_header_bytes));
}

template <class Answer>
void write_frame(std::string& out, std::uint64_t id, wall_time read_at, int result,
                 const Answer& answer) {
    const auto frame = begin_frame(out);
    field_writer to(out);
    put_head(to, id, read_at);
    put_message(to, result, answer);
    end_frame(out, frame, to);
}

}  // namespace

void write_reply(std::string& out, std::uint64_t id, wall_time read_at, const issued& answer) {
    write_frame(out, id, read_at, v1::Reply::kIssueFieldNumber, answer);
}

void write_reply(std::string& out, std::uint64_t id, wall_time read_at, const server_info& answer) {
    write_frame(out, id, read_at, v1::Reply::kServerInfoFieldNumber, answer);
}

void write_reply(std::string& out, std::uint64_t id, wall_time read_at,
                 const refusal_details& answer) {
    write_frame(out, id, read_at, v1::Reply::kErrorFieldNumber, answer);
}

void write_reply(std::string& out, std::uint64_t id, wall_time read_at, const explained& answer) {
    write_frame(out, id, read_at, v1::Reply::kExplainFieldNumber, answer);
}

verdict_writer::verdict_writer(std::string& out, call answered, std::uint64_t id, wall_time read_at)
    : out_(out), frame_(begin_frame(out)), to_(out) {
    // One number for both: they are the same message by two names.
    static_assert(int{v1::ValidateReply::kVerdictsFieldNumber} ==
                  v1::CheckMessageReply::kVerdictsFieldNumber);
    put_head(to_, id, read_at);
    content_ = to_.begin_message(answered == call::validate ? v1::Reply::kValidateFieldNumber
                                                            : v1::Reply::kCheckMessageFieldNumber);
}

void verdict_writer::add(const good_credential& one) {
    const auto verdict = to_.begin_message(v1::ValidateReply::kVerdictsFieldNumber);
    put_message(to_, v1::Verdict::kGoodFieldNumber, one);
    to_.end_message(verdict);
}

void verdict_writer::add(const refusal_details& one) {
    const auto verdict = to_.begin_message(v1::ValidateReply::kVerdictsFieldNumber);
    put_message(to_, v1::Verdict::kRefusedFieldNumber, one);
    to_.end_message(verdict);
}

void verdict_writer::end() {
    to_.end_message(content_);
    end_frame(out_, frame_, to_);
}

void stamp_written_at(std::span<char> frames, wall_time now) {
    auto* at = reinterpret_cast<std::uint8_t*>(frames.data());
    auto* const end = at + frames.size();
    while (at != end) {
        assert(static_cast<std::size_t>(end - at) > frame_header_bytes + written_at_bytes);
        at += frame_header_bytes + load_be32(at);
        assert(at <= end);
        // It has the highest number and so comes last, little-endian as every fixed64.
        auto value = now.filetime();
        for (std::size_t i = 0; i < written_at_bytes; ++i, value >>= 8) {
            *(at - written_at_bytes + i) = static_cast<std::uint8_t>(value);
        }
    }
}

std::string_view to_text(relay_location value) {
    return value == relay_location::internet ? "internet" : "intranet";
}

std::string_view to_text(key_stage value) {
    switch (value) {
        case key_stage::pending:
            return "pending";
        case key_stage::minting:
            return "minting";
        case key_stage::verifying:
            return "verifying";
        case key_stage::retired:
            return "retired";
    }
    return "";
}

}  // namespace relayauth::rpc
