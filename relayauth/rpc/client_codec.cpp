#include "relayauth/rpc/client_codec.hpp"

#include "relayauth/rpc/wire.hpp"

#include "relayauth/v1/relay_auth.pb.h"

#include <algorithm>
#include <limits>

namespace relayauth::rpc {
namespace {

void put(v1::Request& to, const issue_call& from) {
    auto& issue = *to.mutable_issue();
    issue.set_identity(from.identity.data(), from.identity.size());
    if (from.duration_minutes) issue.set_duration_minutes(*from.duration_minutes);
    issue.set_token_version(from.token_version);
    issue.set_dialect(static_cast<v1::Dialect>(from.dialect));
    if (from.realm) issue.set_realm(from.realm->data(), from.realm->size());
}

void put(v1::Request& to, const validate_call& from) {
    auto& items = *to.mutable_validate()->mutable_items();
    for (const auto& one : from.items) {
        auto& item = *items.Add();
        item.set_username(one.username.data(), one.username.size());
        if (one.password) item.set_password(one.password->data(), one.password->size());
        if (one.realm) item.set_realm(one.realm->data(), one.realm->size());
        if (one.identity) item.set_identity(one.identity->data(), one.identity->size());
        item.set_key_digest(static_cast<v1::KeyDigest>(one.key_digest));
        item.set_key_spelling(static_cast<v1::KeySpelling>(one.key_spelling));
    }
}

void put(v1::Request& to, const check_message_call& from) {
    auto& items = *to.mutable_check_message()->mutable_items();
    for (const auto& one : from.items) {
        auto& item = *items.Add();
        item.set_message(one.message.data(), one.message.size());
        item.set_realm(one.realm.data(), one.realm.size());
    }
}

void put(v1::Request& to, const explain_call& from) {
    auto& explain = *to.mutable_explain();
    explain.set_username(from.username.data(), from.username.size());
    if (from.password) explain.set_password(from.password->data(), from.password->size());
    if (from.identity) explain.set_identity(from.identity->data(), from.identity->size());
    if (from.at) explain.set_at(from.at->filetime());
}

void put(v1::Request& to, const server_info_call&) {
    to.mutable_server_info();
}

std::optional<wall_time> known_time(std::uint64_t filetime) {
    if (filetime == 0) return std::nullopt;
    return wall_time(filetime);
}

ticks saturated(std::uint64_t count) {
    constexpr std::uint64_t most = std::numeric_limits<std::int64_t>::max();
    return ticks(static_cast<std::int64_t>(std::min(count, most)));
}

// known gives the value of an enum that runs from 1 to `last`; others come from newer servers.
template <class Enum>
std::optional<Enum> known(int value, Enum last) {
    if (value < 1 || value > static_cast<int>(last)) return std::nullopt;
    return static_cast<Enum>(value);
}

std::optional<dialect> known(v1::Dialect value) {
    if (value < v1::DIALECT_MRAS || value > v1::DIALECT_TURN_REST) return std::nullopt;
    return static_cast<dialect>(value);
}

received_refusal read(const v1::Refusal& from) {
    received_refusal to;
    to.why = known(from.reason(), reason::internal);
    to.words = from.words();
    to.server_time = wall_time(from.server_time());
    to.issued_at = known_time(from.issued_at());
    to.expires_at = known_time(from.expires_at());
    if (from.has_offset_ticks()) to.offset = ticks(from.offset_ticks());
    to.clock_offset_setting = ticks(from.clock_offset_setting_ticks());
    return to;
}

received_good_credential read(const v1::GoodCredential& from) {
    received_good_credential to;
    to.key_id = from.key_id();
    to.issued_at = known_time(from.issued_at());
    to.expires_at = wall_time(from.expires_at());
    to.remaining = saturated(from.remaining_ticks());
    to.token_version = from.token_version();
    to.long_term_key = from.long_term_key();
    to.dialect = known(from.dialect());
    return to;
}

std::optional<received_relay> read(const v1::Relay& from) {
    constexpr std::uint32_t last_port = std::numeric_limits<std::uint16_t>::max();
    if (from.udp_port() > last_port || from.tcp_port() > last_port) return std::nullopt;
    received_relay to;
    to.where = known(from.location(), relay_location::intranet);
    to.host = from.host();
    to.udp_port = static_cast<std::uint16_t>(from.udp_port());
    to.tcp_port = static_cast<std::uint16_t>(from.tcp_port());
    return to;
}

std::optional<received_credential> read(const v1::IssueReply& from) {
    received_credential to;
    to.username = from.username();
    to.password = from.password();
    to.token_version = from.token_version();
    to.issued_at = wall_time(from.issued_at());
    to.expires_at = wall_time(from.expires_at());
    to.duration_minutes = from.duration_minutes();
    to.realms.assign(from.realms().begin(), from.realms().end());
    for (const auto& one : from.relays()) {
        auto relay = read(one);
        if (!relay) return std::nullopt;
        to.relays.push_back(std::move(*relay));
    }
    to.key_id = from.key_id();
    to.dialect = known(from.dialect());
    return to;
}

template <class Verdicts>
received_verdicts read_verdicts(const Verdicts& from) {
    received_verdicts to;
    to.reserve(static_cast<std::size_t>(from.size()));
    for (const auto& one : from) {
        // Both at once is not ours to weigh: the refusal counts.
        if (one.has_good() && !one.has_refused()) {
            to.emplace_back(read(one.good()));
            continue;
        }
        to.emplace_back(read(one.refused()));
    }
    return to;
}

explained_text read(const v1::Reading& from) {
    explained_text to;
    to.not_a_credential = from.not_a_credential();
    to.dialect = known(from.dialect()).value_or(dialect::mras);
    to.token_version = from.token_version();
    if (from.has_issued_at()) to.issued_at = wall_time(from.issued_at());
    if (from.has_expires_at()) to.expires_at = wall_time(from.expires_at());
    to.lifetime_seconds = from.lifetime_seconds();
    to.client_id = from.client_id();
    to.spelled_identity = from.spelled_identity();
    to.checked = from.checked();
    to.key_id = from.key_id();
    if (from.has_identity_fits()) to.identity_fits = from.identity_fits();
    if (from.has_password_fits()) to.password_fits = from.password_fits();
    if (from.has_opens_at()) to.opens_at = wall_time(from.opens_at());
    if (from.has_closes_at()) to.closes_at = wall_time(from.closes_at());
    for (const auto& one : from.verdicts()) {
        to.verdicts.push_back({wall_time(one.at()), one.reason() != v1::REASON_UNSPECIFIED,
                               known(one.reason(), reason::internal), one.words()});
    }
    return to;
}

explained read(const v1::ExplainReply& from) {
    explained to;
    to.as_given = read(from.as_given());
    for (const auto& one : from.mistakes()) to.mistakes.push_back({one.name(), one.words()});
    to.mended_username = from.mended_username();
    if (from.has_mended()) to.mended = read(from.mended());
    for (const auto& one : from.keys()) {
        explained_key key{one.key_id(), {}, one.retired()};
        if (one.has_verifies_until()) key.verifies_until = wall_time(one.verifies_until());
        to.keys.push_back(std::move(key));
    }
    to.clock_tolerance = saturated(from.clock_tolerance_ticks());
    to.expiry_grace = saturated(from.expiry_grace_ticks());
    to.accept_lifetime = saturated(from.accept_lifetime_ticks());
    to.clock_offset_setting = ticks(from.clock_offset_setting_ticks());
    return to;
}

received_server_info read(const v1::ServerInfoReply& from) {
    received_server_info to;
    to.server_time = wall_time(from.server_time());
    to.clock_offset_setting = ticks(from.clock_offset_setting_ticks());
    for (const auto& one : from.keys()) {
        received_key key;
        key.key_id = one.key_id();
        key.stage = known(one.stage(), key_stage::retired);
        key.not_after = wall_time(one.not_after());
        to.keys.push_back(std::move(key));
    }
    to.version = from.version();
    to.max_lifetime_minutes = from.max_lifetime_minutes();
    to.clock_tolerance = saturated(from.clock_tolerance_ticks());
    to.lab = from.lab();
    return to;
}

bool read_result(const v1::Reply& from, reply& to) {
    switch (from.result_case()) {
        case v1::Reply::kError:
            to.result = read(from.error());
            return true;
        case v1::Reply::kIssue: {
            auto credential = read(from.issue());
            if (!credential) return false;
            to.result = std::move(*credential);
            return true;
        }
        case v1::Reply::kValidate:
            to.result = read_verdicts(from.validate().verdicts());
            return true;
        case v1::Reply::kServerInfo:
            to.result = read(from.server_info());
            return true;
        case v1::Reply::kCheckMessage:
            to.result = received_message_verdicts{read_verdicts(from.check_message().verdicts())};
            return true;
        case v1::Reply::kExplain:
            to.result = read(from.explain());
            return true;
        case v1::Reply::RESULT_NOT_SET:
            return false;
    }
    return false;
}

}  // namespace

void write_preface(std::string& out) {
    out.append(as_text(preface));
}

void write_call(std::string& out, const call& request) {
    v1::Request envelope;
    envelope.set_id(request.id);
    if (request.client_time) envelope.set_client_time(request.client_time->filetime());
    std::visit([&](const auto& body) { put(envelope, body); }, request.body);
    const auto size = envelope.ByteSizeLong();
    const auto start = out.size();
    out.resize(start + frame_header_bytes + size);
    auto* frame = reinterpret_cast<std::uint8_t*>(out.data()) + start;
    store_be32(frame, static_cast<std::uint32_t>(size));
    envelope.SerializeWithCachedSizesToArray(frame + frame_header_bytes);
}

std::optional<reply> parse_reply(bytes_view payload) {
    if (payload.size() > max_reply_bytes) return std::nullopt;
    v1::Reply from;
    if (!from.ParseFromArray(payload.data(), static_cast<int>(payload.size()))) return std::nullopt;
    reply to;
    to.id = from.id();
    to.read_at = wall_time(from.read_at());
    to.written_at = wall_time(from.written_at());
    if (!read_result(from, to)) return std::nullopt;
    return to;
}

}  // namespace relayauth::rpc
